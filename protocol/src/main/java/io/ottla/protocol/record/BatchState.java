package io.ottla.protocol.record;

/** Where the buffer of an outgoing batch is in its life. */
enum BatchState {
  /** Takes records. */
  OPEN,
  /** Complete: may be numbered and sent. */
  SEALED,
  /** Its buffer is back in the pool. */
  RELEASED;

  boolean mayBecome(BatchState next) {
    return switch (this) {
      case OPEN -> next == SEALED || next == RELEASED;
      case SEALED -> next == RELEASED;
      case RELEASED -> false;
    };
  }
}
