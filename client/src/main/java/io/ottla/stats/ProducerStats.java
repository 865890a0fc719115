package io.ottla.stats;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a producer has done so far, and what it holds now. Immutable.
 *
 * <p>Counts are of all the time since the producer was opened; rates and latencies of the last
 * {@link #window}. Parts of it are read one after the other while the producer goes on, so sums may
 * differ by what happened meanwhile.
 *
 * @param name the producer's name
 * @param takenAtMs when this was made, in milliseconds since 1970
 * @param age for how long the producer has been open
 * @param window what rates and latencies are of: the time since the statistics were last asked for,
 *     if that is at least ten seconds; else ten to twenty seconds, or the producer's age
 * @param buffer what it holds
 * @param records what became of records
 * @param batches its batches
 * @param rates how much there was per second
 * @param queueTime from the send of a batch's first record to the batch's way to its leader; by
 *     records
 * @param brokerTime from the way of a request to a broker to its answer; by requests
 * @param totalTime from the send of a batch's first record to the batch's acknowledgement; by
 *     records
 * @param topics its topics, by name
 * @param brokers the brokers that it sent to, by id
 */
public record ProducerStats(
    String name,
    long takenAtMs,
    Duration age,
    Duration window,
    BufferStats buffer,
    RecordCounts records,
    BatchStats batches,
    SendRates rates,
    LatencyStats queueTime,
    LatencyStats brokerTime,
    LatencyStats totalTime,
    SortedMap<String, TopicStats> topics,
    SortedMap<Integer, BrokerStats> brokers) {
  /** Copies the maps. */
  public ProducerStats {
    topics = Collections.unmodifiableSortedMap(new TreeMap<>(topics));
    brokers = Collections.unmodifiableSortedMap(new TreeMap<>(brokers));
  }

  /** One of the topics; null if nothing was sent to it. */
  public @Nullable TopicStats topic(String topicName) {
    return topics.get(topicName);
  }

  /** One of the brokers; null if nothing was sent to it. */
  public @Nullable BrokerStats broker(int id) {
    return brokers.get(id);
  }

  /** How many requests are outstanding at all brokers now. */
  public int requestsInFlight() {
    return brokers.values().stream().mapToInt(BrokerStats::requestsInFlight).sum();
  }

  /** How many batches are outstanding at all brokers now. */
  public int batchesInFlight() {
    return brokers.values().stream().mapToInt(BrokerStats::batchesInFlight).sum();
  }

  /**
   * The same as one line of JSON. Units are in the names; times are in milliseconds with three
   * digits behind the point.
   */
  public String toJson() {
    return StatsJson.of(this);
  }
}
