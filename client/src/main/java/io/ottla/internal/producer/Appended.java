package io.ottla.internal.producer;

/** What became of a record that was to be appended. */
enum Appended {
  /** It is in the batch that was open. */
  TAKEN,
  /** It is the first in a new batch. */
  OPENED,
  /** No batch is open here any more, and none was to be opened. */
  ENDED,
  /** There is no room for a new batch. */
  NO_ROOM,
  /** No batch may be as large. */
  TOO_LARGE,
  /** The producer takes no more. */
  CLOSED;

  boolean isTaken() {
    return this == TAKEN || this == OPENED;
  }
}
