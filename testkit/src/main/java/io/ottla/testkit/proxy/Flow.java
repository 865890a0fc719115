package io.ottla.testkit.proxy;

/**
 * What went one way through a connection, or through all connections of a proxy, so far.
 *
 * @param received bytes that came from the sender
 * @param passed bytes that the receiver's socket has taken
 * @param discarded bytes that were received and will never be passed on
 * @param writes how often bytes were handed to the receiver's socket: with {@link Faults#fragment},
 *     the number of segments
 */
public record Flow(long received, long passed, long discarded, long writes) {
  /** The bytes that are in the proxy now: received, neither passed on nor discarded. */
  public long waiting() {
    return received - passed - discarded;
  }
}
