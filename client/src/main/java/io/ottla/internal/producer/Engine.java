package io.ottla.internal.producer;

import io.ottla.error.OttlaException;
import io.ottla.internal.cluster.ClusterFloor;
import io.ottla.producer.Purge;
import io.ottla.protocol.record.Header;
import io.ottla.stats.ProducerStats;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A producer of records that are serialized already. Thread: any. */
final class Engine {
  /** Opens one; it connects with the first record. */
  static Engine open(ClusterFloor floor, ProducerSettings settings, Runnable onClosed) {
    return new Engine();
  }

  /** A topic, by its name, legal or not. */
  TopicQueue topic(String name) {
    return new TopicQueue(name);
  }

  /**
   * A topic with settings of its own.
   *
   * @throws IllegalStateException if it has others already
   */
  TopicQueue topic(String name, TopicSettings settings) {
    return new TopicQueue(name);
  }

  /**
   * Takes a record.
   *
   * @param partition its number, or −1
   * @param timestampMs its time, or −1 for now
   * @param ticket see {@link Ticket}
   * @return whether it was taken, and has, or will have, one report; only a {@link Waiting} other
   *     than {@code BY_OVERFLOW} lets it be false
   */
  boolean append(
      TopicQueue topic,
      int partition,
      long timestampMs,
      byte @Nullable [] key,
      int keyOffset,
      int keyLength,
      byte @Nullable [] value,
      int valueOffset,
      int valueLength,
      List<Header> headers,
      @Nullable Object ticket,
      Waiting waiting) {
    return false;
  }

  /** Reports a record that failed before it could be appended. */
  void refuse(
      String topic,
      int partition,
      long timestampMs,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<Header> headers,
      @Nullable Object ticket,
      OttlaException why) {}

  /** See {@code Producer.flush}. */
  CompletableFuture<Void> flush() {
    return CompletableFuture.completedFuture(null);
  }

  /** See {@code Producer.purge}. */
  CompletableFuture<Void> purge(Purge which) {
    return CompletableFuture.completedFuture(null);
  }

  /** See {@code Producer.close}. */
  void close(Duration timeout) {}

  /** See {@code Producer.stats}. */
  ProducerStats stats() {
    return new ProducerStats("");
  }

  /** See {@code Producer.partitions}. */
  CompletableFuture<Integer> partitions(String topic) {
    return CompletableFuture.completedFuture(0);
  }

  /** How much room there is, in bytes of the memory. */
  long roomBytes() {
    return 0;
  }

  /** Runs once, on any thread and soon, when there is room for a batch. */
  void onRoom(Runnable then) {
    then.run();
  }
}
