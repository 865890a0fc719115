package io.ottla.testkit.behaviour;

/** Where the fake cluster answers otherwise than a real broker on purpose. */
enum Difference {
  /**
   * Records whose offsets do not count up from 0 are INVALID_RECORD. Kafka takes them uncompressed,
   * and has no code for them compressed; but who sends them has a defect, which a test must show.
   */
  OFFSETS_OF_RECORDS
}
