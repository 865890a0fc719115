package io.ottla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.cli.terminal.ExitCode;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.FakeRecord;
import io.ottla.testkit.fake.Fault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code ottla bench produce}, against a cluster that is played. */
@Timeout(120)
class BenchProduceTest {
  private final FakeCluster cluster = FakeCluster.builder().topic("bench", 2).start();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void all_figures_are_one_line_of_json() {
    CliRun run =
        bench("-t bench -n 2000 -s 50 --warm-up 100 --threads 2 --acks 1 --linger 0 --json")
            .succeeds();

    assertThat(run.outText().lines()).hasSize(1);
    assertThat(run.outText())
        .startsWith("{\"type\":\"bench\",\"bench\":\"produce\",\"client\":\"ottla\",")
        .contains(
            "\"records\":2000,\"bytes\":100000,",
            "\"failed\":0,\"warm_up_records\":100,",
            "\"record_bytes\":50,\"threads\":2,\"rate\":0,\"acks\":\"1\",\"linger_ms\":0,"
                + "\"batch_bytes\":null,\"compression\":\"none\",\"partitions\":2}\n")
        .containsPattern("\"records_per_second\":[1-9][0-9.]*,")
        .containsPattern("\"cpu_seconds\":[0-9.]+,\"allocated_bytes\":[0-9]+,")
        .containsPattern("\"latency_p999_ms\":[0-9.]+,")
        .doesNotContain("E");
    assertThat(cluster.records("bench"))
        .hasSize(2_100)
        .allSatisfy(record -> assertThat(record.valueBytes()).hasSize(50));
    assertThat(run.err()).isEmpty();
  }

  @Test
  void people_get_a_table() {
    assertThat(bench("-t bench -n 1000 --rate 5000").succeeds().outText())
        .containsPattern("records/s +[0-9,]+\n")
        .containsPattern("latency p99\\.9 +[0-9.]+ ms\n")
        .containsPattern("records +1,000\n")
        .containsPattern("warm-up records +100\n");
  }

  @Test
  void a_topic_is_made_if_it_is_missing_and_left_as_it_is_if_not() {
    bench("-t fresh -n 10 --partitions 3").succeeds();
    bench("-t fresh -n 10 --partitions 3").succeeds();

    assertThat(cluster.records("fresh")).extracting(FakeRecord::partition).allMatch(p -> p < 3);
    bench("-t bench -n 10 --partitions 3")
        .failsInOneLine(
            ExitCode.REFUSED, "topic 'bench' is there already, with 2 partitions and not 3");
    bench("-t other -n 10").failsInOneLine(ExitCode.REFUSED, "there is no topic 'other'");
  }

  @Test
  void records_that_fail_are_counted_and_the_figures_printed_all_the_same() {
    cluster.on(ApiKey.PRODUCE).always(Fault.error(ErrorCode.POLICY_VIOLATION));

    CliRun run = bench("-t bench -n 100 --warm-up 0 --json");

    assertThat(run.code()).isEqualTo(ExitCode.FAILED.number());
    assertThat(run.outText()).contains("\"latency_max_ms\":null,\"failed\":100,");
    assertThat(run.err())
        .startsWith("ottla: 100 of 100 records were not delivered: ")
        .contains("POLICY_VIOLATION");
  }

  private CliRun bench(String arguments) {
    List<String> words =
        new ArrayList<>(List.of("bench", "produce", "-b", cluster.bootstrapServers()));
    words.addAll(List.of(arguments.split(" ")));
    return CliRun.of(words.toArray(String[]::new));
  }
}
