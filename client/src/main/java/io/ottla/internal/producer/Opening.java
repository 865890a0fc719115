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
  FORCED
}
