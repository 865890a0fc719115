package io.ottla;

import io.ottla.config.ConnectionKeys;
import io.ottla.config.MetadataKeys;
import io.ottla.config.Option;
import io.ottla.config.OptionValues;
import io.ottla.config.ProducerKeys;
import io.ottla.config.Scope;
import io.ottla.error.ConfigException;
import io.ottla.internal.runtime.DirectMemory;
import io.ottla.producer.Acks;
import io.ottla.producer.Overflow;
import io.ottla.producer.Partitioner;
import io.ottla.producer.Partitioners;
import io.ottla.producer.TopicOptions;
import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.Compression;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The options of a producer, checked when they are built. Immutable. */
public final class ProducerOptions extends ClusterOptions {
  /** What a producer over a cluster of somebody else's may say beside what producers alone have. */
  private static final Set<Option<?>> ITS_OWN =
      Set.of(
          ConnectionKeys.CLIENT_ID,
          ConnectionKeys.REQUEST_TIMEOUT,
          ConnectionKeys.CLUSTER_RETRIES,
          ConnectionKeys.BOOTSTRAP_SERVERS);

  private final @Nullable ClusterOptions base; // of the cluster that it shares
  private final @Nullable Partitioner partitioner;
  private final @Nullable Overflow overflow;
  private final DirectMemory memory;

  ProducerOptions(ProducerBuilder<?, ?> from, DirectMemory direct) {
    super(from);
    base = from.sharedOptions();
    partitioner = from.ownPartitioner();
    overflow = from.ownOverflow();
    memory = direct;
    requireTheClusters();
    Compression unused = compression(Optional.empty());
    if (values.isGiven(ProducerKeys.MEMORY) && memoryBytes() > direct.limitBytes()) {
      throw values.refusal(
          ProducerKeys.MEMORY,
          "at most "
              + direct.limitBytes()
              + " bytes, what this JVM may have outside its heap; raise -XX:MaxDirectMemorySize");
    }
  }

  /** What belongs to the cluster is told to the cluster. */
  private void requireTheClusters() {
    if (base == null) {
      return;
    }
    for (Option<?> option : values.given()) {
      if (option.scope() != Scope.PRODUCER && !ITS_OWN.contains(option)) {
        throw values.refusal(
            option, "nothing for a producer that shares a cluster: give it to the cluster");
      }
    }
  }

  /** The name of the producer, for logs, statistics and the brokers. */
  @Override
  public String clientId() {
    return base == null || values.isGiven(ConnectionKeys.CLIENT_ID)
        ? super.clientId()
        : base.clientId();
  }

  /** How long one attempt waits for its response. */
  @Override
  public Duration requestTimeout() {
    return base == null || values.isGiven(ConnectionKeys.REQUEST_TIMEOUT)
        ? super.requestTimeout()
        : base.requestTimeout();
  }

  @Override
  public boolean createsTopics() {
    return base == null
        ? values.find(MetadataKeys.CREATES_TOPICS).orElse(true)
        : base.createsTopics();
  }

  @Override
  public List<String> notes() {
    return memoryBytes() < values.get(ProducerKeys.MEMORY)
        ? Stream.concat(
                super.notes().stream(),
                Stream.of(
                    "memory is "
                        + memoryBytes()
                        + " bytes, half of what this JVM may have outside its heap"
                        + " (-XX:MaxDirectMemorySize)"))
            .toList()
        : super.notes();
  }

  /** What the records that are not yet written may take, in bytes. */
  public long memoryBytes() {
    long wanted = values.get(ProducerKeys.MEMORY);
    return values.isGiven(ProducerKeys.MEMORY)
        ? wanted
        : Math.min(wanted, Math.max(1 << 20, memory.limitBytes() / 2));
  }

  /** Who must have a record before it counts as written. */
  public Acks acks() {
    return acks(Optional.empty());
  }

