package io.ottla.internal.producer;

/** Whether a record that finds no open batch may open one. */
enum Opening {
  /** No: it then goes elsewhere. */
  NOT_HERE,
  /** If there is room. */
  IF_ROOM,
  /** Room for it alone was taken already. */
  RESERVED,
  /** In any case: it is in the memory already, in another batch. */
  FORCED,
  /** Likewise, but not here. */
  FORCED_ELSEWHERE;

  /** The same for a record that had better open its batch elsewhere. */
  Opening elsewhere() {
    return isForced() ? FORCED_ELSEWHERE : NOT_HERE;
  }

  boolean isHere() {
    return this != NOT_HERE && this != FORCED_ELSEWHERE;
  }

  /** Whether the record is in the memory already. */
  boolean isForced() {
    return this == FORCED || this == FORCED_ELSEWHERE;
  }
}
