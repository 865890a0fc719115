package io.ottla.internal.producer;

import io.ottla.stats.ProducerStats;

/** Counts what a producer does. */
final class ProducerMeter {
  private final String name;

  ProducerMeter(String name) {
    this.name = name;
  }

  /** Counts of one partition. Kept by its caller. */
  PartitionMeter partition(String topic, int partition) {
    return new PartitionMeter();
  }

  /** Counts of one broker. Kept by its caller. */
  BrokerMeter broker(int id) {
    return new BrokerMeter();
  }

  /** A record was refused, dropped or diverted without ever being in a batch. Any thread. */
  void onRefused(String topic) {}

  void onDropped(int records) {}

  void onDiverted() {}

  /** A sender waited for room. Any thread. */
  void onBlocked(long nanos) {}

  ProducerStats snapshot() {
    return new ProducerStats(name);
  }
}