  /** Whether batches are numbered, if the brokers can. */
  public boolean isIdempotent() {
    return !values.get(ProducerKeys.IDEMPOTENCE).equals("FALSE");
  }

  /** Whether it is an error if batches cannot be numbered. */
  public boolean isIdempotenceDemanded() {
    return values.get(ProducerKeys.IDEMPOTENCE).equals("TRUE");
  }

  /** How many batches of one partition are under way at most. */
  public int maxInFlight() {
    return values.get(ProducerKeys.MAX_IN_FLIGHT);
  }

  /**
   * As {@link #maxInFlight}, where batches are not numbered: 1 if nobody said more, for a batch
   * that is sent again would be overtaken.
   */
  public int maxUnnumberedInFlight() {
    return values.isGiven(ProducerKeys.MAX_IN_FLIGHT) ? maxInFlight() : 1;
  }

  /** How large a request of several batches becomes. */
  public int maxRequestBytes() {
    return values.get(ProducerKeys.MAX_REQUEST).intValue();
  }

  /** After how long without any broker records count as finding no room; zero for never. */
  public Duration overflowAfter() {
    return values.get(ProducerKeys.OVERFLOW_AFTER);
  }

  /** After how long a failing partition is given keyless records again. */
  public Duration partitionRecoveryTime() {
    return values.get(ProducerKeys.PARTITION_RECOVERY);
  }

  /** Whether the listener hears only of records that failed. */
  public boolean isErrorsOnly() {
    return values.get(ProducerKeys.ERRORS_ONLY);
  }

  /** How long a record may take from its send to its report. */
  public Duration deliveryTimeout() {
    return deliveryTimeout(Optional.empty());
  }

  // What a topic may have of its own: its value, else this one's.

  /** As {@link #acks()}, for a topic. */
  public Acks acks(Optional<TopicOptions> topic) {
    return Acks.valueOf(of(topic, ProducerKeys.ACKS));
  }

  /** How long a batch that is not full waits for more records. */
  public Duration linger(Optional<TopicOptions> topic) {
    return of(topic, ProducerKeys.LINGER);
  }

  /** When a batch is full: its size as it is sent. */
  public int batchBytes(Optional<TopicOptions> topic) {
    return (int) Math.min(of(topic, ProducerKeys.BATCH_BYTES), memoryBytes());
  }

  /** When a batch is full, too: its records. */
  public int batchRecords(Optional<TopicOptions> topic) {
    return find(topic, ProducerKeys.BATCH_RECORDS).orElse(Integer.MAX_VALUE);
  }

  /** The largest record, as a batch of its own. */
  public int maxRecordBytes(Optional<TopicOptions> topic) {
    return of(topic, ProducerKeys.MAX_RECORD).intValue();
  }

  /** As {@link #deliveryTimeout()}, for a topic. */
  public Duration deliveryTimeout(Optional<TopicOptions> topic) {
    return of(topic, ProducerKeys.DELIVERY_TIMEOUT);
  }

  /**
   * How long one attempt waits for its response; shorter than {@link #requestTimeout()} if the
   * delivery timeout leaves less.
   */
  public Duration requestTimeout(Optional<TopicOptions> topic) {
    Duration wanted =
        topic
            .flatMap(its -> its.find(ConnectionKeys.REQUEST_TIMEOUT))
            .orElseGet(this::requestTimeout);
    Duration most = deliveryTimeout(topic).minus(linger(topic));
    return most.compareTo(wanted) < 0 ? most : wanted;
  }

