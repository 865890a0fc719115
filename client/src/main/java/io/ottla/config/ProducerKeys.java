package io.ottla.config;

import io.ottla.protocol.record.Codec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The options of producers: how records become batches, how batches become requests. */
public final class ProducerKeys {
  /** Who must have a record. */
  public static final Option<String> ACKS =
      Option.named("acks", OneOf.of("ALL", "LEADER", "NONE"))
          .of(Scope.PRODUCER)
          .perTopic()
          .kafka("acks", ProducerAliases::acks)
          .librdkafka("acks", ProducerAliases::acks)
          .librdkafka("request.required.acks", ProducerAliases::acks)
          .fallback("ALL", "a record that only one broker has is lost with it")
          .is(
              "Who must have a record before it counts as written: all replicas that are in sync,"
                  + " the leader, or nobody.");

  /** How long an open batch waits. */
  public static final Option<Duration> LINGER =
      Option.named("linger", Durations.orZero())
          .of(Scope.PRODUCER)
          .perTopic()
          .kafka("linger.ms", ProducerAliases::duration)
          .librdkafka("queue.buffering.max.ms", ProducerAliases::duration)
          .librdkafka("linger.ms", ProducerAliases::duration)
          .fallback(Duration.ofMillis(5), "as Kafka's; hardly anybody notices, and batches fill")
          .is(
              "How long a batch that is not full waits for more records. With 0 it leaves at once,"
                  + " unless something is under way to the partition's leader.");

  /** When a batch is full. */
  public static final Option<Long> BATCH_BYTES =
      Option.named("batch.bytes", new Sizes(1))
          .of(Scope.PRODUCER)
          .perTopic()
          .kafka("batch.size", ProducerAliases::atLeastOne)
          .librdkafka("batch.size", ProducerAliases::atLeastOne)
          .fallback(256L << 10, "large enough for compression and few requests")
          .is("When a batch takes no more records: its size as it is sent, compressed.");

  /** When a batch is full, too. */
  public static final Option<Integer> BATCH_RECORDS =
      Option.named("batch.records", new Integers(1, Integer.MAX_VALUE))
          .of(Scope.PRODUCER)
          .perTopic()
          .librdkafka("batch.num.messages")
          .without("`batch.bytes` alone says when a batch is full")
          .is("When a batch takes no more records, and leaves: their number.");

  /** The largest record. */
  public static final Option<Long> MAX_RECORD =
      Option.named("record.max.bytes", new Sizes(1))
          .of(Scope.PRODUCER)
          .perTopic()
          .kafka("max.request.size")
          .librdkafka("message.max.bytes")
          .fallback(1L << 20, "what brokers take if nobody has told them otherwise")
          .is(
              "The largest record, as a batch of its own on the wire; a larger one fails at once."
                  + " Topics have a limit, too (`max.message.bytes`).");

  /** What records may take that are not yet reported. */
  public static final Option<Long> MEMORY =
      Option.named("memory", new Sizes(64 << 10, 1L << 40))
          .of(Scope.PRODUCER)
          .kafka("buffer.memory")
          .librdkafka("queue.buffering.max.kbytes", ProducerAliases::kibibytes)
          .fallback(64L << 20, "some seconds of a fast topic; half of what the JVM allows, if less")
          .is(
              "What the records that are not yet written may take; when it is full, `overflow`"
                  + " says what happens. Most of it lies outside the heap.");

  /** How batches are compressed. */
  public static final Option<Codec> COMPRESSION =
      Option.named("compression", new Choices<>(Codec.class))
          .of(Scope.PRODUCER)
          .perTopic()
          .kafka("compression.type")
          .librdkafka("compression.codec", ProducerAliases::codec)
          .librdkafka("compression.type", ProducerAliases::codec)
          .fallback(Codec.NONE, "as Kafka's; which codec is best depends on what is sent")
          .is("How batches are compressed.");

  /** How hard the codec tries. */
  public static final Option<Integer> COMPRESSION_LEVEL =
      Option.named("compression.level", new Integers(-131_072, 22))
          .of(Scope.PRODUCER)
          .perTopic()
          .librdkafka("compression.level", ProducerAliases::level)
          .without("the codec's own default")
          .is(
              "How hard the codec tries: gzip 1 to 9, lz4 0 (fast) or 1 to 17, zstd -131072 to 22."
                  + " Of no effect for the others.");

  /** How hard gzip tries. */
  public static final Option<Integer> GZIP_LEVEL =
      Option.named("compression.gzip.level", new Integers(-1, 9))
          .of(Scope.PRODUCER)
          .perTopic()
          .kafka("compression.gzip.level")
          .without("`compression.level`, else gzip's default")
          .is("The same for gzip alone, -1 for its default; whatever the codec, it may be given.");

