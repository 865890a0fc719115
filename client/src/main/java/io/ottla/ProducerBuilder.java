package io.ottla;

import io.ottla.config.ConnectionKeys;
import io.ottla.config.OptionTable;
import io.ottla.config.ProducerKeys;
import io.ottla.error.ConfigException;
import io.ottla.internal.cluster.RoutedCluster;
import io.ottla.internal.producer.RoutedProducer;
import io.ottla.internal.runtime.DirectMemory;
import io.ottla.producer.Acks;
import io.ottla.producer.DeliveryListener;
import io.ottla.producer.Overflow;
import io.ottla.producer.Partitioner;
import io.ottla.producer.Producer;
import io.ottla.producer.ProducerInterceptor;
import io.ottla.protocol.record.Compression;
import io.ottla.serde.Serializer;
import io.ottla.serde.Serializers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a {@link Producer} is to be, and starts it. What comes later replaces what came
 * before. Of one thread at a time; may start several producers.
 *
 * @param <K> the keys' type
 * @param <V> the values' type
 */
public final class ProducerBuilder<K, V> extends ClusterOptions.Setters<ProducerBuilder<K, V>> {
  private final @Nullable RoutedCluster shared; // null: a cluster of its own
  private final List<ProducerInterceptor<K, V>> interceptors = new ArrayList<>();
  private Serializer<K> keys;
  private Serializer<V> values;
  private @Nullable Partitioner partitioner;
  private @Nullable Overflow overflow;
  private @Nullable DeliveryListener listener;
  private boolean sharesConnections;

  private ProducerBuilder(
      @Nullable RoutedCluster shared, Serializer<K> keys, Serializer<V> values) {
    super(OptionTable.PRODUCER);
    this.shared = shared;
    this.keys = keys;
    this.values = values;
  }

  static ProducerBuilder<byte[], byte[]> of(String bootstrapServers) {
    return new ProducerBuilder<>(null, Serializers.bytes(), Serializers.bytes())
        .bootstrapServers(bootstrapServers);
  }

  static ProducerBuilder<byte[], byte[]> over(RoutedCluster cluster) {
    return new ProducerBuilder<>(cluster, Serializers.bytes(), Serializers.bytes())
        .with(ConnectionKeys.BOOTSTRAP_SERVERS, cluster.options().bootstrapServers());
  }

  @Override
  ProducerBuilder<K, V> self() {
    return this;
  }

  /** What makes bytes of keys; default: they are bytes. */
  public <T> ProducerBuilder<T, V> keys(Serializer<T> serializer) {
    ProducerBuilder<T, V> retyped = retyped();
    retyped.keys = Objects.requireNonNull(serializer, "the serializer of keys is null");
    return retyped;
  }

  /** What makes bytes of values; default: they are bytes. */
  public <T> ProducerBuilder<K, T> values(Serializer<T> serializer) {
    ProducerBuilder<K, T> retyped = retyped();
    retyped.values = Objects.requireNonNull(serializer, "the serializer of values is null");
    return retyped;
  }

  /** The same builder; of whatever had the other type something else is set at once. */
  @SuppressWarnings("unchecked")
  private <A, B> ProducerBuilder<A, B> retyped() {
    if (!interceptors.isEmpty()) {
      throw new IllegalStateException("give the serializers before the interceptors");
    }
    return (ProducerBuilder<A, B>) this;
  }

  /**
   * Another interceptor; it sees what those before have made of a record. Give the serializers
   * first.
   */
  public ProducerBuilder<K, V> intercept(ProducerInterceptor<K, V> interceptor) {
    interceptors.add(Objects.requireNonNull(interceptor, "the interceptor is null"));
    return this;
  }

  /** Who hears of all records; default nobody. On the producer's delivery thread. */
  public ProducerBuilder<K, V> onReport(DeliveryListener value) {
    listener = value;
    return this;
  }

  /** {@code report.errors.only}; default false. */
  public ProducerBuilder<K, V> reportErrorsOnly(boolean value) {
    return with(ProducerKeys.ERRORS_ONLY, value);
  }

  /** {@code acks}; default all. */
  public ProducerBuilder<K, V> acks(Acks value) {
    return with(ProducerKeys.ACKS, value.name());
  }