  /**
   * What a topic says must go together with what the producer says.
   *
   * @throws ConfigException if it does not
   */
  public void check(TopicOptions topic) {
    Optional<TopicOptions> own = Optional.of(topic);
    Duration delivery = deliveryTimeout(own);
    if (linger(own).compareTo(delivery) >= 0) {
      throw new ConfigException(
          ProducerKeys.LINGER.name(),
          linger(own).toMillis() + "ms",
          "less than delivery.timeout, which is " + delivery.toMillis() + "ms for this topic");
    }
    long memory = memoryBytes();
    topic
        .find(ProducerKeys.BATCH_BYTES)
        .filter(bytes -> bytes > memory)
        .ifPresent(
            bytes -> {
              throw new ConfigException(
                  ProducerKeys.BATCH_BYTES.name(),
                  bytes.toString(),
                  "at most the producer's memory of " + memory + " bytes");
            });
    Compression unused = compression(own);
  }

  /** How batches are compressed. */
  public Compression compression(Optional<TopicOptions> topic) {
    Codec codec = of(topic, ProducerKeys.COMPRESSION);
    Optional<Option<Integer>> own = ProducerKeys.levelOf(codec);
    Optional<Integer> level =
        own.flatMap(option -> topic.flatMap(its -> its.find(option)))
            .or(() -> topic.flatMap(its -> its.find(ProducerKeys.COMPRESSION_LEVEL)))
            .or(() -> own.flatMap(values::find))
            .or(() -> own.flatMap(option -> values.find(ProducerKeys.COMPRESSION_LEVEL)));
    if (own.isEmpty() || level.isEmpty()) {
      return Compression.of(codec);
    }
    try {
      return new Compression(codec, level.get());
    } catch (IllegalArgumentException notOfThisCodec) {
      throw values.refusal(ProducerKeys.COMPRESSION_LEVEL, notOfThisCodec.getMessage() + "");
    }
  }

  /** Who chooses partitions. */
  public Partitioner partitioner(Optional<TopicOptions> topic) {
    Optional<Partitioner> own = topic.flatMap(TopicOptions::partitioner);
    if (own.isPresent()) {
      return own.get();
    }
    Optional<String> named = topic.flatMap(its -> its.find(ProducerKeys.PARTITIONER));
    if (named.isEmpty() && topic.flatMap(its -> its.find(ProducerKeys.IGNORE_KEYS)).isEmpty()) {
      return partitioner != null ? partitioner : named(values);
    }
    return named
        .map(Partitioners::named)
        .orElseGet(
            () ->
                of(topic, ProducerKeys.IGNORE_KEYS)
                    ? Partitioners.sticky()
                    : Partitioners.standard());
  }

  private static Partitioner named(OptionValues from) {
    return from.get(ProducerKeys.IGNORE_KEYS)
        ? Partitioners.sticky()
        : Partitioners.named(from.get(ProducerKeys.PARTITIONER));
  }

  /** What happens if there is no room. */
  public Overflow overflow(Optional<TopicOptions> topic) {
    Optional<Overflow> own = topic.flatMap(TopicOptions::overflow);
    boolean isNamed =
        topic.flatMap(its -> its.find(ProducerKeys.OVERFLOW)).isPresent()
            || topic.flatMap(its -> its.find(ProducerKeys.OVERFLOW_WAIT)).isPresent();
    if (own.isPresent()) {
      return own.get();
    }
    return overflow != null && !isNamed
        ? overflow
        : overflow(of(topic, ProducerKeys.OVERFLOW), of(topic, ProducerKeys.OVERFLOW_WAIT));
  }

  private static Overflow overflow(String kind, Duration wait) {
    return switch (kind) {
      case "fail" -> Overflow.fail();
      case "drop-oldest" -> Overflow.dropOldest();
      case "drop-newest" -> Overflow.dropNewest();
      default -> wait.isZero() ? Overflow.fail() : Overflow.block(wait);
    };
  }

  private <T> T of(Optional<TopicOptions> topic, Option<T> option) {
    return topic.flatMap(its -> its.find(option)).orElseGet(() -> values.get(option));
  }

  private <T> Optional<T> find(Optional<TopicOptions> topic, Option<T> option) {
    return topic.flatMap(its -> its.find(option)).or(() -> values.find(option));
  }
}
