package io.ottla.internal.producer;

/** Where a batch of a producer is on its way. */
enum BatchPhase {
  /** Takes records. */
  OPEN,
  /** Takes no more, and holds its place in the queue while somebody seals it. */
  SEALING,
  /** Waits to be sent, for the first time or again. */
  SEALED,
  /** Handed to the link of its partition's leader; its answer is outstanding. */
  IN_FLIGHT,
  /** Its end is known, or its time is over: its reports are, or are being, made. */
  DONE;

  boolean mayBecome(BatchPhase next) {
    return switch (this) {
      case OPEN -> next == SEALING;
      case SEALING -> next == SEALED || next == DONE;
      case SEALED -> next == IN_FLIGHT || next == DONE;
      case IN_FLIGHT -> next == SEALED || next == DONE;
      case DONE -> false;
    };
  }
}
