package io.ottla.producer;

import java.time.Duration;

/**
 * A producer seen as a queue that records are put into. Their reports go to the producer's
 * listener.
 *
 * @param <K> the keys' type
 * @param <V> the values' type
 */
public interface ProducerChannel<K, V> extends AutoCloseable {
  /**
   * Puts a record in; waits while there is no room, however the producer's overflow is set.
   *
   * @throws InterruptedException if the thread is interrupted while it waits; the record is not
   *     sent
   * @throws io.ottla.error.ClosedException if the channel or the producer is closed
   */
  void put(ProducerRecord<K, V> record) throws InterruptedException;

  /**
   * Puts a record in if there is room.
   *
   * @return whether there was
   * @throws io.ottla.error.ClosedException if the channel or the producer is closed
   */
  boolean offer(ProducerRecord<K, V> record);

  /**
   * As {@link #offer(ProducerRecord)}, but waits a while for room.
   *
   * @return whether there was room in time
   * @throws InterruptedException as for {@link #put}
   */
  boolean offer(ProducerRecord<K, V> record, Duration timeout) throws InterruptedException;

  /** How many records were put in or taken by the producer and have no report yet. */
  long pending();

  /** Takes no more. What is in goes on; the producer stays open. */
  @Override
  void close();
}
