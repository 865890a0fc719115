package io.ottla.testkit.internal.log;

import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * What a topic's configuration says to the logs of its partitions. Asked at each append, so that a
 * change takes effect at once. Each default is Kafka's.
 *
 * <p>Thread: the cluster's loop. Units: sizes in bytes, times in milliseconds.
 */
public interface LogSettings {
  /** Kafka's defaults. */
  LogSettings DEFAULTS = new LogSettings() {};

  /** {@code message.timestamp.type}. */
  default TimestampType timestampType() {
    return TimestampType.CREATE_TIME;
  }

  /** {@code max.message.bytes}: the largest batch, with its header, as it is stored. */
  default int maxMessageBytes() {
    return 1_048_588;
  }

  /** {@code message.timestamp.before.max.ms}: how far a record's time may lie back. */
  default long timestampBeforeMaxMillis() {
    return Long.MAX_VALUE;
  }

  /** {@code message.timestamp.after.max.ms}: how far a record's time may lie ahead. */
  default long timestampAfterMaxMillis() {
    return 3_600_000;
  }

  /** {@code compression.type}; null for {@code producer}: batches stay as they came. */
  default @Nullable Codec compression() {
    return null;
  }

  /** Whether {@code cleanup.policy} contains {@code compact}: records need keys. */
  default boolean isCompacted() {
    return false;
  }

  /** {@code min.insync.replicas}. */
  default int minInSyncReplicas() {
    return 1;
  }

  /** {@code producer.id.expiration.ms} of the broker. */
  default long producerIdExpirationMillis() {
    return 86_400_000;
  }
}
