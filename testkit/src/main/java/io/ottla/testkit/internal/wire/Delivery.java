package io.ottla.testkit.internal.wire;

/**
 * How a reply is put onto the wire.
 *
 * @param limit at most so many bytes are sent
 * @param end what happens to the connection behind them
 * @param bytesPerTurn so many bytes are sent in each turn of the loop
 */
public record Delivery(int limit, End end, int bytesPerTurn) {
  /** The whole reply, as fast as the socket takes it. */
  public static final Delivery WHOLE =
      new Delivery(Integer.MAX_VALUE, End.GO_ON, Integer.MAX_VALUE);

  /** Bytes that answer no request. */
  public static final Delivery UNASKED =
      new Delivery(Integer.MAX_VALUE, End.STAY, Integer.MAX_VALUE);

  /** What happens to the connection behind a reply. */
  public enum End {
    /** The next request is served. */
    GO_ON,
    /** Nothing: these bytes answered no request. */
    STAY,
    /** The connection is closed in order. */
    CLOSE,
    /** The connection is reset. */
    RESET,
    /** Nothing more is sent, nor read. */
    HANG
  }

  /** The same, but that the connection does not go on behind it. */
  Delivery last() {
    return end == End.GO_ON ? new Delivery(limit, End.CLOSE, bytesPerTurn) : this;
  }
}
