package io.ottla.security;

/** What encrypts connections. */
public enum TlsEngine {
  /** {@link #OPENSSL} if it is on the class path and runs on this machine, else {@link #JDK}. */
  AUTO,
  /** The JDK's own. */
  JDK,
  /**
   * BoringSSL, by way of {@code io.netty:netty-tcnative-boringssl-static}, which the program has to
   * add.
   */
  OPENSSL
}
