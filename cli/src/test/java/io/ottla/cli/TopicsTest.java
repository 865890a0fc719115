package io.ottla.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Look;
import io.ottla.cli.terminal.Terminal;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.KafkaRelease;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ottla topics} and {@code ottla metadata}, against a cluster that is played. */
@Timeout(60)
class TopicsTest {
  private final FakeCluster cluster =
      FakeCluster.builder().topic("orders", 2).topic("payments", 1).start();

  @AfterEach
  void close() {
    cluster.close();
  }

  private CliRun topics(String... words) {
    List<String> all = new ArrayList<>(List.of("topics", words[0]));
    all.addAll(List.of("-b", cluster.bootstrapServers()));
    all.addAll(List.of(words).subList(1, words.length));
    return CliRun.of(all.toArray(String[]::new));
  }

  @Test
  void a_list_tells_names_partitions_and_replicas() {
    assertThat(topics("list").succeeds().outText())
        .isEqualTo(
            """
            TOPIC     PARTITIONS  REPLICAS
            orders             2         1
            payments           1         1
            """);
    assertThat(topics("list", "--json").succeeds().outText().lines())
        .containsExactly(
            "{\"type\":\"topic\",\"name\":\"orders\",\"id\":\""
                + cluster.topicId("orders")
                + "\",\"partitions\":2,\"replicas\":1,\"internal\":false}",
            "{\"type\":\"topic\",\"name\":\"payments\",\"id\":\""
                + cluster.topicId("payments")
                + "\",\"partitions\":1,\"replicas\":1,\"internal\":false}");
  }

  @Test
  void kafkas_own_topics_are_shown_to_those_who_ask() {
    cluster.createTopic("__consumer_offsets", 1);

    assertThat(topics("list").succeeds().outText()).doesNotContain("__consumer_offsets");
    assertThat(topics("list", "--all").succeeds().outText())
        .containsPattern("__consumer_offsets +1 +1  internal");
  }

  @Test
  void a_topic_is_created_and_described_as_ordered() {
    CliRun created =
        topics("create", "events", "-p", "3", "-c", "retention.ms=60000", "--if-not-exists")
            .succeeds();

    assertThat(created.outText()).isEmpty();
    assertThat(created.err()).isEqualTo("ottla: topic events created: 3 partitions, 1 replica\n");
    assertThat(topics("describe", "events").succeeds().outText())
        .isEqualTo(
            """
            topic events  id %s
            TOPIC   PARTITION  LEADER  REPLICAS  IN SYNC  OFFLINE
            events          0       1  1         1        -
            events          1       1  1         1        -
            events          2       1  1         1        -
            configured:
              retention.ms  60000
            """
                .formatted(cluster.topicId("events")));
    assertThat(topics("describe", "--json", "events").succeeds().outText().lines())
        .hasSize(5)
        .contains(
            "{\"type\":\"partition\",\"topic\":\"events\",\"partition\":0,\"leader\":1,"
                + "\"epoch\":0,\"replicas\":[1],\"isr\":[1],\"offline\":[]}",
            "{\"type\":\"config\",\"topic\":\"events\",\"key\":\"retention.ms\","
                + "\"value\":\"60000\",\"source\":\"topic\"}");
  }

  @Test
  void creation_as_json_and_creation_that_is_only_checked() {
    assertThat(topics("create", "a", "--json", "-p", "1", "--check").succeeds().outText())
        .startsWith("{\"type\":\"checked\",\"topic\":\"a\"");
    assertThat(cluster.topics()).doesNotContain("a");
    assertThat(topics("create", "a", "--json", "-p", "1").succeeds().outText())
        .isEqualTo(
            "{\"type\":\"created\",\"topic\":\"a\",\"id\":\""
                + cluster.topicId("a")
                + "\",\"partitions\":1,\"replicas\":1}\n");
  }

  @Test
  void what_is_refused_is_one_line_that_says_what_to_do() {
    topics("create", "orders")
        .failsInOneLine(
            ExitCode.REFUSED,
            "topic orders not created: ",
            "(TOPIC_ALREADY_EXISTS from broker 1); choose another name");
    topics("create", "a/b")
        .failsInOneLine(ExitCode.REFUSED, "topic a/b not created: ", "a name has 1 to 249 letters");
    topics("create", "wide", "-r", "5")
        .failsInOneLine(
            ExitCode.REFUSED,
            "topic wide not created: ",
            "ask for at most as many replicas as there are brokers that run");
    topics("create", "odd", "-c", "retention.ms=soon")
        .failsInOneLine(ExitCode.REFUSED, "topic odd not created: ", "INVALID_CONFIG");
    topics("describe", "ordrs")
        .failsInOneLine(
            ExitCode.REFUSED,
            "there is no topic 'ordrs' on " + cluster.bootstrapServers(),
            "; did you mean 'orders'?");
    topics("delete", "--yes", "ordrs")
        .failsInOneLine(ExitCode.REFUSED, "there is no topic 'ordrs'", "did you mean 'orders'?");
    cluster.on(ApiKey.CREATE_TOPICS).once(Fault.error(ErrorCode.TOPIC_AUTHORIZATION_FAILED));
    topics("create", "secret")
        .failsInOneLine(
            ExitCode.REFUSED,
            "topic secret not created: Topic authorization failed",
            "ask whoever runs the cluster to grant this user the right");
  }

  @Test
  void of_several_topics_those_that_can_be_are_created() {
    CliRun run = topics("create", "-p", "1", "new", "orders", "newer");

    assertThat(run.code()).isEqualTo(ExitCode.REFUSED.number());
    assertThat(cluster.topics()).contains("new", "newer");
    assertThat(run.err().lines())
        .hasSize(3)
        .filteredOn(line -> line.contains("TOPIC_ALREADY_EXISTS"))
        .hasSize(1);
  }

