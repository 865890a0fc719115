package io.ottla.testkit.bench;

import java.util.UUID;

/** A topic of the null broker. Thread: the broker's. */
final class NullTopic {
  private final String name;
  private final UUID id;

  /** By partition: the offset that the next produced record gets. */
  private final long[] nextOffsets;

  NullTopic(String name, UUID id, int partitions) {
    this.name = name;
    this.id = id;
    this.nextOffsets = new long[partitions];
  }

  String name() {
    return name;
  }

  UUID id() {
    return id;
  }

  int partitions() {
    return nextOffsets.length;
  }

  boolean hasPartition(int partition) {
    return partition >= 0 && partition < nextOffsets.length;
  }

  /** Counts records that were produced; returns the offset of the first. */
  long append(int partition, int records) {
    long base = nextOffsets[partition];
    nextOffsets[partition] = base + records;
    return base;
  }
}