  /** {@code linger}; default 5 ms. */
  public ProducerBuilder<K, V> linger(Duration value) {
    return with(ProducerKeys.LINGER, value);
  }

  /** {@code batch.bytes}; default 256 KiB. */
  public ProducerBuilder<K, V> batchBytes(long value) {
    return with(ProducerKeys.BATCH_BYTES, value);
  }

  /** {@code batch.records}; default: as many as the bytes allow. */
  public ProducerBuilder<K, V> batchRecords(int value) {
    return with(ProducerKeys.BATCH_RECORDS, value);
  }

  /** {@code record.max.bytes}; default 1 MiB. */
  public ProducerBuilder<K, V> maxRecordBytes(long value) {
    return with(ProducerKeys.MAX_RECORD, value);
  }

  /** {@code request.max.bytes}; default 1 MiB. */
  public ProducerBuilder<K, V> maxRequestBytes(long value) {
    return with(ProducerKeys.MAX_REQUEST, value);
  }

  /** {@code memory}; default 64 MiB, less if the JVM does not allow that. */
  public ProducerBuilder<K, V> memory(long bytes) {
    return with(ProducerKeys.MEMORY, bytes);
  }

  /** {@code compression}, with its level; default none. */
  public ProducerBuilder<K, V> compression(Compression value) {
    with(ProducerKeys.COMPRESSION, value.codec());
    ProducerKeys.levelOf(value.codec()).ifPresent(option -> with(option, value.level()));
    return this;
  }

  /** Who chooses partitions, in place of {@code partitioner}; default as Kafka's. */
  public ProducerBuilder<K, V> partitioner(Partitioner value) {
    partitioner = value;
    return this;
  }

  /** What happens if there is no room, in place of {@code overflow}; default: senders wait. */
  public ProducerBuilder<K, V> overflow(Overflow value) {
    overflow = value;
    return this;
  }

  /** {@code overflow.after}; default zero, never. */
  public ProducerBuilder<K, V> overflowAfter(Duration value) {
    return with(ProducerKeys.OVERFLOW_AFTER, value);
  }

  /** {@code delivery.timeout}; default 2 min. */
  public ProducerBuilder<K, V> deliveryTimeout(Duration value) {
    return with(ProducerKeys.DELIVERY_TIMEOUT, value);
  }

  /** {@code idempotence}; default: where brokers can. True: it is an error if they cannot. */
  public ProducerBuilder<K, V> idempotence(boolean value) {
    return with(ProducerKeys.IDEMPOTENCE, value ? "TRUE" : "FALSE");
  }

  /** {@code max.in.flight}, batches of one partition; default 5, which is the most. */
  public ProducerBuilder<K, V> maxInFlight(int value) {
    return with(ProducerKeys.MAX_IN_FLIGHT, value);
  }

  /** {@code partition.recovery.time}; default 10 s. */
  public ProducerBuilder<K, V> partitionRecoveryTime(Duration value) {
    return with(ProducerKeys.PARTITION_RECOVERY, value);
  }

  /**
   * Whether it sends over the cluster's connections, where its requests wait behind others' and
   * others' behind them; default false. Only for a producer over a {@link Cluster}.
   */
  public ProducerBuilder<K, V> shareConnections(boolean value) {
    if (value && shared == null) {
      throw new IllegalStateException("there is no cluster whose connections it could share");
    }
    sharesConnections = value;
    return this;
  }

  @Nullable ClusterOptions sharedOptions() {
    return shared == null ? null : shared.options();
  }

  @Nullable Partitioner ownPartitioner() {
    return partitioner;
  }

  @Nullable Overflow ownOverflow() {
    return overflow;
  }

  /** Checks every option. */
  ProducerOptions build() {
    return new ProducerOptions(this, DirectMemory.ofThisJvm());
  }

  /**
   * Checks every option, and opens a producer. It connects with the first record.
   *
   * @throws ConfigException naming the option, its value, where it was given, and what it may be
   */
  public Producer<K, V> start() {
    ProducerOptions options = build();
    RoutedProducer.Making<K, V> making =
        new RoutedProducer.Making<>(options, keys, values, List.copyOf(interceptors), listener);
    return shared == null
        ? RoutedProducer.open(making, Ottla.open(options))
        : RoutedProducer.over(making, shared, !sharesConnections);
  }
}
