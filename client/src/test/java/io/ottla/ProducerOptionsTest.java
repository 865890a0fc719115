package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.error.ConfigException;
import io.ottla.internal.runtime.DirectMemory;
import io.ottla.producer.Acks;
import io.ottla.producer.Overflow;
import io.ottla.producer.Partitioners;
import io.ottla.producer.TopicOptions;
import io.ottla.protocol.record.Compression;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a producer can be told, and how it says what is wrong. */
@Scenario("L4")
class ProducerOptionsTest {
  private static final Optional<TopicOptions> ALL_TOPICS = Optional.empty();

  private static ProducerBuilder<byte[], byte[]> builder() {
    return Ottla.producer("localhost:9092");
  }

  private static ProducerOptions with(String key, String value) {
    return builder().set(key, value).build();
  }

  private static Optional<TopicOptions> topic(Consumer<TopicOptions.Builder> configure) {
    TopicOptions.Builder own = TopicOptions.builder();
    configure.accept(own);
    return Optional.of(own.build());
  }

  @Test
  void defaults_are_safe_before_fast() {
    ProducerOptions options = builder().build();

    assertThat(options.acks()).isEqualTo(Acks.ALL);
    assertThat(options.isIdempotent()).isTrue();
    assertThat(options.isIdempotenceDemanded()).isFalse();
    assertThat(options.linger(ALL_TOPICS)).isEqualTo(Duration.ofMillis(5));
    assertThat(options.memoryBytes()).isEqualTo(64 << 20);
    assertThat(options.overflow(ALL_TOPICS).kind()).isEqualTo(Overflow.Kind.BLOCK);
    assertThat(options.overflow(ALL_TOPICS).longestWait()).isEqualTo(Duration.ofMinutes(1));
    assertThat(options.deliveryTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(options.createsTopics()).isTrue();
    assertThat(options.retries()).isEqualTo(-1);
    assertThat(options.partitioner(ALL_TOPICS)).isSameAs(Partitioners.standard());
    assertThat(options.compression(ALL_TOPICS)).isEqualTo(Compression.none());
    assertThat(options.notes()).isEmpty();
  }

  @Test
  void a_file_of_kafkas_producer_is_understood() {
    ProducerOptions options =
        builder()
            .load(
                Map.ofEntries(
                    Map.entry("acks", "-1"),
                    Map.entry("linger.ms", 20),
                    Map.entry("batch.size", 32768),
                    Map.entry("buffer.memory", 33554432L),
                    Map.entry("compression.type", "lz4"),
                    Map.entry("compression.lz4.level", 9),
                    Map.entry("delivery.timeout.ms", 60000),
                    Map.entry("request.timeout.ms", 10000),
                    Map.entry("enable.idempotence", true),
                    Map.entry("max.in.flight.requests.per.connection", 10),
                    Map.entry("max.request.size", 2097152),
                    Map.entry("max.block.ms", Long.MAX_VALUE),
                    Map.entry(
                        "partitioner.class",
                        "org.apache.kafka.clients.producer.RoundRobinPartitioner"),
                    Map.entry("retries", Integer.MAX_VALUE),
                    Map.entry("key.serializer", "org.apache.kafka.StringSerializer")))
            .build();

    assertThat(options.acks()).isEqualTo(Acks.ALL);
    assertThat(options.linger(ALL_TOPICS)).isEqualTo(Duration.ofMillis(20));
    assertThat(options.batchBytes(ALL_TOPICS)).isEqualTo(32768);
    assertThat(options.memoryBytes()).isEqualTo(32 << 20);
    assertThat(options.compression(ALL_TOPICS)).isEqualTo(Compression.lz4());
    assertThat(options.deliveryTimeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(options.requestTimeout(ALL_TOPICS)).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.isIdempotenceDemanded()).isTrue();
    assertThat(options.maxInFlight()).isEqualTo(5);
    assertThat(options.maxRecordBytes(ALL_TOPICS)).isEqualTo(2 << 20);
    assertThat(options.overflow(ALL_TOPICS).longestWait())
        .isEqualTo(Duration.ofMillis(Integer.MAX_VALUE));
    assertThat(options.partitioner(ALL_TOPICS)).hasToString("round-robin");
    assertThat(options.retries()).isEqualTo(Integer.MAX_VALUE);
    assertThat(options.notes()).singleElement().asString().startsWith("key.serializer");
  }

  @Test
  void a_file_of_librdkafkas_producer_is_understood() {
    ProducerOptions options =
        builder()
            .load(
                Map.ofEntries(
                    Map.entry("request.required.acks", "1"),
                    Map.entry("queue.buffering.max.ms", "0.5"),
                    Map.entry("batch.num.messages", "10000"),
                    Map.entry("queue.buffering.max.kbytes", "2048"),
                    Map.entry("message.timeout.ms", "0"),
                    Map.entry("compression.codec", "zstd"),
                    Map.entry("compression.level", "-1"),
                    Map.entry("partitioner", "consistent_random"),
                    Map.entry("delivery.report.only.error", "true"),
                    Map.entry("sticky.partitioning.linger.ms", "10"),
                    Map.entry("max.in.flight", "1000000"),
                    Map.entry("message.max.bytes", "1000000")))
            .build();

    assertThat(options.acks()).isEqualTo(Acks.LEADER);
    assertThat(options.linger(ALL_TOPICS)).isEqualTo(Duration.ofMillis(1));
    assertThat(options.batchRecords(ALL_TOPICS)).isEqualTo(10_000);
    assertThat(options.memoryBytes()).isEqualTo(2 << 20);
    assertThat(options.deliveryTimeout()).isEqualTo(Duration.ofMillis(Integer.MAX_VALUE));
    assertThat(options.compression(ALL_TOPICS)).isEqualTo(Compression.zstd());
    assertThat(options.partitioner(ALL_TOPICS)).hasToString("consistent_random");
    assertThat(options.isErrorsOnly()).isTrue();
    assertThat(options.maxInFlight()).isEqualTo(5);
    assertThat(options.maxRecordBytes(ALL_TOPICS)).isEqualTo(1_000_000);
    assertThat(options.notes())
        .singleElement()
        .asString()
        .startsWith("sticky.partitioning.linger.ms");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "acks | 2 | ALL, LEADER, NONE",
        "linger | 5 | a duration",
        "batch.bytes | 0 | a size",
        "batch.records | 0 | a whole number, 1 to",
        "memory | 1KB | a size",
        "compression | brotli | NONE, GZIP, SNAPPY, LZ4, ZSTD",
        "partitioner | org.example.Mine | default",
        "overflow | spill | block, fail, drop-oldest, drop-newest",
        "idempotence | maybe | AUTO, TRUE, FALSE",
        "max.in.flight | 0 | a whole number, 1 to 5",
        "transactional.id | tx | no transactions yet",
        "enable.gapless.guarantee | true | no client can",
        "lingre | 5ms | did you mean linger",
      })
  void what_is_wrong_is_told_with_what_would_be_right(String key, String value, String accepted) {
    assertThatThrownBy(() -> with(key, value))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(accepted);
  }

