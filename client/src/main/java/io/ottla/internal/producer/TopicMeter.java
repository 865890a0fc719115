package io.ottla.internal.producer;

import io.ottla.stats.LatencyStats;
import io.ottla.stats.PartitionStats;
import io.ottla.stats.TopicStats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what becomes of one topic's records.
 *
 * <p>Owns: its partitions' meters, and the histograms, of which there are none per partition, so
 * that ten thousand partitions take little. Thread: counting as {@link PartitionMeter}; {@link
 * #stats} under the producer's meter's lock.
 */
final class TopicMeter {
  private final String name;
  private final Times all;
  private final Counts unplaced = new Counts(); // of records that have no batch
  private final ConcurrentHashMap<Integer, PartitionMeter> partitions = new ConcurrentHashMap<>();
  private volatile @Nullable Times own; // written on the loop, with the first batch
  private final Rates rates = new Rates(); // under the producer's meter's lock

  /**
   * @param all the times of all topics together
   */
  TopicMeter(String name, Times all) {
    this.name = name;
    this.all = all;
  }

  /** The times of records. Thread: as {@link Latency}; the one that records is the loop. */
  static final class Times {
    final Latency queue = new Latency();
    final Latency total = new Latency();
  }

  PartitionMeter partition(int partition) {
    PartitionMeter known = partitions.get(partition); // once per batch; the other way may lock
    return known != null
        ? known
        : partitions.computeIfAbsent(partition, number -> new PartitionMeter(this, number));
  }

  void add(Count what, long records) {
    unplaced.add(what, records);
  }

  /** On the loop. */
  void onSent(int records, long waitedNanos) {
    own().queue.record(waitedNanos, records);
    all.queue.record(waitedNanos, records);
  }

  /** On the loop. */
  void onDelivered(int records, long latencyNanos) {
    own().total.record(latencyNanos, records);
    all.total.record(latencyNanos, records);
  }

  private Times own() {
    Times times = own;
    if (times == null) {
      times = new Times();
      own = times;
    }
    return times;
  }

  /** In words; adds its counts to those of all topics. */
  TopicStats stats(Window window, Counts.Sum total) {
    Counts.Sum sum = unplaced.sum();
    List<PartitionStats> parts = new ArrayList<>();
    long pendingRecords = 0;
    long pendingBytes = 0;
    for (PartitionMeter partition : partitions.values()) {
      Counts.Sum itsSum = partition.counts();
      PartitionStats stats = partition.stats(itsSum);
      sum.add(itsSum);
      pendingRecords += stats.pendingRecords();
      pendingBytes += stats.pendingBytes();
      if (stats.partition() >= 0) {
        parts.add(stats);
      }
    }
    parts.sort(Comparator.comparingInt(PartitionStats::partition));
    total.add(sum);
    Times times = own;
    return new TopicStats(
        name,
        pendingRecords,
        pendingBytes,
        sum.records(),
        sum.batches(),
        rates.stats(window, sum),
        times == null ? LatencyStats.NONE : times.queue.stats(window),
        times == null ? LatencyStats.NONE : times.total.stats(window),
        parts);
  }
}
