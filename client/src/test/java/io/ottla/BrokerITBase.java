package io.ottla;

import static io.ottla.producer.ProducerRecord.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ottla.consumer.FetchLimits;
import io.ottla.consumer.FetchPosition;
import io.ottla.consumer.FetchResult;
import io.ottla.producer.Acks;
import io.ottla.producer.ProduceResult;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.CreateTopicsRequest;
import io.ottla.protocol.message.CreateTopicsResponse;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.Header;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordCursor;
import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a single broker does with a real one, of any line. */
@Timeout(120)
abstract class BrokerITBase {
  static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final AtomicInteger NEXT_TOPIC = new AtomicInteger();

  private final KafkaServer kafka;

  BrokerITBase(KafkaServer kafka) {
    this.kafka = kafka;
  }

  final KafkaServer kafka() {
    return kafka;
  }

  final Broker open() {
    return Ottla.broker("127.0.0.1", kafka.node(1).port());
  }

  static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(60, TimeUnit.SECONDS);
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** Creates a topic and waits until the broker leads it. */
  static String newTopic(Broker broker, int partitions, String... configs) throws Exception {
    String name = "topic-" + NEXT_TOPIC.incrementAndGet() + "-" + System.nanoTime();
    CreateTopicsRequest.CreatableTopic topic =
        new CreateTopicsRequest.CreatableTopic()
            .name(name)
            .numPartitions(partitions)
            .replicationFactor((short) 1);
    for (String config : configs) {
      int equals = config.indexOf('=');
      topic
          .configs()
          .add(
              new CreateTopicsRequest.CreatableTopicConfig()
                  .name(config.substring(0, equals))
                  .value(config.substring(equals + 1)));
    }
    CreateTopicsResponse response =
        get(broker.request(new CreateTopicsRequest().topics(List.of(topic)).timeoutMs(10_000)));
    assertThat(response.topics().get(0).errorCode()).isEqualTo(ErrorCode.NONE.code());
    await().atMost(TIMEOUT).until(() -> leads(broker, name, partitions));
    return name;
  }

  private static boolean leads(Broker broker, String topic, int partitions) throws Exception {
    MetadataRequest request =
        new MetadataRequest()
            .topics(List.of(new MetadataRequest.MetadataRequestTopic().name(topic)))
            .allowAutoTopicCreation(false);
    MetadataResponse.MetadataResponseTopic found = get(broker.request(request)).topics().get(0);
    return found.partitions().size() == partitions
        && found.partitions().stream().allMatch(partition -> partition.leaderId() >= 0);
  }

  /** All records of a partition from an offset on, as text {@code offset key value headers}. */
  static List<String> readAll(Broker broker, String topic, int partition, int count)
      throws Exception {
    List<String> all = new ArrayList<>();
    long next = 0;
    while (all.size() < count) {
      FetchResult result =
          get(broker.fetch(
                  List.of(new FetchPosition(topic, partition, next)), FetchLimits.defaults()))
              .get(0);
      assertThat(result.error()).as(String.valueOf(result.message())).isEqualTo(ErrorCode.NONE);
      for (RecordBatch batch : result.batches()) {
        batch.verifyCrc();
        try (RecordCursor record = batch.cursor()) {
          while (record.next()) {
            if (record.offset() >= next) {
              all.add(
                  record.offset()
                      + " "
                      + text(record.key())
                      + " "
                      + text(record.value())
                      + " "
                      + headers(record));
              next = record.offset() + 1;
            }
          }
        }
      }
    }
    return all;
  }

  static String text(byte @org.jspecify.annotations.Nullable [] bytes) {
    return bytes == null ? "null" : "'" + new String(bytes, UTF_8) + "'";
  }

  private static String headers(RecordCursor record) {
    StringBuilder all = new StringBuilder();
    for (Header header : record.headers()) {
      all.append(header.key()).append('=').append(text(header.value())).append(';');
    }
    return all.toString();
  }

