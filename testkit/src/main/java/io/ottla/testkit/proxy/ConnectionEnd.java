package io.ottla.testkit.proxy;

/** What ended a {@link ProxiedConnection}. */
public enum ConnectionEnd {
  /** It has not ended. */
  NONE,

  /** The client closed it first. */
  BY_CLIENT,

  /** The broker closed it first. */
  BY_BROKER,

  /** The client's socket broke, for example by a reset. */
  CLIENT_BROKE,

  /** The broker's socket broke, for example by a reset. */
  BROKER_BROKE,

  /** The broker could not be connected to. */
  BROKER_UNREACHABLE,

  /** {@link Faults#cut()}. */
  CUT,

  /** {@link Faults#reset()}. */
  RESET,

  /**
   * {@link Faults#heal()} reset it, because a black hole had taken bytes that cannot come again.
   */
  BYTES_WERE_LOST,

  /** The proxy was closed. */
  PROXY_CLOSED
}
