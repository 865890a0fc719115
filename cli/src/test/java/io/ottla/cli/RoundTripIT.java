package io.ottla.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Look;
import io.ottla.cli.terminal.Terminal;
import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.RealKafka;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RealKafka
@Timeout(120)
class RoundTripIT {
  /** What kafka-clients chooses of seven partitions for key0, key1 and so on. */
  private static final List<Integer> PARTITIONS_OF_KEYS = List.of(6, 5, 0, 4, 2);

  private final String servers;
  private final Topics topics;

  RoundTripIT(KafkaServer kafka) {
    this.servers = kafka.bootstrapServers();
    this.topics = new Topics(servers);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
  void any_bytes_come_back_in_order_with_every_codec(String codec) throws Exception {
    String topic = topics.create(1);
    long seed = System.nanoTime();
    byte[] lines = randomLines(new Random(seed), 20_000, 300);

    produce(lines, "-t", topic, "-z", codec).succeeds();

    assertThat(consume("-t", topic, "-e").succeeds().out()).as("seed %d", seed).isEqualTo(lines);
  }

  @Test
  void empty_lines_and_a_missing_last_newline_are_records() throws Exception {
    String topic = topics.create(1);

    produce("\n\r\n\nlast".getBytes(UTF_8), "-t", topic).succeeds();

    assertThat(consume("-t", topic, "-e").outText()).isEqualTo("\n\r\n\nlast\n");
  }

  @Test
  void no_input_is_no_record() throws Exception {
    String topic = topics.create(2);

    assertThat(produce(new byte[0], "-t", topic).succeeds().err()).isEmpty();

    assertThat(consume("-t", topic, "-e").succeeds().out()).isEmpty();
  }

  @Test
  void files_are_read_one_after_another(@TempDir Path directory) throws Exception {
    String topic = topics.create(1);
    String first = Files.writeString(directory.resolve("first"), "a\nb").toString();
    String second = Files.writeString(directory.resolve("second file"), "c\n").toString();

    produce("stdin\n".getBytes(UTF_8), "-t", topic, first, "-", second).succeeds();

    assertThat(consume("-t", topic, "-e").outText()).isEqualTo("a\nb\nstdin\nc\n");
  }

  @Test
  void a_key_always_goes_to_the_partition_that_kafka_clients_chooses() throws Exception {
    String topic = topics.create(7);
    String lines =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "key" + i % 50 + "::" + i + "\n")
            .collect(Collectors.joining());

    produce(lines.getBytes(UTF_8), "-t", topic, "-K", "::").succeeds();

    for (int key = 0; key < PARTITIONS_OF_KEYS.size(); key++) {
      String partition = PARTITIONS_OF_KEYS.get(key).toString();
      List<String> values = consume("-t", topic, "-e", "-p", partition).outText().lines().toList();
      int first = key;
      assertThat(values)
          .containsSubsequence(
              IntStream.range(0, 20).mapToObj(i -> String.valueOf(first + 50 * i)).toList());
    }
    assertThat(consume("-t", topic, "-e").outText().lines()).hasSize(1_000);
  }

  @Test
  void records_without_a_key_go_to_all_partitions_by_turns() throws Exception {
    String topic = topics.create(3);
    byte[] lines = randomLines(new Random(1), 40_000, 200);

    produce(lines, "-t", topic).succeeds();

    for (String partition : List.of("0", "1", "2")) {
      assertThat(consume("-t", topic, "-e", "-p", partition).out()).isNotEmpty();
    }
    assertThat(sortedLines(consume("-t", topic, "-e").out())).isEqualTo(sortedLines(lines));
  }

  @Test
  void the_named_partition_takes_all() throws Exception {
    String topic = topics.create(3);

    produce("a\nb\nc\n".getBytes(UTF_8), "-t", topic, "-p", "1").succeeds();

    assertThat(consume("-t", topic, "-e", "-p", "1").outText()).isEqualTo("a\nb\nc\n");
    assertThat(consume("-t", topic, "-e", "-p", "0").outText()).isEmpty();
  }

  @Test
  void reading_begins_and_ends_where_it_is_told() throws Exception {
    String topic = topics.create(1);
    produce("0\n1\n2\n3\n4\n".getBytes(UTF_8), "-t", topic).succeeds();

    assertThat(consume("-t", topic, "-e", "-o", "3").outText()).isEqualTo("3\n4\n");
    assertThat(consume("-t", topic, "-c", "2").outText()).isEqualTo("0\n1\n");
    assertThat(consume("-t", topic, "-o", "1", "-c", "2").outText()).isEqualTo("1\n2\n");
    assertThat(consume("-t", topic, "-e", "-c", "100").outText()).isEqualTo("0\n1\n2\n3\n4\n");
    assertThat(consume("-t", topic, "-e", "-o", "end").outText()).isEmpty();
    assertThat(consume("-t", topic, "-e", "-o", "5", "-p", "0").outText()).isEmpty();
    consume("-t", topic, "-e", "-o", "6", "-p", "0")
        .failsInOneLine(
            ExitCode.REFUSED, topic + "-0 has no offset 6; it begins at 0 and ends at 5");
  }

  @Test
  void following_prints_what_comes_until_it_is_interrupted() throws Exception {
    String topic = topics.create(2);
    produce("early\n".getBytes(UTF_8), "-t", topic, "-p", "1").succeeds();

    try (LiveRun consumer = LiveRun.of("consume", "-b", servers, "-t", topic)) {
      assertThat(consumer.awaitLines(1)).isEqualTo("early\n");
      produce("late\n".getBytes(UTF_8), "-t", topic, "-p", "0").succeeds();
      assertThat(consumer.awaitLines(2)).isEqualTo("early\nlate\n");

      assertThat(consumer.interrupt()).isEqualTo(ExitCode.INTERRUPTED.number());
      assertThat(consumer.err()).isEmpty();
    }
  }

