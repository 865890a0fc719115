package io.ottla.testkit.internal.sasl;

/** How far a connection has come with proving who its client is. */
enum SaslState {
  /** It may ask for the versions, or name a mechanism. */
  NEW,
  /** It was told the versions, and may name a mechanism. */
  VERSIONS_TOLD,
  /** Tokens go to and fro. */
  AUTHENTICATING,
  /** It named another mechanism than the first time; the next token ends it. */
  OTHER_MECHANISM,
  /** It is proven, perhaps for a time only. */
  DONE,
  /** It was refused; nothing is taken from it any more. */
  FAILED;

  /** Whether a connection may go from this state to the next one. */
  boolean mayBecome(SaslState next) {
    return switch (this) {
      case NEW -> next == VERSIONS_TOLD || next == AUTHENTICATING || next == FAILED;
      case VERSIONS_TOLD -> next == AUTHENTICATING || next == FAILED;
      case AUTHENTICATING -> next == DONE || next == FAILED;
      case OTHER_MECHANISM -> next == FAILED;
      case DONE -> next == AUTHENTICATING || next == OTHER_MECHANISM || next == FAILED;
      case FAILED -> false;
    };
  }
}
