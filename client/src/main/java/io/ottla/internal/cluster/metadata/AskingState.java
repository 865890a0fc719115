package io.ottla.internal.cluster.metadata;

/** The states of somebody who asks brokers one question at a time. */
enum AskingState {
  /** Nothing is needed now. */
  IDLE,
  /** Something is needed, and will be asked for when a pause is over. */
  BACKING_OFF,
  /** A question is under way; what is needed meanwhile goes into the next. */
  ASKING,
  /** Over. Final. */
  CLOSED;

  boolean mayBecome(AskingState next) {
    return switch (this) {
      case IDLE -> next == BACKING_OFF || next == ASKING || next == CLOSED;
      case BACKING_OFF, ASKING -> next != this;
      case CLOSED -> false;
    };
  }

  /** Whether a question may begin. */
  boolean isResting() {
    return this == IDLE || this == BACKING_OFF;
  }
}
