package io.ottla.internal.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ottla.internal.producer.ProducerMeter.Held;
import io.ottla.internal.runtime.ManualLoop;
import io.ottla.stats.BatchStats;
import io.ottla.stats.BrokerStats;
import io.ottla.stats.LatencyStats;
import io.ottla.stats.PartitionStats;
import io.ottla.stats.ProducerStats;
import io.ottla.stats.RecordCounts;
import io.ottla.stats.TopicStats;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProducerMeterTest {
  private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final ManualLoop time = new ManualLoop();
  private final ProducerMeter meter = new ProducerMeter("billing", time);
  private final PartitionMeter orders0 = meter.partition("orders", 0);

  private ProducerStats stats() {
    return meter.snapshot(new Held(0, 0, 0));
  }

  private static TopicStats topic(ProducerStats stats, String name) {
    return Objects.requireNonNull(stats.topic(name), name);
  }

  private static PartitionStats partition(TopicStats topic, int number) {
    return Objects.requireNonNull(topic.partition(number));
  }

  private static Duration ms(long ms) {
    return Duration.ofMillis(ms);
  }

  @Test
  void batches_count_for_their_partition_topic_and_producer() {
    orders0.onSealed(10, 1_000, 400);
    orders0.onSealed(30, 3_000, 1_600);
    meter.partition("orders", 1).onSealed(1, 100, 90);
    meter.partition("audit", 0).onSealed(2, 200, 5_000);

    ProducerStats stats = stats();

    TopicStats orders = topic(stats, "orders");
    assertThat(partition(orders, 0).batches())
        .isEqualTo(new BatchStats(2, 40, 4_000, 2_000, 1_600));
    assertThat(orders.batches()).isEqualTo(new BatchStats(3, 41, 4_100, 2_090, 1_600));
    assertThat(stats.batches()).isEqualTo(new BatchStats(4, 43, 4_300, 7_090, 5_000));
    assertThat(partition(orders, 0).batches().meanRecords()).isEqualTo(20);
    assertThat(partition(orders, 0).batches().meanBytes()).isEqualTo(1_000);
    assertThat(partition(orders, 0).batches().ratio()).isEqualTo(0.5);
  }

  @Test
  void what_became_of_records_counts_for_their_partition_topic_and_producer() {
    orders0.onDelivered(7, 0, MS);
    orders0.onFailed(3, 0);
    orders0.onRetried(2);
    meter.partition("orders", 4).onFailed(1, 0);
    meter.onRefused("orders", 1);
    meter.onDropped("orders", 5);
    meter.onDiverted("audit");

    ProducerStats stats = stats();

    TopicStats orders = topic(stats, "orders");
    assertThat(partition(orders, 0).records()).isEqualTo(new RecordCounts(7, 3, 2, 0, 0, 0));
    assertThat(orders.records()).isEqualTo(new RecordCounts(7, 4, 2, 1, 5, 0));
    assertThat(stats.records()).isEqualTo(new RecordCounts(7, 4, 2, 1, 5, 1));
    assertThat(orders.partitions()).extracting(PartitionStats::partition).containsExactly(0, 4);
  }

  @Test
  void records_without_a_partition_count_for_the_topic_alone() {
    meter.partition("orders", -1).onFailed(3, 0);

    TopicStats orders = topic(stats(), "orders");

    assertThat(orders.records().failed()).isEqualTo(3);
    assertThat(orders.partitions()).extracting(PartitionStats::partition).containsExactly(0);
  }

  @Test
  void percentiles_are_those_of_all_records_within_one_percent() {
    for (int i = 1; i <= 1_000; i++) {
      orders0.onDelivered(1, 0, i * MS);
    }

    ProducerStats stats = stats();

    assertTimes(stats.totalTime());
    assertTimes(topic(stats, "orders").totalTime());
    PartitionStats partition = partition(topic(stats, "orders"), 0);
    assertThat(partition.meanTime()).isEqualTo(Duration.ofNanos(500_500 * MS / 1_000));
    assertThat(partition.longestTime()).isEqualTo(ms(1_000));
  }

  private static void assertTimes(LatencyStats times) {
    assertThat(times.count()).isEqualTo(1_000);
    assertClose(times.mean(), 500.5);
    assertClose(times.p50(), 500);
    assertClose(times.p95(), 950);
    assertClose(times.p99(), 990);
    assertClose(times.p999(), 999);
    assertClose(times.max(), 1_000);
  }

  private static void assertClose(Duration time, double expectedMs) {
    assertThat((double) time.toNanos() / MS).isCloseTo(expectedMs, within(expectedMs / 100));
  }

  @Test
  void a_batch_counts_by_its_records() {
    orders0.onDelivered(98, 0, 10 * MS);
    orders0.onDelivered(2, 0, 200 * MS);

    LatencyStats times = stats().totalTime();

    assertThat(times.count()).isEqualTo(100);
    assertClose(times.p95(), 10);
    assertClose(times.p99(), 200);
    assertThat(partition(topic(stats(), "orders"), 0).meanTime())
        .isEqualTo(Duration.ofNanos(1_380 * MS / 100));
  }

  @Test
  void times_of_any_size_are_taken() {
    orders0.onDelivered(1, 0, -1);
    orders0.onDelivered(1, 0, Long.MAX_VALUE);

    LatencyStats times = stats().totalTime();

    assertThat(times.count()).isEqualTo(2);
    assertThat(times.p50()).isEqualTo(Duration.ZERO);
    assertClose(times.max(), (double) Duration.ofDays(1).toMillis());
  }

  @Test
  void the_wait_in_the_queue_counts_once_however_often_a_batch_is_sent() {
    orders0.onSent(10, 500);
    orders0.onFirstSent(10, 5 * MS);
    orders0.onSent(10, 500);

    ProducerStats stats = stats();

    assertThat(stats.queueTime().count()).isEqualTo(10);
    assertClose(stats.queueTime().max(), 5);
    assertThat(topic(stats, "orders").queueTime()).isEqualTo(stats.queueTime());
  }

  @Test
  void a_broker_has_what_is_in_flight_and_how_long_answers_take() {
    BrokerMeter first = meter.broker(1);
    first.onRequest(3, 3_000);
    first.onRequest(2, 2_000);
    first.onRequest(1, 1_000);
    first.onResponse(4 * MS);
    first.onOver(3);
    first.onFailure();
    first.onOver(2);
    meter.broker(2).onRequest(4, 100);
    time.pass(2 * SECOND);

    ProducerStats stats = stats();

    BrokerStats broker = Objects.requireNonNull(stats.broker(1));
    assertThat(List.of(broker.requests(), broker.batches(), broker.bytes(), broker.failures()))
        .containsExactly(3L, 6L, 6_000L, 1L);
    assertThat(broker.requestsInFlight()).isEqualTo(1);
    assertThat(broker.batchesInFlight()).isEqualTo(1);
    assertThat(broker.requestsPerSecond()).isEqualTo(1.5);
    assertThat(broker.bytesPerSecond()).isEqualTo(3_000);
    assertThat(broker.roundTrip().count()).isEqualTo(1);
    assertClose(broker.roundTrip().p50(), 4);
    assertThat(stats.brokerTime()).isEqualTo(broker.roundTrip());
    assertThat(stats.requestsInFlight()).isEqualTo(2);
    assertThat(stats.batchesInFlight()).isEqualTo(5);
  }

  @Test
  void rates_are_per_second_of_the_window() {
    orders0.onSent(1_000, 50_000);
    orders0.onDelivered(1_000, 0, MS);
    time.pass(5 * SECOND);

    ProducerStats stats = stats();

    assertThat(stats.age()).isEqualTo(Duration.ofSeconds(5));
    assertThat(stats.window()).isEqualTo(Duration.ofSeconds(5));
    assertThat(stats.takenAtMs()).isEqualTo(5_000);
    assertThat(stats.rates().recordsPerSecond()).isEqualTo(200);
    assertThat(stats.rates().bytesPerSecond()).isEqualTo(10_000);
    assertThat(stats.rates().batchesPerSecond()).isEqualTo(0.2);
    assertThat(topic(stats, "orders").rates()).isEqualTo(stats.rates());
  }

  @Test
  void no_time_has_no_rates() {
    orders0.onDelivered(1_000, 0, MS);

    assertThat(stats().rates().recordsPerSecond()).isZero();
  }

  @Test
  void who_asks_seldom_gets_what_was_since_the_last_time() {
    orders0.onDelivered(100, 0, 900 * MS);
    time.pass(20 * SECOND);
    stats();
    orders0.onDelivered(600, 0, 30 * MS);
    time.pass(60 * SECOND);

    ProducerStats stats = stats();

    assertThat(stats.window()).isEqualTo(Duration.ofSeconds(60));
    assertThat(stats.age()).isEqualTo(Duration.ofSeconds(80));
    assertThat(stats.rates().recordsPerSecond()).isEqualTo(10);
    assertThat(stats.totalTime().count()).isEqualTo(600);
    assertClose(stats.totalTime().max(), 30);
    assertThat(stats.records().delivered()).as("since the beginning").isEqualTo(700);
  }

  @Test
  void who_asks_often_gets_the_last_ten_to_twenty_seconds() {
    for (int second = 0; second < 60; second++) {
      orders0.onDelivered(100, 0, second * MS);
      time.pass(SECOND);

      ProducerStats stats = stats();

      assertThat(stats.window().toSeconds()).isBetween(Math.min(10L, second + 1), 20L);
      assertThat(stats.rates().recordsPerSecond()).isEqualTo(100);
      assertThat(stats.totalTime().count()).isEqualTo(100 * stats.window().toSeconds());
      assertClose(stats.totalTime().max(), second);
      assertThat(topic(stats, "orders").totalTime()).isEqualTo(stats.totalTime());
    }
  }

  @Test
  void two_who_ask_do_not_take_from_each_other() {
    orders0.onDelivered(100, 0, 5 * MS);
    time.pass(SECOND);

    LatencyStats first = stats().totalTime();

    assertThat(stats().totalTime()).isEqualTo(first);
    assertThat(first.count()).isEqualTo(100);
  }

  @Test
  void a_topic_that_falls_silent_has_no_times() {
    orders0.onDelivered(100, 0, 5 * MS);
    meter.broker(1).onRequest(1, 1);
    meter.broker(1).onResponse(MS);
    for (int i = 0; i < 2; i++) {
      time.pass(15 * SECOND);
      stats();
    }
    time.pass(SECOND);

    ProducerStats stats = stats();

    assertThat(topic(stats, "orders").totalTime()).isEqualTo(LatencyStats.NONE);
    assertThat(stats.totalTime()).isEqualTo(LatencyStats.NONE);
    assertThat(stats.brokerTime()).isEqualTo(LatencyStats.NONE);
    assertThat(stats.rates().recordsPerSecond()).isZero();
  }

  @Test
  void pending_is_what_is_open_and_what_was_sealed_and_has_no_end() {
    orders0.onSealed(10, 1_000, 400);
    orders0.onSealed(20, 2_000, 800);
    orders0.onSealed(30, 3_000, 1_200);
    orders0.onDelivered(10, 400, MS);
    orders0.onFailed(20, 800);
    orders0.watch(new Opened(3, 300));
    meter.partition("orders", -1).watch(new Opened(1, 100));

    ProducerStats stats = stats();

    TopicStats orders = topic(stats, "orders");
    assertThat(partition(orders, 0).pendingRecords()).isEqualTo(33);
    assertThat(partition(orders, 0).pendingBytes()).isEqualTo(1_500);
    assertThat(orders.pendingRecords()).isEqualTo(34);
    assertThat(orders.pendingBytes()).isEqualTo(1_600);
    assertThat(stats.buffer().records()).isEqualTo(34);
  }

  private record Opened(long openRecords, long openBytes) implements PartitionMeter.Open {}

  @Test
  void the_buffer_is_as_its_owner_says_and_knows_who_was_blocked() {
    meter.onBlocked(3 * MS);
    meter.onBlocked(4 * MS);

    ProducerStats stats = meter.snapshot(new Held(2_000, 64_000, 2));

    assertThat(stats.buffer().bytes()).isEqualTo(2_000);
    assertThat(stats.buffer().limitBytes()).isEqualTo(64_000);
    assertThat(stats.buffer().waitingSenders()).isEqualTo(2);
    assertThat(stats.buffer().blockedSends()).isEqualTo(2);
    assertThat(stats.buffer().blockedTime()).isEqualTo(ms(7));
  }

  @Test
  void nothing_is_lost_when_many_count_and_one_asks() throws Exception {
    int threads = 4;
    int batches = 20_000;
    ExecutorService sealers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> ends =
          IntStream.range(0, threads)
              .<Future<?>>mapToObj(
                  thread ->
                      sealers.submit(
                          () -> {
                            for (int i = 0; i < batches; i++) {
                              orders0.onSealed(2, 100, 1 + i % 50);
                            }
                          }))
              .toList();
      long read = 0;
      for (int i = 1; i <= batches; i++) { // this thread is the loop; it asks now and then
        orders0.onDelivered(1, 0, i * 1_000L);
        if (i % 100 == 0) {
          time.pass(11 * SECOND);
          read += stats().totalTime().count();
        }
      }
      for (Future<?> end : ends) {
        end.get();
      }

      assertThat(read).isEqualTo(batches);
      assertThat(stats().batches())
          .isEqualTo(
              new BatchStats(
                  (long) threads * batches,
                  2L * threads * batches,
                  100L * threads * batches,
                  (long) threads * batches * 51 / 2,
                  50));
    } finally {
      sealers.shutdownNow();
    }
  }
}
