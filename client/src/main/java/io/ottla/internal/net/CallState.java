package io.ottla.internal.net;

import io.ottla.error.SendOutcome;

/** How far a call has come. */
enum CallState {
  /** Not handed to a socket: no byte of it has left. */
  QUEUED,
  /** Handed to a socket that has not yet taken all of it. */
  WRITING,
  /** All of it left; its answer is outstanding. */
  SENT,
  /** Its time ran out and that was told; its place in the line of answers is kept. */
  ABANDONED,
  /** Its end was told, and nothing more will come. */
  DONE;

  boolean mayBecome(CallState next) {
    return switch (this) {
      case QUEUED -> next == WRITING || next == DONE;
      case WRITING -> next == SENT || next == DONE;
      case SENT -> next == ABANDONED || next == DONE;
      case ABANDONED -> next == DONE;
      case DONE -> false;
    };
  }

  /** Whether its end was told. */
  boolean isTold() {
    return this == ABANDONED || this == DONE;
  }

  /** What is known if it ends here without an answer. */
  SendOutcome outcome() {
    return this == QUEUED ? SendOutcome.NOT_SENT : SendOutcome.UNKNOWN;
  }
}