  @Test
  void a_typed_line_is_sent_while_the_next_is_awaited() throws Exception {
    String topic = topics.create(1);
    try (PipedOutputStream keyboard = new PipedOutputStream();
        LiveRun producer =
            LiveRun.reading(
                new PipedInputStream(keyboard), "produce", "-b", servers, "-t", topic)) {
      keyboard.write("typed\n".getBytes(UTF_8));
      keyboard.flush();

      assertThat(consume("-t", topic, "-c", "1").outText()).isEqualTo("typed\n");
      assertThat(producer.interrupt()).isEqualTo(ExitCode.INTERRUPTED.number());
      assertThat(producer.err()).isEqualTo("ottla: interrupted after 1 records\n");
    }
  }

  @Test
  void a_topic_that_does_not_exist_is_neither_written_nor_made() throws Exception {
    String topic = topics.create(1);
    String mistyped = topic + "x";

    produce("a\n".getBytes(UTF_8), "-t", mistyped)
        .failsInOneLine(
            ExitCode.REFUSED,
            "there is no topic '" + mistyped + "'",
            "did you mean '" + topic + "'");
    consume("-t", mistyped, "-e").failsInOneLine(ExitCode.REFUSED, "there is no topic");
    assertThat(CliRun.of("metadata", "-b", servers).outText()).doesNotContain(mistyped);
  }

  @Test
  void a_partition_that_does_not_exist_is_told() throws Exception {
    String topic = topics.create(2);

    produce("a\n".getBytes(UTF_8), "-t", topic, "-p", "2")
        .failsInOneLine(
            ExitCode.REFUSED, "'" + topic + "' has no partition 2; it has 2, numbered from 0");
    consume("-t", topic, "-p", "2").failsInOneLine(ExitCode.REFUSED, "has no partition 2");
  }

  @Test
  void a_line_that_the_topic_does_not_take_is_counted() throws Exception {
    String topic = topics.create(1);
    byte[] lines = ("first\n" + "x".repeat(2 << 20) + "\n").getBytes(UTF_8);

    produce(lines, "-t", topic)
        .failsInOneLine(ExitCode.FAILED, "1 of 2 records were not delivered", "MESSAGE_TOO_LARGE");
    assertThat(consume("-t", topic, "-e").outText()).isEqualTo("first\n");
  }

  @Test
  void a_reader_of_standard_output_may_go_away() throws Exception {
    String topic = topics.create(1);
    produce(randomLines(new Random(2), 10_000, 100), "-t", topic).succeeds();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };

    int code =
        new OttlaCli(new Terminal(InputStream.nullInputStream(), closed, err, Look.plain()))
            .run("consume", "-b", servers, "-t", topic, "-e");

    assertThat(code).isEqualTo(ExitCode.OUTPUT_CLOSED.number());
    assertThat(err.size()).isZero();
  }

  @Test
  void the_first_server_that_answers_is_taken() throws Exception {
    String topic = topics.create(1);

    CliRun.reading("a\n".getBytes(UTF_8), "produce", "-b", "127.0.0.1:1," + servers, "-t", topic)
        .succeeds();

    assertThat(consume("-t", topic, "-e").outText()).isEqualTo("a\n");
  }

  @Test
  void metadata_shows_brokers_and_topics(KafkaServer kafka) throws Exception {
    String topic = topics.create(2);

    CliRun table = CliRun.of("metadata", "-b", servers).succeeds();
    CliRun json = CliRun.of("metadata", "-b", servers, "--json").succeeds();

    assertThat(table.outText())
        .startsWith("cluster " + kafka.clusterId() + "\n")
        .contains(servers)
        .containsPattern("(?m)^" + topic + " +0 +1 +1 +1 +-$")
        .containsPattern("(?m)^" + topic + " +1 +1 +1 +1 +-$");
    assertThat(json.outText().lines())
        .anyMatch(
            line ->
                line.startsWith("{\"type\":\"topic\",\"name\":\"" + topic + "\"")
                    && line.endsWith("\"partitions\":2,\"replicas\":1,\"internal\":false}"))
        .contains(
            "{\"type\":\"partition\",\"topic\":\""
                + topic
                + "\",\"partition\":1,\"leader\":1,\"epoch\":0,\"replicas\":[1],\"isr\":[1],"
                + "\"offline\":[]}");
  }

  private CliRun produce(byte[] input, String... args) {
    return CliRun.reading(input, with("produce", args));
  }

  private CliRun consume(String... args) {
    return CliRun.of(with("consume", args));
  }

  private String[] with(String command, String... args) {
    String[] all = Arrays.copyOf(new String[] {command, "-b", servers}, 3 + args.length);
    System.arraycopy(args, 0, all, 3, args.length);
    return all;
  }

  private static byte[] randomLines(Random random, int lines, int maxBytes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < lines; i++) {
      byte[] line = new byte[random.nextInt(maxBytes)];
      random.nextBytes(line);
      for (byte b : line) {
        bytes.write(b == '\n' ? ' ' : b);
      }
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }

  private static List<String> sortedLines(byte[] bytes) {
    return Arrays.stream(new String(bytes, ISO_8859_1).split("\n", -1)).sorted().toList();
  }
}
