package io.ottla.internal.producer;

import io.ottla.internal.runtime.Clock;
import io.ottla.stats.BrokerStats;
import io.ottla.stats.BufferStats;
import io.ottla.stats.ProducerStats;
import io.ottla.stats.TopicStats;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what a producer does.
 *
 * <p>Owns: the meters of topics, partitions and brokers. Thread: any. Nobody who counts waits for
 * anybody; who asks for statistics waits only for others who ask.
 */
final class ProducerMeter {
  /**
   * What a producer holds.
   *
   * @param bytes taken of the memory
   * @param limitBytes the memory
   * @param waitingSenders threads that wait for room
   */
  record Held(long bytes, long limitBytes, int waitingSenders) {}

  private final String name;
  private final Clock clock;
  private final long openedNanos;
  private final ConcurrentHashMap<String, TopicMeter> topics = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Integer, BrokerMeter> brokers = new ConcurrentHashMap<>();
  private final TopicMeter.Times times = new TopicMeter.Times();
  private final Latency roundTrips = new Latency();
  private final LongAdder blockedSends = new LongAdder();
  private final LongAdder blockedNanos = new LongAdder();
  private final Object lock = new Object(); // of all that statistics are made with
  private final Window.Pace pace;
  private final Rates rates = new Rates();

  ProducerMeter(String name, Clock clock) {
    this.name = name;
    this.clock = clock;
    openedNanos = clock.nanoTime();
    pace = new Window.Pace(openedNanos);
  }

  /** Counts of one partition; −1 for records that have none yet. Kept by its caller. */
  PartitionMeter partition(String topic, int partition) {
    return topic(topic).partition(partition);
  }

  private TopicMeter topic(String topic) {
    TopicMeter known = topics.get(topic); // once per batch; the other way may lock
    return known != null
        ? known
        : topics.computeIfAbsent(topic, itsName -> new TopicMeter(itsName, times));
  }

  /** Counts of one broker. Kept by its caller. */
  BrokerMeter broker(int id) {
    return brokers.computeIfAbsent(id, itsId -> new BrokerMeter(itsId, roundTrips));
  }

  /** Records failed without ever being in a batch of a partition. */
  void onRefused(String topic, int records) {
    topic(topic).add(Count.REFUSED, records);
  }

  /** Overflow dropped records, which count as failed or refused, too. */
  void onDropped(String topic, int records) {
    topic(topic).add(Count.DROPPED, records);
  }

  /** Overflow diverted a record, which counts as refused, too. */
  void onDiverted(String topic) {
    topic(topic).add(Count.DIVERTED, 1);
  }

  /** A sender waited for room. */
  void onBlocked(long nanos) {
    blockedSends.increment();
    blockedNanos.add(nanos);
  }

  /** All of it in words. */
  ProducerStats snapshot(Held held) {
    synchronized (lock) {
      return snapshot(held, pace.at(clock.nanoTime()));
    }
  }

  private ProducerStats snapshot(Held held, Window window) {
    Counts.Sum total = new Counts.Sum();
    SortedMap<String, TopicStats> byName = new TreeMap<>();
    topics.forEach((topic, meter) -> byName.put(topic, meter.stats(window, total)));
    long pending = byName.values().stream().mapToLong(TopicStats::pendingRecords).sum();
    SortedMap<Integer, BrokerStats> byId = new TreeMap<>();
    brokers.forEach((id, meter) -> byId.put(id, meter.stats(window)));
    return new ProducerStats(
        name,
        clock.wallMillis(),
        Duration.ofNanos(window.endNanos() - openedNanos),
        Duration.ofNanos(window.nanos()),
        buffer(held, pending),
        total.records(),
        total.batches(),
        rates.stats(window, total),
        times.queue.stats(window),
        roundTrips.stats(window),
        times.total.stats(window),
        byName,
        byId);
  }

  private BufferStats buffer(Held held, long records) {
    return new BufferStats(
        records,
        held.bytes(),
        held.limitBytes(),
        held.waitingSenders(),
        blockedSends.sum(),
        Duration.ofNanos(blockedNanos.sum()));
  }
}
