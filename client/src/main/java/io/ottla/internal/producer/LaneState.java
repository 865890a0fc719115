package io.ottla.internal.producer;

/** What a lane does about its sequence of numbers. */
enum LaneState {
  /** Sends what comes, numbered one behind the other. */
  FLOWING,
  /** A batch left a hole in the sequence: sends nothing, and waits for what is in flight. */
  DRAINING,
  /** Sends what may be written once more, one at a time and with the old numbers. */
  RESOLVING,
  /** Asks the leader which of its numbers it has seen last. */
  ASKING,
  /** All that is left is surely not written: it gets new numbers, as soon as there are some. */
  RENUMBERING,
  /** Has no more use for anything. */
  CLOSED;

  boolean mayBecome(LaneState next) {
    return switch (this) {
      case FLOWING -> next == DRAINING || next == CLOSED;
      case DRAINING -> next == RESOLVING || next == CLOSED;
      case RESOLVING -> next == ASKING || next == RENUMBERING || next == CLOSED;
      case ASKING -> next == RESOLVING || next == CLOSED;
      case RENUMBERING -> next == FLOWING || next == CLOSED;
      case CLOSED -> false;
    };
  }
}