  @Test
  void versions_are_told() throws Exception {
    try (Broker broker = open()) {
      BrokerVersions versions = get(broker.versions());

      assertThat(versions.isAssumed()).isFalse();
      assertThat(Objects.requireNonNull(versions.of(ApiKey.API_VERSIONS)).highest())
          .isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void metadata_names_the_broker() throws Exception {
    try (Broker broker = open()) {
      MetadataResponse metadata = get(broker.request(new MetadataRequest()));

      assertThat(metadata.brokers()).hasSize(1);
      assertThat(metadata.brokers().get(0).port()).isEqualTo(kafka.node(1).port());
      assertThat(metadata.clusterId()).isEqualTo(kafka.clusterId());
    }
  }

  // Each codec there and back, over partitions.
  @ParameterizedTest
  @EnumSource(Codec.class)
  @Scenario("L12")
  void what_is_written_is_read_back(Codec codec) throws Exception {
    try (Broker broker = open()) {
      String topic = newTopic(broker, 2);
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        records.add(
            record(topic, i % 2, bytes("key" + i), bytes("value " + i + "x".repeat(i)))
                .withHeaders(List.of(new Header("h", bytes("head" + i)))));
      }

      List<ProduceResult> results =
          get(broker.produce(records, Acks.ALL, TIMEOUT, Compression.of(codec)));

      assertThat(results).hasSize(2).allMatch(ProduceResult::isWritten);
      assertThat(results).allMatch(result -> result.baseOffset() == 0 && result.records() == 100);
      for (int partition = 0; partition < 2; partition++) {
        List<String> expected = new ArrayList<>();
        for (int i = partition; i < 200; i += 2) {
          expected.add(
              i / 2 + " 'key" + i + "' 'value " + i + "x".repeat(i) + "' h='head" + i + "';");
        }
        assertThat(readAll(broker, topic, partition, 100)).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Acks.class)
  @Scenario("L8")
  void every_kind_of_acknowledgement_delivers(Acks acks) throws Exception {
    try (Broker broker = open()) {
      String topic = newTopic(broker, 1);

      ProduceResult result =
          get(broker.produce(
                  List.of(record(topic, 0, bytes("k"), bytes("v"))),
                  acks,
                  TIMEOUT,
                  Compression.none()))
              .get(0);

      assertThat(result.isWritten()).isTrue();
      assertThat(result.baseOffset()).isEqualTo(acks == Acks.NONE ? -1 : 0);
      assertThat(readAll(broker, topic, 0, 1)).containsExactly("0 'k' 'v' ");
    }
  }

  @Test
  @Scenario({"L10", "L11"})
  void null_and_empty_stay_distinct() throws Exception {
    try (Broker broker = open()) {
      String topic = newTopic(broker, 1);
      ProducerRecord<byte[], byte[]> nulls = record(topic, 0, null, null);
      ProducerRecord<byte[], byte[]> empty = record(topic, 0, new byte[0], new byte[0]);

      get(broker.produce(List.of(nulls, empty), Acks.ALL));

      assertThat(readAll(broker, topic, 0, 2)).containsExactly("0 null null ", "1 '' '' ");
    }
  }

  // The broker's error, not a timeout; the rest is delivered.
  @Test
  @Scenario({"L2", "L16"})
  void an_unknown_topic_and_a_partition_that_does_not_exist_are_results_in_words()
      throws Exception {
    try (Broker broker = open()) {
      String topic = newTopic(broker, 1);

      List<ProduceResult> results =
          get(
              broker.produce(
                  List.of(
                      record("no-such-topic", 0, bytes("v")),
                      record(topic, 7, bytes("v")),
                      record(topic, 0, bytes("v"))),
                  Acks.ALL));

      assertThat(results)
          .extracting(ProduceResult::error)
          .containsExactly(
              ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
              ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
              ErrorCode.NONE);
      assertThat(results.get(0).message()).isNotBlank();
      assertThat(results.get(1).message()).isNotBlank();

      List<FetchResult> fetched =
          get(
              broker.fetch(
                  List.of(
                      new FetchPosition("no-such-topic", 0, 0),
                      new FetchPosition(topic, 7, 0),
                      new FetchPosition(topic, 0, 0)),
                  FetchLimits.defaults()));
      assertThat(fetched)
          .extracting(FetchResult::error)
          .containsExactly(
              ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
              ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
              ErrorCode.NONE);
      assertThat(fetched.get(2).highWatermark()).isEqualTo(1);
    }
  }

  @Test
  @Scenario("L3")
  void a_record_that_is_too_large_is_a_result() throws Exception {
    try (Broker broker = open()) {
      String topic = newTopic(broker, 1, "max.message.bytes=1000");

      ProduceResult result =
          get(broker.produce(List.of(record(topic, 0, new byte[2_000])), Acks.ALL)).get(0);

      assertThat(result.error()).isEqualTo(ErrorCode.MESSAGE_TOO_LARGE);
      assertThat(result.message()).isNotBlank();
    }
  }

  @Test
  void an_offset_out_of_range_is_a_result() throws Exception {
    try (Broker broker = open()) {
      String topic = newTopic(broker, 1);

      FetchResult result =
          get(broker.fetch(List.of(new FetchPosition(topic, 0, 1_000)), FetchLimits.defaults()))
              .get(0);

      assertThat(result.error()).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
      assertThat(result.batches()).isEmpty();
    }
  }

  // A topic made anew has another id; the stale one is forgotten.
  @Test
  @Scenario("L110")
  void a_topic_made_anew_is_found_again() throws Exception {
    try (Broker broker = open()) {
      String topic = newTopic(broker, 1);
      get(broker.produce(List.of(record(topic, 0, bytes("old"))), Acks.ALL));
      get(
          broker.request(
              new io.ottla.protocol.message.DeleteTopicsRequest()
                  .topics(
                      List.of(
                          new io.ottla.protocol.message.DeleteTopicsRequest.DeleteTopicState()
                              .name(topic)))
                  .timeoutMs(10_000)));
      await().atMost(TIMEOUT).until(() -> !exists(broker, topic));
      CreateTopicsRequest.CreatableTopic again =
          new CreateTopicsRequest.CreatableTopic()
              .name(topic)
              .numPartitions(1)
              .replicationFactor((short) 1);
      get(broker.request(new CreateTopicsRequest().topics(List.of(again)).timeoutMs(10_000)));

      await()
          .atMost(TIMEOUT)
          .until(
              () ->
                  get(broker.produce(List.of(record(topic, 0, bytes("new"))), Acks.ALL))
                      .get(0)
                      .isWritten());
      assertThat(readAll(broker, topic, 0, 1)).containsExactly("0 null 'new' ");
    }
  }

  private static boolean exists(Broker broker, String topic) throws Exception {
    MetadataRequest request =
        new MetadataRequest()
            .topics(List.of(new MetadataRequest.MetadataRequestTopic().name(topic)))
            .allowAutoTopicCreation(false);
    return get(broker.request(request)).topics().get(0).errorCode() == ErrorCode.NONE.code();
  }

  @Test
  void a_megabyte_per_record_in_many_batches_comes_through() throws Exception {
    try (Broker broker = open()) {
      String topic = newTopic(broker, 1);
      List<CompletableFuture<List<ProduceResult>>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        byte[] value = new byte[900_000];
        value[0] = (byte) i;
        all.add(broker.produce(List.of(record(topic, 0, value)), Acks.ALL));
      }
      long expected = 0;
      for (CompletableFuture<List<ProduceResult>> each : all) {
        assertThat(get(each).get(0).baseOffset()).isEqualTo(expected++);
      }
      FetchResult read =
          get(broker.fetch(
                  List.of(new FetchPosition(topic, 0, 0)),
                  new FetchLimits(40_000_000, 40_000_000, 1, Duration.ofMillis(500))))
              .get(0);
      int records = 0;
      for (RecordBatch batch : read.batches()) {
        try (RecordCursor record = batch.cursor()) {
          while (record.next()) {
            assertThat(Objects.requireNonNull(record.value())[0]).isEqualTo((byte) records);
            records++;
          }
        }
      }
      assertThat(records).isEqualTo(40);
    }
  }
}
