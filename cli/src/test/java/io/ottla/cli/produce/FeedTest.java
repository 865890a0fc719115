package io.ottla.cli.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.cli.cluster.Bootstrap;
import io.ottla.cli.cluster.ProducerSetup;
import io.ottla.cli.format.JsonLines;
import io.ottla.cli.format.KeyDelimiter;
import io.ottla.cli.format.LineFormat;
import io.ottla.cli.format.PlainLines;
import io.ottla.cli.lines.InputBlocks;
import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.record.Header;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FeedTest {
  private static final LineFormat LINES = new PlainLines(KeyDelimiter.parse(":"), false);

  private final Deliveries deliveries = new Deliveries();
  private final FakeChannel channel = new FakeChannel(deliveries);
  private @Nullable Integer partition;
  private byte @Nullable [] key;
  private List<Header> headers = List.of();
  private boolean keepsGoing;

  @Test
  void lines_become_records_in_their_order() throws Exception {
    feed(LINES, "a:1\nb:2\nc");

    assertThat(channel.sent).containsExactly("a=1", "b=2", "null=c");
    assertThat(channel.records)
        .allSatisfy(
            record -> {
              assertThat(record.topic()).isEqualTo("orders");
              assertThat(record.partition()).isEqualTo(ProducerRecord.ANY_PARTITION);
              assertThat(record.timestampMs()).isEqualTo(ProducerRecord.NO_TIMESTAMP);
              assertThat(record.headers()).isEmpty();
            });
    assertThat(channel.records).extracting(ProducerRecord::ref).containsExactly(1L, 2L, 3L);
  }

  @Test
  void a_fixed_key_is_for_lines_that_say_nothing_of_one() throws Exception {
    key = "fixed".getBytes(UTF_8);

    feed(LINES, "a:1\n2\n:3\n");
    feed(new JsonLines(), "{\"value\":\"4\"}\n{\"key\":null,\"value\":\"5\"}\n");

    assertThat(channel.sent).containsExactly("a=1", "fixed=2", "=3", "fixed=4", "null=5");
  }

  @Test
  void headers_of_the_command_line_follow_those_of_the_line() throws Exception {
    headers = List.of(new Header("cli", new byte[] {1}));

    feed(new JsonLines(), "{\"value\":\"1\"}\n{\"value\":\"2\",\"headers\":{\"own\":null}}\n");

    assertThat(channel.records)
        .extracting(record -> record.headers().stream().map(Header::key).toList())
        .containsExactly(List.of("cli"), List.of("own", "cli"));
  }

  @Test
  void the_partition_of_the_command_line_goes_before_that_of_the_line() throws Exception {
    String line = "{\"value\":\"1\",\"partition\":3}\n";
    feed(new JsonLines(), line);
    partition = 5;
    feed(new JsonLines(), line);
    partition = ProducerRecord.ANY_PARTITION;
    feed(new JsonLines(), line);

    assertThat(channel.records).extracting(ProducerRecord::partition).containsExactly(3, 5, -1);
  }

  @Test
  void a_lost_record_ends_the_reading() {
    channel.losesFrom(2);

    assertThatThrownBy(() -> feed(LINES, "1\n2\n3\n4\n")).isInstanceOf(StoppedException.class);

    assertThat(channel.sent).containsExactly("null=1", "null=2");
    assertThat(deliveries.losses().headline(1, line -> "line " + line))
        .isEqualTo("1 of 2 records were not delivered: line 2: record 2 was lost");
  }

  @Test
  void a_lost_record_ends_the_waiting_for_input_too() throws IOException {
    channel.losesFrom(1);
    try (PipedOutputStream keyboard = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(keyboard)) {
      keyboard.write("typed\n".getBytes(UTF_8));
      keyboard.flush();

      assertThatThrownBy(() -> feed(LINES, in)).isInstanceOf(StoppedException.class);
    }
  }

  @Test
  void who_keeps_going_reads_on() throws Exception {
    keepsGoing = true;
    channel.losesFrom(2);

    feed(LINES, "1\n2\n3\n");

    assertThat(channel.sent).hasSize(3);
    assertThat(deliveries.failed()).isEqualTo(2);
    assertThat(deliveries.delivered()).isEqualTo(1);
  }

  @Test
  void a_broken_line_ends_the_reading_and_is_named() {
    assertThatThrownBy(() -> feed(new JsonLines(), "{\"value\":\"1\"}\n\noops\n"))
        .isInstanceOfSatisfying(
            CommandFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FILE))
        .hasMessageStartingWith("line 3 is not JSON: ");

    assertThat(channel.sent).containsExactly("null=1");
  }

  @Test
  void who_keeps_going_counts_broken_lines() throws Exception {
    keepsGoing = true;

    feed(new JsonLines(), "{\"value\":\"1\"}\noops\n{}\n{\"value\":\"2\"}\n");

    assertThat(channel.sent).containsExactly("null=1", "null=2");
    assertThat(deliveries.losses().headline(2, line -> "line " + line))
        .startsWith("2 of 4 records were not delivered: line 2, line 3: the line is not JSON");
  }

  private void feed(LineFormat format, String input) throws InterruptedException, StoppedException {
    feed(format, new ByteArrayInputStream(input.getBytes(UTF_8)));
  }

  private void feed(LineFormat format, InputStream input)
      throws InterruptedException, StoppedException {
    ProduceOrder order =
        new ProduceOrder(
            new ProducerSetup(
                Bootstrap.of("localhost:1", Duration.ofSeconds(1)), Map.of(), Map.of()),
            "orders",
            format,
            new ProduceOrder.Additions(partition, key, headers),
            0,
            keepsGoing,
            true,
            List.of());
    try (InputBlocks blocks = InputBlocks.open(order.files(), input)) {
      new Feed(order, channel, deliveries, Pace.of(0), new Places(order.files())).run(blocks);
    }
  }
}