  /** How hard lz4 tries. */
  public static final Option<Integer> LZ4_LEVEL =
      Option.named("compression.lz4.level", new Integers(0, 17))
          .of(Scope.PRODUCER)
          .perTopic()
          .kafka("compression.lz4.level", ProducerAliases::lz4Level)
          .without("`compression.level`, else the fast form")
          .is("The same for lz4 alone. 9, Kafka's default, is the fast form, as it is there.");

  /** How hard zstd tries. */
  public static final Option<Integer> ZSTD_LEVEL =
      Option.named("compression.zstd.level", new Integers(-131_072, 22))
          .of(Scope.PRODUCER)
          .perTopic()
          .kafka("compression.zstd.level")
          .without("`compression.level`, else 3")
          .is("The same for zstd alone.");

  /** Who chooses partitions. */
  public static final Option<String> PARTITIONER =
      Option.named(
              "partitioner",
              OneOf.of(
                  "default",
                  "java",
                  "sticky",
                  "round-robin",
                  "random",
                  "murmur2",
                  "murmur2_random",
                  "consistent",
                  "consistent_random",
                  "fnv1a",
                  "fnv1a_random"))
          .of(Scope.PRODUCER)
          .perTopic()
          .kafka("partitioner.class", ProducerAliases::partitioner)
          .librdkafka("partitioner")
          .fallback("default", "as Kafka's: records with a key go where Java's clients send them")
          .is(
              "Who chooses the partition of a record that names none: by the key's hash, and"
                  + " keyless ones in turn, batch by batch (`default`); without regard to keys"
                  + " (`sticky`, `round-robin`, `random`); or as librdkafka does (the others). A"
                  + " program may hand over a function.");

  /** Whether keys choose no partition. */
  public static final Option<Boolean> IGNORE_KEYS =
      Option.named("partitioner.ignore.keys", new Booleans())
          .of(Scope.PRODUCER)
          .perTopic()
          .kafka("partitioner.ignore.keys")
          .fallback(false, "who gives a key mostly wants its records in order")
          .is("Whether records with a key go wherever a batch is being filled: `sticky`.");

  /** What happens if there is no room. */
  public static final Option<String> OVERFLOW =
      Option.named("overflow", OneOf.of("block", "fail", "drop-oldest", "drop-newest"))
          .of(Scope.PRODUCER)
          .perTopic()
          .fallback("block", "it is what makes a loop that only sends go as fast as it can")
          .is(
              "What happens to a record for which there is no room: its sender waits"
                  + " (`overflow.wait`), it fails, the oldest ones fail instead, or it is dropped"
                  + " and counted. A program may hand over more: see `Overflow`.");

  /** How long a sender waits for room. */
  public static final Option<Duration> OVERFLOW_WAIT =
      Option.named("overflow.wait", Durations.orZero())
          .of(Scope.PRODUCER)
          .perTopic()
          .kafka("max.block.ms", ProducerAliases::duration)
          .fallback(Duration.ofMinutes(1), "as Kafka's")
          .is("How long a sender waits for room, with `overflow = block`; 0 for not at all.");

  /** When an outage counts as no room. */
  public static final Option<Duration> OVERFLOW_AFTER =
      Option.named("overflow.after", Durations.orZero())
          .of(Scope.PRODUCER)
          .fallback(Duration.ZERO, "an outage that the memory outlasts is nobody's concern")
          .is(
              "After how long without any broker records count as finding no room, although there"
                  + " is memory; 0 for never.");

  /** How long a record may take. */
  public static final Option<Duration> DELIVERY_TIMEOUT =
      Option.named("delivery.timeout", Durations.positive())
          .of(Scope.PRODUCER)
          .perTopic()
          .kafka("delivery.timeout.ms", ProducerAliases::duration)
          .librdkafka("message.timeout.ms", ProducerAliases::zeroIsLongest)
          .librdkafka("delivery.timeout.ms", ProducerAliases::zeroIsLongest)
          .fallback(Duration.ofMinutes(2), "as Kafka's; outlasts an election and a restart")
          .is(
              "How long a record may take from its send to its report, all attempts included. At"
                  + " least `linger` and `request.timeout` together.");

  /** Whether brokers tell a repetition from a new batch. */
  public static final Option<String> IDEMPOTENCE =
      Option.named("idempotence", OneOf.of("AUTO", "TRUE", "FALSE"))
          .of(Scope.PRODUCER)
          .both("enable.idempotence")
          .fallback(
              "AUTO", "it costs nothing; brokers before 0.11 cannot, and are told from others")
          .is(
              "Whether batches are numbered, so that a repeated one is written once and none"
                  + " overtakes another. `true` makes it an error if that cannot be; needs"
                  + " `acks = all`.");

