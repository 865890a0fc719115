package io.ottla.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Look;
import io.ottla.cli.terminal.Terminal;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.Header;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.FakeRecord;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.Gate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ottla produce}, against a cluster that is played. */
@Timeout(120)
class ProduceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final FakeCluster cluster =
      FakeCluster.builder().topic("orders", 1).topic("three", 3).start();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void a_line_of_json_arrives_with_everything_that_it_says() {
    produce(
            """
            {"type":"record","topic":"elsewhere","partition":2,"offset":9,"timestamp":1767225600000,\
            "key":{"base64":"AP8="},"value":"grüße","headers":[{"key":"h","value":"1"},\
            {"key":"h","value":null}]}
            {"key":"k","value":null}
            """,
            "-t three --json")
        .succeeds();

    assertThat(cluster.topics()).doesNotContain("elsewhere");
    assertThat(cluster.partition("three", 2).records())
        .anySatisfy(
            record -> {
              assertThat(record.keyBytes()).containsExactly(0, -1);
              assertThat(record.value()).isEqualTo("grüße");
              assertThat(record.timestamp().toEpochMilli()).isEqualTo(1767225600000L);
              assertThat(record.headers())
                  .containsExactly(new Header("h", new byte[] {'1'}), new Header("h", null));
            });
    assertThat(cluster.records("three"))
        .anySatisfy(
            record -> {
              assertThat(record.key()).isEqualTo("k");
              assertThat(record.valueBytes()).isNull();
            });
  }

  @Test
  void keys_headers_and_tombstones_come_from_the_command_line() {
    produce("a:1\n2\nb:\n", "-t orders -K : -k rest -H one=1 -H two -H one= -Z").succeeds();

    assertThat(records()).extracting(FakeRecord::key).containsExactly("a", "rest", "b");
    assertThat(records()).extracting(FakeRecord::value).containsExactly("1", "2", null);
    assertThat(records())
        .allSatisfy(
            record ->
                assertThat(record.headers())
                    .containsExactly(
                        new Header("one", new byte[] {'1'}),
                        new Header("two", null),
                        new Header("one", new byte[0])));
  }

  @Test
  void an_empty_line_is_an_empty_value_unless_told_otherwise() {
    produce("\n", "-t orders").succeeds();
    produce("\n", "-t orders -Z -k k").succeeds();

    assertThat(records()).extracting(FakeRecord::value).containsExactly("", null);
  }

  @Test
  void acks_and_codec_are_as_they_were_told() {
    produce("1\n", "-t orders --acks 1 -z gzip").succeeds();
    produce("2\n", "-t orders --acks all").succeeds();
    produce("3\n", "-t orders --acks 0").succeeds();

    assertThat(acks()).containsExactly((short) 1, (short) -1, (short) 0);
    cluster.await(() -> records().size() == 3, PATIENCE);
    assertThat(cluster.partition("orders", 0).batches().get(0).codec()).isEqualTo(Codec.GZIP);
  }

  @Test
  void what_is_given_by_name_goes_before_the_file_and_x_before_all(@TempDir Path directory)
      throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("client.properties"),
            "bootstrap.servers=127.0.0.1:1\nacks=1\ncompression.type=gzip\n");

    produce("1\n", "-t orders -z lz4 -X compression.type=snappy --config " + file).succeeds();

    assertThat(cluster.partition("orders", 0).batches().get(0).codec()).isEqualTo(Codec.SNAPPY);
    assertThat(acks()).containsExactly((short) 1);
  }

  @Test
  void a_mistyped_topic_is_neither_written_nor_made() {
    produce("1\n", "-t ordes")
        .failsInOneLine(ExitCode.REFUSED, "there is no topic 'ordes'", "did you mean 'orders'");

    assertThat(cluster.topics()).containsExactlyInAnyOrder("orders", "three");
  }

  @Test
  void a_partition_that_json_names_and_nobody_has_is_told_with_its_line() {
    produce(
            "{\"value\":\"1\",\"partition\":0}\n{\"value\":\"2\",\"partition\":7}\n",
            "-t orders --json")
        .failsInOneLine(ExitCode.FAILED, "1 of 2 records were not delivered", "line 2", "orders-7");
  }

  @Test
  void a_broken_line_is_told_when_what_came_before_is_delivered() {
    produce("{\"value\":\"1\"}\n{\"value\":\n{\"value\":\"3\"}\n", "-t orders --json")
        .failsInOneLine(ExitCode.FILE, "line 2 is not JSON");

    assertThat(records()).extracting(FakeRecord::value).containsExactly("1");
  }

  @Test
  void who_keeps_going_hears_of_each_reason_at_the_end() {
    cluster
        .on(ApiKey.PRODUCE)
        .always(Fault.edit(ProduceResponse.class, ProduceTest::refusePartitionOne));

    CliRun run =
        produce(
            """
            {"value":"1","partition":0}
            {"value":"2","partition":1}
            oops
            {"value":"3","partition":2}
            """,
            "-t three --json --keep-going");

    assertThat(run.code()).isEqualTo(ExitCode.FAILED.number());
    assertThat(run.err().lines()).hasSize(3);
    assertThat(run.err())
        .contains("ottla: 1 not delivered: line 3: the line is not JSON")
        .containsPattern("ottla: 1 not delivered: line 2: .*TOPIC_AUTHORIZATION_FAILED")
        .endsWith("ottla: 2 of 4 records were not delivered\n");
    assertThat(cluster.records("three")).extracting(FakeRecord::value).contains("1", "3");
  }

  @Test
  void a_refusal_ends_the_reading() throws Exception {
    cluster.on(ApiKey.PRODUCE).always(Fault.error(ErrorCode.POLICY_VIOLATION));
    try (PipedOutputStream input = new PipedOutputStream();
        LiveRun producer = live(new PipedInputStream(input), "-t orders")) {
      input.write("1\n2\n".getBytes(UTF_8));
      input.flush();

      assertThat(producer.end()).isEqualTo(ExitCode.FAILED.number());
      assertThat(producer.err())
          .startsWith("ottla: 2 of 2 records were not delivered: line 1, line 2: ")
          .contains("POLICY_VIOLATION")
          .endsWith("; no more input was read\n");
    }
  }

  @Test
  void what_nobody_answers_may_have_arrived() {
    cluster.on(ApiKey.PRODUCE).always(Fault.ignore());

    produce("1\n2\n", "-t orders --timeout 1s")
        .failsInOneLine(
            ExitCode.FAILED,
            "2 of 2 records were not delivered (2 of them may have arrived all the same)",
            "orders-0");
  }

  @Test
  void after_an_interrupt_what_was_read_is_delivered() throws Exception {
    Gate gate = new Gate();
    cluster.on(ApiKey.PRODUCE).once(Fault.hold(gate));
    try (PipedOutputStream keyboard = new PipedOutputStream();
        LiveRun producer = live(new PipedInputStream(keyboard), "-t orders")) {
      keyboard.write("1\n2\n3\n".getBytes(UTF_8));
      keyboard.flush();
      cluster.await(() -> cluster.requests().count(ApiKey.PRODUCE) > 0, PATIENCE);

      producer.interruptOnly();
      gate.open();

      assertThat(producer.end()).isEqualTo(ExitCode.INTERRUPTED.number());
      assertThat(producer.err()).isEqualTo("ottla: interrupted after 3 records\n");
      assertThat(records()).hasSize(3);
    }
  }

  @Test
  void an_interrupt_ends_the_wait_for_room() throws Exception {
    Gate gate = new Gate();
    cluster.on(ApiKey.PRODUCE).always(Fault.hold(gate));
    String lines = ("x".repeat(1_000) + "\n").repeat(10_000);
    try (LiveRun producer =
        live(
            new ByteArrayInputStream(lines.getBytes(UTF_8)),
            "-t orders -X memory=256KiB -X batch.bytes=16KiB")) {
      cluster.await(() -> cluster.requests().count(ApiKey.PRODUCE) > 0, PATIENCE);

      producer.interruptOnly();
      gate.open();

      assertThat(producer.end()).isEqualTo(ExitCode.INTERRUPTED.number());
      assertThat(producer.err()).containsPattern("^ottla: interrupted after [\\d,]+ records\n$");
      assertThat(records()).isNotEmpty().hasSizeLessThan(10_000);
    }
  }

  @Test
  void a_terminal_shows_what_is_delivered_and_a_keyboard_is_not_disturbed() {
    assertThat(live("-t orders")).contains("\u001b[2K2 delivered, ").contains("0 failed\n");
    assertThat(live("-t orders -q")).isEmpty();
  }

  private String live(String arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        new OttlaCli(
                new Terminal(
                    new ByteArrayInputStream("1\n2\n".getBytes(UTF_8)),
                    new ByteArrayOutputStream(),
                    err,
                    new Look(true, false, 80)))
            .run(words(arguments));
    assertThat(code).as(err.toString(UTF_8)).isZero();
    return err.toString(UTF_8);
  }

  private List<FakeRecord> records() {
    return cluster.records("orders");
  }

  private List<Short> acks() {
    return cluster.requests().of(ApiKey.PRODUCE).stream()
        .map(seen -> seen.body(ProduceRequest.class).acks())
        .toList();
  }

  private static void refusePartitionOne(ProduceResponse response) {
    response.responses().get(0).partitionResponses().stream()
        .filter(result -> result.index() == 1)
        .forEach(result -> result.errorCode(ErrorCode.TOPIC_AUTHORIZATION_FAILED.code()));
  }

  private CliRun produce(String input, String arguments) {
    return CliRun.reading(input.getBytes(UTF_8), words(arguments));
  }

  private LiveRun live(InputStream input, String arguments) {
    return LiveRun.reading(input, words(arguments));
  }

  private String[] words(String arguments) {
    List<String> words = new ArrayList<>(List.of("produce", "-b", cluster.bootstrapServers()));
    words.addAll(List.of(arguments.split(" ")));
    return words.toArray(String[]::new);
  }
}