  @Test
  void a_topic_that_is_there_is_no_error_if_told_so() {
    assertThat(topics("create", "orders", "--if-not-exists").succeeds().err())
        .isEqualTo("ottla: topic orders is there already, and stays as it is\n");
    assertThat(topics("delete", "--yes", "--if-exists", "none").succeeds().err())
        .isEqualTo("ottla: there is no topic none, so there is nothing to delete\n");
  }

  @Test
  void deletion_wants_somebody_who_is_sure() {
    topics("delete", "orders").failsInOneLine(ExitCode.USAGE, "deleting needs --yes");
    assertThat(cluster.topics()).contains("orders");

    assertThat(topics("delete", "--yes", "orders", "--json").succeeds().outText())
        .isEqualTo("{\"type\":\"deleted\",\"topic\":\"orders\"}\n");

    assertThat(cluster.topics()).containsExactly("payments");
  }

  @Test
  void on_a_terminal_the_user_is_asked() {
    assertThat(asked("\n").toString(UTF_8))
        .contains("delete topic orders with all its records from 127.0.0.1:", "? [y/N] ")
        .contains("ottla: nothing was deleted");
    assertThat(cluster.topics()).contains("orders");

    assertThat(asked("yes\n").toString(UTF_8)).contains("topic orders deleted");

    assertThat(cluster.topics()).doesNotContain("orders");
  }

  private ByteArrayOutputStream asked(String answer) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(answer.getBytes(UTF_8)),
            new ByteArrayOutputStream(),
            err,
            new Look(true, false, 80));
    new OttlaCli(terminal).run("topics", "delete", "-b", cluster.bootstrapServers(), "orders");
    return err;
  }

  @Test
  void the_servers_may_stand_in_a_file_of_kafkas(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("client.properties"),
            "bootstrap.servers=" + cluster.bootstrapServers() + "\nclient.id=till\n");

    assertThat(CliRun.of("topics", "list", "--config", file.toString()).succeeds().outText())
        .contains("orders");
    assertThat(cluster.requests().where(seen -> "till".equals(seen.clientId()))).isNotEmpty();

    assertThat(
            CliRun.of("topics", "list", "--config", file.toString(), "-X", "client.id=other")
                .succeeds()
                .outText())
        .contains("orders");
    assertThat(cluster.requests().where(seen -> "other".equals(seen.clientId()))).isNotEmpty();
    CliRun.of("topics", "list", "--config", directory.resolve("none").toString())
        .failsInOneLine(ExitCode.FILE, "cannot read ", "no such file");
  }

  @Test
  void what_a_file_says_does_not_move_the_terminal_s_cursor(@TempDir Path directory)
      throws IOException {
    Path file = Files.writeString(directory.resolve("client.properties"), "\u001b[2Jx\u0007=y\n");

    CliRun run = CliRun.of("topics", "list", "-b", "h", "--config", file.toString());

    run.failsInOneLine(ExitCode.USAGE, "?[2Jx? = [hidden]", "no option has this name");
  }

  @Test
  void metadata_tells_cluster_brokers_and_partitions() {
    String text = CliRun.of("metadata", "-b", cluster.bootstrapServers()).succeeds().outText();
    String json =
        CliRun.of("metadata", "-b", cluster.bootstrapServers(), "--json").succeeds().outText();

    assertThat(text)
        .startsWith("cluster " + cluster.clusterId() + "\n\nBROKER  ADDRESS")
        .containsPattern("     1  127.0.0.1:\\d+  -     controller")
        .containsPattern("payments +0 +1  1 +1 +-");
    assertThat(json.lines())
        .contains(
            "{\"type\":\"cluster\",\"id\":\"" + cluster.clusterId() + "\",\"controller\":1}",
            "{\"type\":\"broker\",\"id\":1,\"host\":\"127.0.0.1\",\"port\":"
                + cluster.broker(1).port()
                + ",\"rack\":null}")
        .anyMatch(line -> line.startsWith("{\"type\":\"partition\",\"topic\":\"orders\""));
  }

  @Test
  void an_old_broker_is_listed_and_what_it_cannot_do_is_one_line() {
    try (FakeCluster old =
        FakeCluster.builder().release(KafkaRelease.V0_10_0).topic("orders", 1).start()) {
      assertThat(CliRun.of("topics", "list", "-b", old.bootstrapServers()).succeeds().outText())
          .contains("orders");
      CliRun.of("topics", "create", "-b", old.bootstrapServers(), "new")
          .failsInOneLine(ExitCode.REFUSED, "topics not created: this needs Kafka 0.10.1 or newer");
      assertThat(
              CliRun.of("topics", "describe", "-b", old.bootstrapServers(), "orders")
                  .succeeds()
                  .outText())
          .startsWith("topic orders\nTOPIC   PARTITION");
    }
  }

  @Test
  void a_dead_cluster_is_told_of_at_once_and_in_one_line() {
    String servers = cluster.bootstrapServers();
    cluster.close();

    CliRun.of("topics", "list", "-b", servers)
        .failsInOneLine(ExitCode.UNREACHABLE, servers, "refused");
  }

  @Test
  void topics_with_a_config_say_so_in_order() {
    cluster.createTopic("z", 1, Map.of("segment.ms", "9000", "cleanup.policy", "compact"));

    assertThat(topics("describe", "z", "orders").succeeds().outText())
        .contains("  cleanup.policy  compact\n  segment.ms      9000\n\ntopic orders");
  }
}
