package io.ottla.security;

/** How far one of our own exchanges has come. */
enum SaslState {
  /** Nothing was sent. */
  NEW,
  /** The first bytes were sent; the broker's challenges are answered. */
  FIRST_SENT,
  /**
   * The last bytes of ours were sent; the broker has to say yes, with its own proof if it has one.
   */
  PROOF_SENT,
  /** Both sides are satisfied. Final. */
  COMPLETE,
  /** One is not. Final. */
  FAILED;

  boolean mayBecome(SaslState next) {
    return switch (this) {
      case NEW -> next == FIRST_SENT || next == FAILED;
      case FIRST_SENT -> next == PROOF_SENT || next == FAILED;
      case PROOF_SENT -> next == COMPLETE || next == FAILED;
      case COMPLETE, FAILED -> false;
    };
  }
}
