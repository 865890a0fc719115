package io.ottla.internal.producer;

import io.ottla.ProducerOptions;
import io.ottla.producer.DeliveryListener;
import io.ottla.producer.TopicOptions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a producer's options say, in the engine's terms. */
final class SettingsOfOptions {
  private SettingsOfOptions() {}

  static ProducerSettings of(
      ProducerOptions options, @Nullable DeliveryListener listener, boolean isErrorsOnly) {
    return new ProducerSettings(
        options.clientId(),
        options.memoryBytes(),
        of(options, Optional.empty()),
        options.isIdempotent(),
        options.isIdempotenceDemanded(),
        options.maxInFlight(),
        options.maxUnnumberedInFlight(),
        options.maxRequestBytes(),
        options.retries(),
        options.overflowAfter().toNanos(),
        options.partitionRecoveryTime().toNanos(),
        listener,
        isErrorsOnly);
  }

  static TopicSettings of(ProducerOptions options, Optional<TopicOptions> topic) {
    return new TopicSettings(
        options.acks(topic),
        options.requestTimeout(topic).toNanos(),
        options.deliveryTimeout(topic).toNanos(),
        options.compression(topic),
        options.partitioner(topic),
        options.overflow(topic),
        options.linger(topic).toNanos(),
        options.batchBytes(topic),
        options.batchRecords(topic),
        options.maxRecordBytes(topic));
  }
}
