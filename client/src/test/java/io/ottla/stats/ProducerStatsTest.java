package io.ottla.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProducerStatsTest {
  private static final RecordCounts RECORDS = new RecordCounts(1, 2, 3, 4, 5, 6);
  private static final BatchStats BATCHES = new BatchStats(2, 10, 1_000, 250, 150);
  private static final SendRates RATES = new SendRates(12.345, 0, 1e7);
  private static final LatencyStats TIMES =
      new LatencyStats(
          10,
          Duration.ofMillis(1),
          Duration.ofNanos(1_500_999),
          Duration.ofMillis(2),
          Duration.ofMillis(3),
          Duration.ofMillis(4),
          Duration.ofSeconds(5));

  private static ProducerStats stats(String name) {
    PartitionStats partition =
        new PartitionStats(3, 7, 700, RECORDS, BATCHES, Duration.ofMillis(1), Duration.ofMillis(9));
    TopicStats topic =
        new TopicStats(
            "orders",
            7,
            700,
            RECORDS,
            BATCHES,
            RATES,
            LatencyStats.NONE,
            TIMES,
            List.of(partition));
    BrokerStats broker = new BrokerStats(1, 5, 6, 7, 8, 1, 2, 0.5, 1.25, TIMES);
    return new ProducerStats(
        name,
        1_767_225_600_000L,
        Duration.ofSeconds(90),
        Duration.ofSeconds(10),
        new BufferStats(7, 700, 64_000, 1, 2, Duration.ofMillis(3)),
        RECORDS,
        BATCHES,
        RATES,
        LatencyStats.NONE,
        TIMES,
        TIMES,
        new TreeMap<>(Map.of("orders", topic)),
        new TreeMap<>(Map.of(1, broker)));
  }

  @Test
  void json_has_all_of_it_in_one_line_with_units_in_the_names() {
    String records =
        "\"records\":{\"delivered\":1,\"failed\":2,\"retried\":3,\"refused\":4,\"dropped\":5,"
            + "\"diverted\":6}";
    String batches =
        "\"batches\":{\"count\":2,\"records\":10,\"raw_bytes\":1000,\"sealed_bytes\":250,"
            + "\"largest_bytes\":150}";
    String rates =
        "\"rates\":{\"records_per_second\":12.3,\"batches_per_second\":0.0,"
            + "\"bytes_per_second\":10000000.0}";
    String none =
        "{\"count\":0,\"mean_ms\":0.000,\"p50_ms\":0.000,\"p95_ms\":0.000,\"p99_ms\":0.000,"
            + "\"p999_ms\":0.000,\"max_ms\":0.000}";
    String times =
        "{\"count\":10,\"mean_ms\":1.000,\"p50_ms\":1.500,\"p95_ms\":2.000,\"p99_ms\":3.000,"
            + "\"p999_ms\":4.000,\"max_ms\":5000.000}";

    assertThat(stats("billing").toJson())
        .isEqualTo(
            "{\"type\":\"producer\",\"name\":\"billing\",\"time_ms\":1767225600000,"
                + "\"age_ms\":90000.000,\"window_ms\":10000.000,"
                + "\"buffer\":{\"records\":7,\"bytes\":700,\"limit_bytes\":64000,"
                + "\"waiting_senders\":1,\"blocked_sends\":2,\"blocked_ms\":3.000},"
                + records
                + ","
                + batches
                + ","
                + rates
                + ",\"queue_time\":"
                + none
                + ",\"broker_time\":"
                + times
                + ",\"total_time\":"
                + times
                + ",\"brokers\":{\"1\":{\"requests\":5,\"batches\":6,\"bytes\":7,\"failures\":8,"
                + "\"requests_in_flight\":1,\"batches_in_flight\":2,\"requests_per_second\":0.5,"
                + "\"bytes_per_second\":1.3,\"round_trip\":"
                + times
                + "}},\"topics\":{\"orders\":{\"pending_records\":7,\"pending_bytes\":700,"
                + records
                + ","
                + batches
                + ","
                + rates
                + ",\"queue_time\":"
                + none
                + ",\"total_time\":"
                + times
                + ",\"partitions\":{\"3\":{\"pending_records\":7,\"pending_bytes\":700,"
                + records
                + ","
                + batches
                + ",\"mean_ms\":1.000,\"longest_ms\":9.000}}}}}");
  }

  @Test
  void json_stands_any_name() throws Exception {
    String name = "a \"quoted\"\\ line\nbreak \u0001 ☃";
    List<String> texts = new ArrayList<>();

    try (JsonParser parser = new JsonFactory().createParser(stats(name).toJson())) {
      while (parser.nextToken() != null) {
        texts.add(parser.getText());
      }
    }

    assertThat(texts).contains(name);
    assertThat(stats(name).toJson()).doesNotContain("\n");
  }

  @Test
  void parts_are_found_by_topic_partition_and_broker() {
    ProducerStats stats = stats("billing");

    assertThat(stats.topic("orders")).isSameAs(stats.topics().get("orders"));
    assertThat(stats.topic("orders"))
        .satisfies(orders -> assertThat(orders.partition(3)).isSameAs(orders.partitions().get(0)))
        .satisfies(orders -> assertThat(orders.partition(4)).isNull());
    assertThat(stats.topic("audit")).isNull();
    assertThat(stats.broker(1)).isSameAs(stats.brokers().get(1));
    assertThat(stats.broker(2)).isNull();
    assertThat(stats.requestsInFlight()).isEqualTo(1);
    assertThat(stats.batchesInFlight()).isEqualTo(2);
  }

  @Test
  void nobody_changes_them() {
    Map<String, TopicStats> topics = stats("billing").topics();

    assertThatThrownBy(topics::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> stats("billing").brokers().remove(1))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void averages_of_nothing_are_zero() {
    BatchStats none = new BatchStats(0, 0, 0, 0, 0);

    assertThat(none.meanRecords()).isZero();
    assertThat(none.meanBytes()).isZero();
    assertThat(none.ratio()).isEqualTo(1);
  }
}
