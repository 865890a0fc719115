package io.ottla.producer;

import io.ottla.stats.ProducerStats;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to the topics of a cluster. Thread-safe; connects with the first record.
 *
 * <p>A send never waits for a broker, a name server or metadata. It waits for one thing only, and
 * where {@link Overflow} says so: room, when the records that are not yet written fill the
 * producer's memory.
 *
 * <p>Each record has exactly one report. It goes to the future or listener of its send, and to the
 * producer's own listener; futures complete, and listeners are called, on the producer's delivery
 * thread ({@code ottla-delivery-N}), in order per partition. Whatever goes wrong with a record,
 * also at once, is told in its report and not thrown; what is thrown is misuse: null in place of a
 * record or topic.
 *
 * @param <K> the keys' type
 * @param <V> the values' type
 */
public interface Producer<K, V> extends AutoCloseable {
  /** The name of the producer, as logs, statistics and brokers know it: {@code client.id}. */
  String name();

  /** Sends a record; the future has its place, or fails with an {@code OttlaException}. */
  CompletableFuture<Delivery> send(ProducerRecord<K, V> record);

  /** Sends a record with a key. */
  CompletableFuture<Delivery> send(String topic, @Nullable K key, @Nullable V value);

  /** Sends a record without a key. */
  CompletableFuture<Delivery> send(String topic, @Nullable V value);

  /** Sends a record, and tells the listener what became of it. Allocates nothing. */
  void send(ProducerRecord<K, V> record, DeliveryListener listener);

  /** Sends a record with a key, and tells the listener what became of it. Allocates nothing. */
  void send(String topic, @Nullable K key, @Nullable V value, DeliveryListener listener);

  /**
   * Sends a record if that takes no waiting, in any state of the producer and the cluster. Its
   * report goes to the producer's listener.
   *
   * @return whether the record was taken; if not there is no report
   */
  boolean trySend(ProducerRecord<K, V> record);

  /** As {@link #trySend(ProducerRecord)}, with a listener for this record. */
  boolean trySend(ProducerRecord<K, V> record, DeliveryListener listener);

  /**
   * Sends records in their order.
   *
   * @return completes when each of them has its report, with the reports in the records' order; it
   *     never fails
   */
  CompletableFuture<List<DeliveryReport>> sendAll(Collection<ProducerRecord<K, V>> records);

  /** The producer as a queue that records are put into. */
  ProducerChannel<K, V> channel();

  /**
   * The producer as the end of a reactive stream: asks for as many records as it has room for. Each
   * subscriber subscribes once.
   */
  Flow.Subscriber<ProducerRecord<K, V>> subscriber();

  /** A topic to send to, looked up once. */
  TopicProducer<K, V> topic(String topic);

  /**
   * A topic to send to, with options of its own in place of the producer's.
   *
   * @param configure called once, before this method returns
   * @throws io.ottla.error.ConfigException if an option has a value that it cannot have, or if the
   *     topic has other options already
   */
  TopicProducer<K, V> topic(String topic, Consumer<TopicOptions.Builder> configure);

  /** How many partitions a topic has; asks brokers if it is not known. */
  CompletableFuture<Integer> partitions(String topic);

  /**
   * Sends what waits at once, whatever the linger.
   *
   * @return completes when each record that was sent before has its report; never fails. On the
   *     delivery thread it must not be waited for: it would wait for itself
   */
  CompletableFuture<Void> flush();

  /**
   * Gives records up; each has its report, as failed.
   *
   * @return completes when all their reports are made; as reports keep the order, those behind a
   *     record that is under way come after its own. Never fails
   */
  CompletableFuture<Void> purge(Purge which);

  /** What the producer has done so far, and what it holds now. */
  ProducerStats stats();

  /** As {@link #close(Duration)}, with the delivery timeout. */
  @Override
  void close();

  /**
   * Takes no more records, sends what waits, and ends when each record has its report: at the
   * latest after the given time, when what is left fails. May be called again, by any thread; the
   * earliest end counts. On the delivery thread, that is from within a report, it only begins the
   * end.
   */
  void close(Duration timeout);
}
