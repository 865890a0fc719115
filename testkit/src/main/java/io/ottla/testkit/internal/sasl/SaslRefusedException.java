package io.ottla.testkit.internal.sasl;

import org.jspecify.annotations.Nullable;

/** A token that proves nothing. */
final class SaslRefusedException extends Exception {
  private static final long serialVersionUID = 1;

  /** What the client is told; null for the words that Kafka has for any mechanism. */
  private final @Nullable String told;

  private SaslRefusedException(String what, @Nullable String told) {
    super(what);
    this.told = told;
  }

  /** The client is told just this. */
  static SaslRefusedException telling(String told) {
    return new SaslRefusedException(told, told);
  }

  /** The client is told nothing but that it failed. */
  static SaslRefusedException because(String what) {
    return new SaslRefusedException(what, null);
  }

  String told(String otherwise) {
    return told == null ? otherwise : told;
  }
}
