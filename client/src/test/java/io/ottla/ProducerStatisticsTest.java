package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.producer.Producer;
import io.ottla.producer.ProducerRecord;
import io.ottla.serde.Serializers;
import io.ottla.stats.PartitionStats;
import io.ottla.stats.ProducerStats;
import io.ottla.stats.TopicStats;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What statistics say of a producer at work. */
@Timeout(120)
class ProducerStatisticsTest {
  private static final int PARTITIONS = 2;
  private static final String VALUE = "an order of ninety bytes or so, ".repeat(3);

  private final FakeCluster fake =
      FakeCluster.builder().brokers(2).topic("orders", PARTITIONS).start();

  @AfterEach
  void end() {
    fake.close();
  }

  private ProducerBuilder<byte[], String> builder() {
    return Ottla.producer(fake.bootstrapServers()).values(Serializers.utf8());
  }

  private static void sendAndWait(Producer<byte[], String> producer, int records) throws Exception {
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      sent.add(producer.send(ProducerRecord.record("orders", i % PARTITIONS, VALUE)));
    }
    producer.flush().get(60, TimeUnit.SECONDS);
    for (CompletableFuture<?> each : sent) {
      each.get(60, TimeUnit.SECONDS);
    }
  }

  private static TopicStats orders(ProducerStats stats) {
    return Objects.requireNonNull(stats.topic("orders"));
  }

  @ParameterizedTest
  @Scenario("L27")
  @ValueSource(ints = {2_000, 20_000})
  void no_batch_is_larger_than_it_may_be_and_full_ones_are_nearly_that(int batchBytes)
      throws Exception {
    try (Producer<byte[], String> producer =
        builder()
            .set("batch.bytes", Integer.toString(batchBytes))
            .linger(Duration.ofMinutes(1))
            .start()) {
      sendAndWait(producer, 20_000);

      ProducerStats stats = producer.stats();

      assertThat(stats.batches().records()).isEqualTo(20_000);
      for (PartitionStats partition : orders(stats).partitions()) {
        assertThat(partition.batches().largestBytes())
            .isBetween(batchBytes - 200L, (long) batchBytes);
        assertThat(partition.batches().meanBytes()).isGreaterThan(batchBytes * 0.8);
      }
      assertThat(stats.batches().sealedBytes()).isEqualTo(stats.batches().rawBytes());
      assertThat(writtenBatches()).isEqualTo(stats.batches().count());
    }
  }

  private long writtenBatches() {
    long count = 0;
    for (int partition = 0; partition < PARTITIONS; partition++) {
      count += fake.partition("orders", partition).batches().size();
    }
    return count;
  }

  @Test
  void what_was_delivered_is_counted_before_its_report_and_nothing_is_left_pending()
      throws Exception {
    try (Producer<byte[], String> producer = builder().start()) {
      sendAndWait(producer, 1_000);

      ProducerStats stats = producer.stats();

      assertThat(stats.records().delivered()).isEqualTo(1_000);
      assertThat(orders(stats).records().delivered()).isEqualTo(1_000);
      assertThat(orders(stats).partitions())
          .extracting(partition -> partition.records().delivered())
          .containsExactly(500L, 500L);
      assertThat(stats.buffer().records()).isZero();
      assertThat(orders(stats).pendingBytes()).isZero();
      assertThat(stats.totalTime().count()).isEqualTo(1_000);
      assertThat(stats.queueTime().count()).isEqualTo(1_000);
      assertThat(stats.totalTime().max())
          .isPositive()
          .isGreaterThanOrEqualTo(stats.totalTime().p50());
      assertThat(stats.brokerTime().count()).isPositive();
      assertThat(stats.rates().recordsPerSecond()).isPositive();
      assertThat(stats.brokers()).containsOnlyKeys(1, 2);
      assertThat(stats.requestsInFlight()).isZero();
      assertThat(stats.batchesInFlight()).isZero();
      assertThat(stats.toJson()).contains("\"orders\"").contains("\"delivered\":1000");
    }
  }

  @Test
  void what_lingers_is_pending() throws Exception {
    try (Producer<byte[], String> producer = builder().linger(Duration.ofMinutes(1)).start()) {
      sendAndWait(producer, 1); // so that the partitions are known
      CompletableFuture<?> lingering = producer.send(ProducerRecord.record("orders", 1, VALUE));

      ProducerStats stats = producer.stats();

      assertThat(stats.buffer().records()).isEqualTo(1);
      assertThat(stats.buffer().bytes()).isPositive();
      assertThat(Objects.requireNonNull(orders(stats).partition(1)).pendingRecords()).isEqualTo(1);
      assertThat(Objects.requireNonNull(orders(stats).partition(1)).pendingBytes())
          .isGreaterThan(VALUE.length());
      assertThat(lingering).isNotDone();
    }
  }

  @Test
  void what_is_refused_is_counted_and_not_pending() throws Exception {
    try (Producer<byte[], String> producer =
        builder().set("memory", "1000000").set("record.max.bytes", "1000").start()) {
      assertThat(producer.send("orders", "x".repeat(2_000))).failsWithin(Duration.ofSeconds(30));

      ProducerStats stats = producer.stats();

      assertThat(stats.records().refused()).isEqualTo(1);
      assertThat(stats.buffer().records()).isZero();
      assertThat(stats.buffer().limitBytes()).isEqualTo(1_000_000);
    }
  }
}
