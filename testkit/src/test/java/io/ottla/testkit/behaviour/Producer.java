package io.ottla.testkit.behaviour;

/** An idempotent producer's number. */
record Producer(long id, short epoch) {
  /** The same producer in another epoch. */
  Producer epoch(int value) {
    return new Producer(id, (short) value);
  }
}