  /** How many batches are under way. */
  public static final Option<Integer> MAX_IN_FLIGHT =
      Option.named("max.in.flight", new Integers(1, 5))
          .of(Scope.PRODUCER)
          .kafka("max.in.flight.requests.per.connection", ProducerAliases::atMostFive)
          .librdkafka("max.in.flight", ProducerAliases::atMostFive)
          .librdkafka("max.in.flight.requests.per.connection", ProducerAliases::atMostFive)
          .fallback(5, "as many as brokers remember")
          .is(
              "How many batches of one partition are under way at most. More, by the names of"
                  + " others, is 5. Where batches are not numbered (`idempotence`, `acks`) it is 1"
                  + " unless it is given: a batch that is sent again would be overtaken.");

  /** How large a request is. */
  public static final Option<Long> MAX_REQUEST =
      Option.named("request.max.bytes", new Sizes(1024))
          .of(Scope.PRODUCER)
          .fallback(1L << 20, "a slow line carries it well within the request timeout")
          .is(
              "How large a request of several batches becomes; one batch alone may be larger."
                  + " Brokers take 100 MiB if nobody has told them otherwise.");

  /** When a failing partition is tried again. */
  public static final Option<Duration> PARTITION_RECOVERY =
      Option.named("partition.recovery.time", Durations.positive())
          .of(Scope.PRODUCER)
          .fallback(Duration.ofSeconds(10), "about as long as a broker takes to restart")
          .is(
              "After how long a partition whose batches fail is given keyless records again;"
                  + " meanwhile they go to others.");

  /** Whether the listener hears of failures only. */
  public static final Option<Boolean> ERRORS_ONLY =
      Option.named("report.errors.only", new Booleans())
          .of(Scope.PRODUCER)
          .librdkafka("delivery.report.only.error")
          .fallback(false, "who listens mostly wants to hear")
          .is("Whether the producer's listener hears only of records that failed.");

  static final List<Option<?>> ALL =
      List.of(
          ACKS,
          LINGER,
          BATCH_BYTES,
          BATCH_RECORDS,
          MAX_RECORD,
          MAX_REQUEST,
          MEMORY,
          COMPRESSION,
          COMPRESSION_LEVEL,
          GZIP_LEVEL,
          LZ4_LEVEL,
          ZSTD_LEVEL,
          PARTITIONER,
          IGNORE_KEYS,
          OVERFLOW,
          OVERFLOW_WAIT,
          OVERFLOW_AFTER,
          DELIVERY_TIMEOUT,
          IDEMPOTENCE,
          MAX_IN_FLIGHT,
          PARTITION_RECOVERY,
          ERRORS_ONLY);

  static final List<Relation> RELATIONS =
      List.of(
          Relation.atMost(BATCH_BYTES, MEMORY),
          ProducerKeys::inTime,
          ProducerKeys::numbered,
          ProducerKeys::keysIgnored);

  private ProducerKeys() {}

  /** The option that says how hard one codec tries; empty if it has no levels. */
  public static Optional<Option<Integer>> levelOf(Codec codec) {
    return switch (codec) {
      case GZIP -> Optional.of(GZIP_LEVEL);
      case LZ4 -> Optional.of(LZ4_LEVEL);
      case ZSTD -> Optional.of(ZSTD_LEVEL);
      case NONE, SNAPPY -> Optional.empty();
    };
  }

  /** There is time for the linger and one attempt. What nobody gave moves along. */
  private static void inTime(Resolution values) {
    Option<Duration> request = ConnectionKeys.REQUEST_TIMEOUT;
    Duration linger = values.get(LINGER);
    Duration attempt = values.isGiven(request) ? values.get(request) : Duration.ofMillis(1);
    Duration least = linger.plus(attempt);
    if (least.compareTo(values.get(DELIVERY_TIMEOUT)) <= 0) {
      return;
    }
    if (!values.isGiven(DELIVERY_TIMEOUT)) {
      values.assume(DELIVERY_TIMEOUT, Durations.atMostLongest(least));
    } else if (values.isGiven(request)) {
      values.refuse(request, "with linger at most " + values.told(DELIVERY_TIMEOUT));
    } else if (values.isGiven(LINGER)) {
      values.refuse(LINGER, "less than " + values.told(DELIVERY_TIMEOUT));
    } else {
      values.assume(LINGER, Duration.ZERO);
    }
  }

  private static void numbered(Resolution values) {
    if (values.get(IDEMPOTENCE).equals("TRUE") && !values.get(ACKS).equals("ALL")) {
      values.refuse(ACKS, "ALL, with " + values.told(IDEMPOTENCE));
    }
  }

  private static void keysIgnored(Resolution values) {
    if (values.get(IGNORE_KEYS) && values.isGiven(PARTITIONER)) {
      values.refuse(
          IGNORE_KEYS, "not together with " + values.told(PARTITIONER) + "; leave one of them");
    }
  }
}
