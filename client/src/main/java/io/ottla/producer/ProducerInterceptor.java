package io.ottla.producer;

import org.jspecify.annotations.Nullable;

/**
 * Sees each record before it is serialized, and may change or drop it.
 *
 * @param <K> the keys' type
 * @param <V> the values' type
 */
@FunctionalInterface
public interface ProducerInterceptor<K, V> {
  /**
   * A record is about to be sent. On the sender's thread, without any lock.
   *
   * @return the record to send, the same or another; null to send none: then its report says that
   *     it was dropped. What is thrown ends the send of this record, and its report carries it
   */
  @Nullable ProducerRecord<K, V> onSend(ProducerRecord<K, V> record);

  /** What became of a record. As {@link DeliveryListener#onReport}. */
  default void onReport(DeliveryReport report) {}
}
