package io.ottla;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.Delivery;
import io.ottla.producer.Partitioners;
import io.ottla.producer.Producer;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.Header;
import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.RealKafka;
import io.ottla.testkit.scenario.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the producer writes to a real broker, the reference reads as it was meant. */
@RealKafka
final class ProducerIT extends ProducerITBase {
  ProducerIT(KafkaServer kafka) {
    super(kafka);
  }

  @Test
  @Scenario("L7")
  void a_topic_is_created_by_sending_to_it() throws Exception {
    String topic = newName();
    try (Producer<String, String> producer = producer()) {
      assertThat(get(producer.send(topic, "key", "value")).offset()).isZero();
    }
    assertThat(read(topic, 1, 1).get(0).value()).isEqualTo("value");
  }

  @Test
  @Scenario({"L5", "L9"})
  void each_record_is_there_once_in_order_where_its_report_says() throws Exception {
    String topic = newTopic(5, Map.of());
    Map<String, Delivery> told = new HashMap<>();
    try (Producer<String, String> producer = producer("batch.bytes", "4000")) {
      Map<String, CompletableFuture<Delivery>> sent = new TreeMap<>();
      for (int i = 0; i < 20_000; i++) {
        String key = i % 3 == 0 ? null : "key " + i % 40;
        sent.put("%06d".formatted(i), producer.send(topic, key, "%06d".formatted(i)));
      }
      for (Map.Entry<String, CompletableFuture<Delivery>> one : sent.entrySet()) {
        told.put(one.getKey(), get(one.getValue()));
      }
    }

    Map<Integer, String> latest = new HashMap<>();
    for (ConsumerRecord<String, String> record : read(topic, 5, 20_000)) {
      Delivery delivery = told.remove(record.value());
      assertThat(delivery).as(record.toString()).isNotNull();
      assertThat(record.partition()).isEqualTo(delivery.partition());
      assertThat(record.offset()).isEqualTo(delivery.offset());
      assertThat(record.timestamp()).isEqualTo(delivery.timestampMs());
      String before = latest.put(record.partition(), record.value());
      assertThat(before == null || before.compareTo(record.value()) < 0).isTrue();
    }
    assertThat(told).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  @Scenario({"L12", "L23", "L11"})
  void every_codec_and_all_that_a_record_can_have_arrive_whole(Codec codec) throws Exception {
    String topic = newTopic(3, Map.of());
    String name = codec.name().toLowerCase(Locale.ROOT);
    try (Producer<String, String> producer = producer("compression", name, "linger", "20ms")) {
      List<CompletableFuture<Delivery>> sent = new ArrayList<>();
      for (int i = 0; i < 600; i++) {
        sent.add(producer.send(rich(topic, i)));
      }
      getAll(sent);
    }

    List<ConsumerRecord<String, String>> read = read(topic, 3, 600);
    for (int i = 0; i < 600; i++) {
      ConsumerRecord<String, String> record = read.get(i % 3 * 200 + i / 3);
      ProducerRecord<String, String> expected = rich(topic, i);
      assertThat(record.key()).isEqualTo(expected.key());
      assertThat(record.value()).isEqualTo(expected.value());
      assertThat(record.timestamp()).isEqualTo(expected.timestampMs());
      assertThat(headers(record)).isEqualTo(headers(expected));
    }
  }

  private static ProducerRecord<String, String> rich(String topic, int i) {
    String key = i % 5 == 0 ? null : i % 5 == 1 ? "" : "key " + i;
    String value = i % 7 == 0 ? null : i % 7 == 1 ? "" : ("value " + i + " ").repeat(1 + i % 50);
    List<Header> headers = new ArrayList<>();
    for (int h = 0; h < i % 4; h++) {
      headers.add(new Header("same", h == 1 ? null : ("" + i + h).getBytes(UTF_8)));
    }
    long time = i % 2 == 0 ? 1_700_000_000_000L + i : 5_000_000_000L * (i % 9);
    return new ProducerRecord<>(topic, i % 3, time, key, value, headers, null);
  }

  private static List<String> headers(ConsumerRecord<String, String> record) {
    List<String> all = new ArrayList<>();
    record.headers().forEach(header -> all.add(header.key() + text(header.value())));
    return all;
  }

  private static List<String> headers(ProducerRecord<String, String> record) {
    return record.headers().stream().map(header -> header.key() + text(header.value())).toList();
  }

  private static String text(byte @org.jspecify.annotations.Nullable [] bytes) {
    return bytes == null ? " is null" : "=" + new String(bytes, UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "lz4"})
  @Scenario("L22")
  void where_the_broker_tells_the_time_the_report_has_its_time(String codec) throws Exception {
    String topic = newTopic(1, Map.of("message.timestamp.type", "LogAppendTime"));
    try (Producer<String, String> producer = producer("compression", codec)) {
      Delivery delivery =
          get(
              producer.send(
                  ProducerRecord.<String, String>record(topic, 0, "value").withTimestampMs(77)));

      ConsumerRecord<String, String> record = read(topic, 1, 1).get(0);
      assertThat(record.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
      assertThat(delivery.timestampMs()).isEqualTo(record.timestamp()).isGreaterThan(77);
    }
  }

  @Test
  @Scenario("L22")
  void a_record_without_a_time_has_that_of_its_send() throws Exception {
    String topic = newTopic(1, Map.of());
    long before = System.currentTimeMillis();
    try (Producer<String, String> producer = producer()) {
      Delivery delivery = get(producer.send(topic, "value"));

      ConsumerRecord<String, String> record = read(topic, 1, 1).get(0);
      assertThat(record.timestampType()).isEqualTo(TimestampType.CREATE_TIME);
      assertThat(delivery.timestampMs()).isEqualTo(record.timestamp());
      assertThat(record.timestamp()).isBetween(before - 1_000, System.currentTimeMillis() + 1_000);
    }
  }

  @Test
  @Scenario("L20")
  void keys_go_to_the_partitions_to_which_the_reference_sends_them() throws Exception {
    String topic = newTopic(7, Map.of());
    try (Producer<String, String> producer = producer()) {
      for (int i = 0; i < 100; i++) {
        String key = "clé " + "k".repeat(i);
        assertThat(get(producer.send(topic, key, "value")).partition())
            .isEqualTo(BuiltInPartitioner.partitionForKey(key.getBytes(UTF_8), 7));
      }
      int ofEmpty = BuiltInPartitioner.partitionForKey(new byte[0], 7);
      assertThat(get(producer.send(topic, "", "value")).partition()).isEqualTo(ofEmpty);
    }
  }

  /** As librdkafka's tests 0048 have them, for its keys, on 17 partitions. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "default",
        "sticky",
        "round-robin",
        "random",
        "murmur2",
        "murmur2_random",
        "consistent",
        "consistent_random",
        "fnv1a",
        "fnv1a_random"
      })
  @Scenario("L20")
  void every_partitioner_sends_the_same_key_to_the_same_place_or_says_otherwise(String name)
      throws Exception {
    String topic = newTopic(5, Map.of());
    boolean isKeyed = !List.of("sticky", "round-robin", "random").contains(name);
    try (Producer<String, String> producer =
        builder().partitioner(Partitioners.named(name)).start()) {
      List<CompletableFuture<Delivery>> sent = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        sent.add(producer.send(topic, "key " + i % 20, "value"));
        sent.add(producer.send(topic, "value"));
      }
      getAll(sent);
      for (int i = 0; isKeyed && i < 20; i++) {
        int first = get(sent.get(2 * i)).partition();
        assertThat(get(sent.get(2 * i + 40)).partition()).isEqualTo(first);
        assertThat(get(sent.get(2 * i + 80)).partition()).isEqualTo(first);
      }
    }
    assertThat(read(topic, 5, 120)).hasSize(120);
  }

  @Test
  @Scenario("L18")
  void partitions_that_are_added_while_producing_are_used() throws Exception {
    String topic = newTopic(1, Map.of());
    try (Producer<String, String> producer = producer("metadata.max.age", "500ms")) {
      int sent = 0;
      for (; sent < 100; sent++) {
        assertThat(get(producer.send(topic, "key " + sent, "v")).partition()).isZero();
      }
      admin
          .createPartitions(Map.of(topic, NewPartitions.increaseTo(4)))
          .all()
          .get(60, TimeUnit.SECONDS);
      byte[] mover = "mover".getBytes(UTF_8);
      int goal = BuiltInPartitioner.partitionForKey(mover, 4);
      assertThat(goal).isPositive();
      do {
        sent++;
      } while (get(producer.send(topic, "mover", "v")).partition() != goal);
      assertThat(read(topic, 4, sent)).hasSize(sent);
    }
  }

  @Test
  @Scenario("L30")
  void a_topic_that_is_deleted_and_made_anew_under_load_is_written_to_again() throws Exception {
    String topic = newTopic(2, Map.of());
    try (Producer<String, String> producer = producer("metadata.max.age", "1s", "linger", "1ms")) {
      List<CompletableFuture<Delivery>> sent = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        sent.add(producer.send(topic, "key " + i, "old " + i));
      }
      getAll(sent);
      CompletableFuture<Void> done = new CompletableFuture<>();
      Thread load =
          new Thread(
              () -> {
                for (int i = 0; !done.isDone(); i++) {
                  producer.send(topic, "key " + i % 10, "meanwhile", report -> {});
                  java.util.concurrent.locks.LockSupport.parkNanos(500_000);
                }
              },
              "load");
      load.start();
      admin.deleteTopics(List.of(topic)).all().get(60, TimeUnit.SECONDS);
      for (boolean isThere = false; !isThere; ) {
        try {
          create(topic, 3, Map.of());
          isThere = true;
        } catch (ExecutionException stillThere) {
          // TopicExists: made anew by the load itself, as the broker creates topics on demand
          isThere = admin.listTopics().names().get(60, TimeUnit.SECONDS).contains(topic);
        }
      }
      Delivery one;
      do {
        one = get(producer.send(topic, "key", "new"));
      } while (!one.hasOffset());
      done.complete(null);
      load.join(TIME.toMillis());
      get(producer.flush());

      for (int i = 0; i < 50; i++) {
        assertThat(get(producer.send(topic, "key " + i, "new")).hasOffset()).isTrue();
      }
    }
  }

  @Test
  @Scenario("L3")
  void the_largest_record_that_the_broker_takes_is_the_largest_that_arrives() throws Exception {
    int limit = 2_000;
    String topic = newTopic(1, Map.of("max.message.bytes", "" + limit));
    String fits = "x".repeat(limit - (61 + 2 + 4 + 2 + 1));
    try (Producer<String, String> producer = producer("linger", "0ms")) {
      assertThat(get(producer.send(ProducerRecord.record(topic, 0, fits))).offset()).isZero();
      assertThatThrownBy(() -> get(producer.send(ProducerRecord.record(topic, 0, fits + "x"))))
          .cause()
          .isInstanceOfSatisfying(
              OttlaException.class,
              failure -> {
                assertThat(failure.outcome()).isEqualTo(SendOutcome.REFUSED);
                assertThat(failure.errorCode()).contains(ErrorCode.MESSAGE_TOO_LARGE);
              });
      assertThat(get(producer.send(ProducerRecord.record(topic, 0, "next"))).offset()).isEqualTo(1);
    }
    assertThat(read(topic, 1, 2)).extracting(ConsumerRecord::value).containsExactly(fits, "next");
  }

  @Test
  @Scenario("L3")
  void the_default_limit_is_one_that_brokers_take() throws Exception {
    // Kafka's default, said aloud: other tests configure the broker that they share with this one.
    String topic = newTopic(1, Map.of("max.message.bytes", "1048588"));
    String fits = "x".repeat(1_048_576 - (61 + 3 + 4 + 3 + 1));
    try (Producer<String, String> producer = producer()) {
      assertThat(get(producer.send(ProducerRecord.record(topic, 0, fits))).offset()).isZero();
      assertThatThrownBy(() -> get(producer.send(ProducerRecord.record(topic, 0, fits + "x"))))
          .hasCauseInstanceOf(RefusedException.class);
    }
    assertThat(read(topic, 1, 1).get(0).value()).isEqualTo(fits);
  }

  @Test
  @Scenario("L16")
  void impossible_topics_fail_at_once() throws Exception {
    try (Producer<String, String> producer = producer("delivery.timeout", "10m")) {
      for (String name : List.of("a b", "..", "t".repeat(250), "ü")) {
        assertThatThrownBy(() -> get(producer.send(name, "value")))
            .hasCauseInstanceOf(RefusedException.class);
      }
    }
  }

  // A line for who compares builds; nothing is asserted about it.
  @Test
  @Scenario("L42")
  void throughput_is_looked_at_in_each_build() throws Exception {
    String topic = newTopic(4, Map.of());
    int count = 200_000;
    byte[] value = new byte[100];
    try (Producer<byte[], byte[]> producer = Ottla.producer(kafka.bootstrapServers()).start()) {
      long begin = System.nanoTime();
      for (int i = 0; i < count; i++) {
        producer.topic(topic).post(null, value);
      }
      get(producer.flush());
      double seconds = (System.nanoTime() - begin) / 1e9;
      Trend.tell("produce, one broker of 4.3, 100 bytes", count, seconds);
    }
    assertThat(records(topic, 4)).isEqualTo(count);
  }

  @Test
  @Scenario("L2")
  void a_record_the_topic_cannot_have_is_refused_and_its_neighbours_are_written() throws Exception {
    String topic = newTopic(1, Map.of("cleanup.policy", "compact"));
    try (Producer<String, String> producer = producer("linger", "50ms")) {
      CompletableFuture<Delivery> before = producer.send(topic, "a", "1");
      CompletableFuture<Delivery> keyless = producer.send(topic, "no key");
      CompletableFuture<Delivery> after = producer.send(topic, "b", "2");

      get(before);
      get(after);
      assertThatThrownBy(() -> get(keyless))
          .cause()
          .isInstanceOfSatisfying(
              OttlaException.class,
              failure -> assertThat(failure.errorCode()).contains(ErrorCode.INVALID_RECORD));
    }
    assertThat(read(topic, 1, 2)).extracting(ConsumerRecord::key).containsExactly("a", "b");
  }
}
