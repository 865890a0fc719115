package io.ottla.testkit.proxy;

/** The way that bytes go through a {@link FaultProxy}. */
public enum Direction {
  /** From the client to the broker: requests. */
  TO_BROKER,

  /** From the broker to the client: responses. */
  TO_CLIENT,

  /** Both ways. */
  BOTH;

  /** Whether this direction is, or contains, the other one. */
  boolean covers(Direction other) {
    return this == BOTH || this == other;
  }
}