  @Test
  void a_demanded_idempotence_needs_acks_of_all() {
    assertThatThrownBy(() -> builder().idempotence(true).acks(Acks.LEADER).build())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("acks")
        .hasMessageContaining("idempotence = TRUE");
    assertThat(builder().acks(Acks.LEADER).build().acks()).isEqualTo(Acks.LEADER);
  }

  @Test
  void the_delivery_timeout_leaves_time_for_linger_and_one_attempt() {
    ProducerOptions longer = builder().requestTimeout(Duration.ofMinutes(5)).build();
    ProducerOptions shorter = builder().deliveryTimeout(Duration.ofSeconds(2)).build();

    assertThat(longer.deliveryTimeout()).isEqualTo(Duration.ofMinutes(5).plusMillis(5));
    assertThat(shorter.requestTimeout(ALL_TOPICS)).isEqualTo(Duration.ofMillis(1995));
    assertThat(shorter.requestTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThatThrownBy(
            () ->
                builder()
                    .requestTimeout(Duration.ofSeconds(10))
                    .deliveryTimeout(Duration.ofSeconds(5))
                    .build())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("request.timeout")
        .hasMessageContaining("delivery.timeout");
    assertThatThrownBy(
            () ->
                builder()
                    .linger(Duration.ofSeconds(10))
                    .deliveryTimeout(Duration.ofSeconds(5))
                    .build())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("linger");
  }

  @Test
  void a_batch_fits_into_the_memory() {
    assertThat(builder().memory(100_000).build().batchBytes(ALL_TOPICS)).isEqualTo(100_000);
    assertThatThrownBy(() -> builder().memory(100_000).batchBytes(200_000).build())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("batch.bytes")
        .hasMessageContaining("memory");
  }

  @Test
  void memory_is_bounded_by_what_the_jvm_allows() {
    DirectMemory little = new DirectMemory(16 << 20);

    ProducerOptions options = new ProducerOptions(builder(), little);

    assertThat(options.memoryBytes()).isEqualTo(8 << 20);
    assertThat(options.notes()).singleElement().asString().contains("MaxDirectMemorySize");
    assertThatThrownBy(() -> new ProducerOptions(builder().memory(32 << 20), little))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("memory")
        .hasMessageContaining("MaxDirectMemorySize");
  }

  @Test
  void a_topic_has_its_own_options_and_else_those_of_the_producer() {
    ProducerOptions options =
        builder().linger(Duration.ofMillis(50)).compression(Compression.gzip(9)).build();

    Optional<TopicOptions> own =
        topic(t -> t.acks(Acks.LEADER).set("linger.ms", "0").overflow(Overflow.fail()));

    assertThat(options.acks(own)).isEqualTo(Acks.LEADER);
    assertThat(options.linger(own)).isEqualTo(Duration.ZERO);
    assertThat(options.overflow(own).kind()).isEqualTo(Overflow.Kind.FAIL);
    assertThat(options.compression(own)).isEqualTo(Compression.gzip(9));
    assertThat(options.compression(topic(t -> t.compression(Compression.zstd(7)))))
        .isEqualTo(Compression.zstd(7));
    assertThat(options.linger(ALL_TOPICS)).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void what_a_topic_says_goes_together_with_what_the_producer_says() {
    ProducerOptions options = builder().deliveryTimeout(Duration.ofSeconds(10)).build();

    assertThat(options.requestTimeout(topic(t -> t.deliveryTimeout(Duration.ofSeconds(1)))))
        .isEqualTo(Duration.ofMillis(995));
    assertThatThrownBy(
            () -> options.check(TopicOptions.builder().linger(Duration.ofSeconds(10)).build()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("linger")
        .hasMessageContaining("delivery.timeout");
    assertThatThrownBy(() -> options.check(TopicOptions.builder().batchBytes(1 << 30).build()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("memory");
    options.check(TopicOptions.builder().linger(Duration.ofSeconds(9)).build());
  }

  @Test
  void what_is_the_producers_alone_is_no_option_of_a_topic() {
    TopicOptions own = TopicOptions.builder().set("memory", "1MB").build();

    assertThat(own.notes()).singleElement().asString().contains("not of a topic");
  }

  @Test
  void a_level_that_the_codec_lacks_is_refused() {
    assertThatThrownBy(
            () -> builder().set("compression", "gzip").set("compression.level", "20").build())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("compression.level")
        .hasMessageContaining("1 to 9");
  }

  @Test
  void keys_can_be_ignored_unless_a_partitioner_is_named() {
    assertThat(with("partitioner.ignore.keys", "true").partitioner(ALL_TOPICS))
        .isSameAs(Partitioners.sticky());
    assertThatThrownBy(
            () ->
                builder()
                    .set("partitioner.ignore.keys", "true")
                    .set("partitioner", "random")
                    .build())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("partitioner.ignore.keys");
  }

  @Test
  void a_wait_of_no_time_fails_at_once() {
    assertThat(with("max.block.ms", "0").overflow(ALL_TOPICS).kind()).isEqualTo(Overflow.Kind.FAIL);
    assertThat(with("overflow", "drop-oldest").overflow(ALL_TOPICS).kind())
        .isEqualTo(Overflow.Kind.DROP_OLDEST);
  }

  @Test
  void options_of_connections_are_the_clusters_if_a_producer_shares_one() {
    try (Cluster cluster = Ottla.cluster("localhost:1", o -> o.clientId("shared"))) {
      ProducerOptions options = Ottla.producer(cluster).linger(Duration.ZERO).build();

      assertThat(options.clientId()).isEqualTo("shared");
      assertThatThrownBy(
              () -> Ottla.producer(cluster).connectTimeout(Duration.ofSeconds(1)).build())
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("give it to the cluster");
    }
  }
}
