package io.ottla.internal.producer;

/** What is done for records whose topic's partitions are not known. */
enum StagingState {
  /** Nothing: there are none, or nobody has told yet. */
  IDLE,
  /** Brokers are asked. */
  ASKING,
  /** The records are handed out to the partitions. */
  PLACING,
  /** The producer is closed. */
  CLOSED;

  boolean mayBecome(StagingState next) {
    return switch (this) {
      case IDLE -> next == ASKING || next == CLOSED;
      case ASKING -> next == ASKING || next == PLACING || next == IDLE || next == CLOSED;
      case PLACING -> next == IDLE || next == CLOSED;
      case CLOSED -> false;
    };
  }
}
