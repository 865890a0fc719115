package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.Delivery;
import io.ottla.producer.KeyPartitioner;
import io.ottla.producer.Partitioner;
import io.ottla.producer.Partitioners;
import io.ottla.producer.Producer;
import io.ottla.producer.ProducerRecord;
import io.ottla.serde.Serializers;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.scenario.Scenario;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where records go, from the first one on, when nothing of the topic is known yet. */
@Timeout(120)
class ProducerPartitioningTest {
  private static final int PARTITIONS = 7;
  private static final int RECORDS = 60;

  private final FakeCluster fake =
      FakeCluster.builder().brokers(1).topic("orders", PARTITIONS).start();

  @AfterEach
  void end() {
    fake.close();
  }

  private Producer<String, String> producer(Partitioner partitioner) {
    return Ottla.producer(fake.bootstrapServers())
        .keys(Serializers.utf8())
        .values(Serializers.utf8())
        .partitioner(partitioner)
        .start();
  }

  private static Stream<String> byKey() {
    return Partitioners.names().stream()
        .filter(name -> !List.of("sticky", "random", "round-robin").contains(name));
  }

  /** Half of the records are sent before the partitions are known, half afterwards. */
  private static List<CompletableFuture<Delivery>> sendAll(Producer<String, String> producer)
      throws Exception {
    List<CompletableFuture<Delivery>> sent = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      if (i == RECORDS / 2) {
        producer.flush().get(60, TimeUnit.SECONDS);
      }
      sent.add(producer.send("orders", "key " + i, "value " + i));
    }
    producer.flush().get(60, TimeUnit.SECONDS);
    return sent;
  }

  @ParameterizedTest
  @Scenario("L20")
  @MethodSource("byKey")
  void a_key_goes_where_its_partitioner_says(String name) throws Exception {
    KeyPartitioner partitioner = Partitioners.named(name);
    try (Producer<String, String> producer = producer(partitioner)) {
      List<CompletableFuture<Delivery>> sent = sendAll(producer);

      for (int i = 0; i < RECORDS; i++) {
        byte[] key = ("key " + i).getBytes(StandardCharsets.UTF_8);
        assertThat(sent.get(i).get(60, TimeUnit.SECONDS).partition())
            .as("key %d", i)
            .isEqualTo(partitioner.choose(key, 0, key.length, PARTITIONS));
      }
    }
  }

  @Test
  @Scenario("L20")
  void round_robin_serves_all_partitions_alike() throws Exception {
    try (Producer<String, String> producer = producer(Partitioners.roundRobin())) {
      Map<Integer, Integer> counts = new HashMap<>();
      for (CompletableFuture<Delivery> each : sendAll(producer)) {
        counts.merge(each.get(60, TimeUnit.SECONDS).partition(), 1, Integer::sum);
      }

      assertThat(counts).hasSize(PARTITIONS);
      assertThat(counts.values()).allMatch(count -> count == 8 || count == 9);
    }
  }

  @Test
  @Scenario("L20")
  void a_partitioner_that_fails_costs_its_own_record_and_no_other() throws Exception {
    Partitioner failing =
        (topic, key, value, partitions) -> {
          int number = Integer.parseInt(text(value).substring("value ".length()));
          return switch (number % 4) {
            case 1 -> throw new IllegalStateException("no idea");
            case 2 -> partitions + 10;
            default -> number % partitions;
          };
        };
    try (Producer<String, String> producer = producer(failing)) {
      List<CompletableFuture<Delivery>> sent = sendAll(producer);

      for (int i = 0; i < RECORDS; i++) {
        switch (i % 4) {
          case 1 -> assertRefused(sent.get(i), "no idea");
          case 2 -> assertRefused(sent.get(i), "partition 17 of 7");
          default ->
              assertThat(sent.get(i).get(60, TimeUnit.SECONDS).partition())
                  .isEqualTo(i % PARTITIONS);
        }
      }
      assertThat(producer.stats().records().refused()).isEqualTo(RECORDS / 2);
      assertThat(producer.stats().buffer().records()).isZero();
    }
  }

  private static String text(@Nullable ByteBuffer bytes) {
    return bytes == null ? "" : StandardCharsets.UTF_8.decode(bytes).toString();
  }

  private static void assertRefused(CompletableFuture<Delivery> sent, String why) throws Exception {
    try {
      Delivery delivery = sent.get(60, TimeUnit.SECONDS);
      throw new AssertionError("it was written to " + delivery);
    } catch (ExecutionException failed) {
      assertThat(failed.getCause())
          .isInstanceOfSatisfying(
              RefusedException.class,
              refused -> assertThat(refused.outcome()).isEqualTo(SendOutcome.NOT_SENT))
          .hasMessageContaining(why);
    }
  }

  @Test
  void a_partitioner_may_send_to_the_producer_that_asks_it() throws Exception {
    List<CompletableFuture<Delivery>> copies = new ArrayList<>();
    List<Producer<String, String>> own = new ArrayList<>();
    KeyPartitioner copying =
        (key, offset, length, partitions) -> {
          copies.add(own.get(0).send(ProducerRecord.record("orders", 1, "copy")));
          return 0;
        };
    try (Producer<String, String> producer = producer(copying)) {
      own.add(producer);
      producer.partitions("orders").get(60, TimeUnit.SECONDS);

      Delivery delivery = producer.send("orders", "k", "v").get(60, TimeUnit.SECONDS);

      assertThat(delivery.partition()).isZero();
      assertThat(copies).hasSize(1);
      assertThat(copies.get(0).get(60, TimeUnit.SECONDS).partition()).isEqualTo(1);
    }
  }
}
