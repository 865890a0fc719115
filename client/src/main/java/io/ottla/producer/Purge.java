package io.ottla.producer;

/** Which records {@link Producer#purge} gives up. */
public enum Purge {
  /** Those that no broker can have: they wait, and were never sent. */
  QUEUED,
  /**
   * Those that were sent and not answered, too; brokers may have them, and their reports say so.
   */
  ALL
}
