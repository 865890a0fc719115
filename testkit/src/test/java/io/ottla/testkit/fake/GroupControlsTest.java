package io.ottla.testkit.fake;

import static io.ottla.testkit.fake.KafkaClients.awaitAssignment;
import static io.ottla.testkit.fake.KafkaClients.consumer;
import static io.ottla.testkit.fake.KafkaClients.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done to groups, as kafka-clients live through it. */
@Timeout(60)
final class GroupControlsTest {
  private static final TopicPartition ORDERS_0 = new TopicPartition("orders", 0);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final FakeCluster cluster = FakeCluster.builder().brokers(2).topic("orders", 2).start();
  private final FakeGroup group = cluster.group("billing");

  @AfterEach
  void close() {
    List<String> refusals = cluster.refusals();
    cluster.close();
    assertThat(refusals).isEmpty();
  }

  private KafkaConsumer<String, String> member(String protocol) {
    KafkaConsumer<String, String> member =
        consumer(cluster, "group.id", "billing", "group.protocol", protocol);
    member.subscribe(List.of("orders"));
    return member;
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void a_member_goes_on_when_the_coordinator_moves(String protocol) {
    cluster.partition("orders", 0).append("1", "2");
    int first = group.coordinator().orElseThrow();
    int second = 3 - first;

    try (KafkaConsumer<String, String> member = member(protocol)) {
      read(member, 2);
      group.moveCoordinator(second);
      member.commitSync();

      assertThat(group.committed("orders", 0)).hasValue(2);
      assertThat(cluster.requests().of(ApiKey.OFFSET_COMMIT))
          .extracting(SeenRequest::brokerId)
          .endsWith(second);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void two_members_share_and_one_leaves_all_to_the_other(String protocol) {
    try (KafkaConsumer<String, String> stays = member(protocol)) {
      try (KafkaConsumer<String, String> leaves = member(protocol)) {
        for (int i = 0; i < 400 && stays.assignment().size() != 1; i++) {
          leaves.poll(Duration.ofMillis(20));
          stays.poll(Duration.ofMillis(20));
        }
        awaitAssignment(leaves, 1);
        assertThat(group.members()).hasSize(2);
      }
      assertThat(awaitAssignment(stays, 2)).hasSize(2);
    }
  }

  @Test
  void a_member_that_is_thrown_out_may_not_commit() {
    cluster.partition("orders", 0).append("1");

    try (KafkaConsumer<String, String> member = member("classic")) {
      read(member, 1);
      group.expireMember(group.members().get(0));

      assertThatThrownBy(member::commitSync).isInstanceOf(CommitFailedException.class);
      assertThat(group.committed("orders", 0)).isEmpty();
    }
  }

  @Test
  void a_member_joins_again_when_a_test_wants_it() {
    try (KafkaConsumer<String, String> member = member("classic")) {
      awaitAssignment(member, 2);
      assertThat(group.state()).isEqualTo("Stable");
      long joins = cluster.requests().count(ApiKey.SYNC_GROUP);

      group.rebalance();
      for (int i = 0; i < 400 && cluster.requests().count(ApiKey.SYNC_GROUP) == joins; i++) {
        member.poll(Duration.ofMillis(50));
      }

      assertThat(cluster.requests().count(ApiKey.SYNC_GROUP)).isGreaterThan(joins);
    }
  }

  @Test
  void a_coordinator_that_loads_is_asked_until_it_has() throws Exception {
    group.troubleCoordinator(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);

    try (KafkaConsumer<String, String> consumer = consumer(cluster, "group.id", "billing")) {
      consumer.assign(List.of(ORDERS_0));
      Thread healer =
          new Thread(
              () -> {
                cluster.requests().await(ApiKey.OFFSET_COMMIT, 2, PATIENCE);
                group.troubleCoordinator(ErrorCode.NONE);
              });
      healer.start();
      consumer.commitSync(Map.of(ORDERS_0, new OffsetAndMetadata(5, "by hand")));
      healer.join();
    }

    assertThat(group.committed("orders", 0)).hasValue(5);
    assertThat(group.committedMetadata("orders", 0)).isEqualTo("by hand");
  }

  @Test
  void a_consumer_begins_where_the_test_has_committed() {
    cluster.partition("orders", 0).append("1");
    cluster.partition("orders", 0).append("2");
    group.commit("orders", 0, 1, "");

    try (KafkaConsumer<String, String> member = member("classic")) {
      assertThat(read(member, 1)).containsExactly("2");
    }
  }

  @Test
  void a_session_expires_when_the_clock_says_so() {
    try (FakeCluster still = FakeCluster.builder().manualClock().topic("orders", 1).start();
        KafkaConsumer<String, String> member =
            consumer(still, "group.id", "billing", "session.timeout.ms", 30_000)) {
      member.subscribe(List.of("orders"));
      awaitAssignment(member, 1);
      still.onAny().where(seen -> seen.api() == ApiKey.HEARTBEAT).always(Fault.ignore());

      still.clock().advance(Duration.ofSeconds(31));

      assertThat(still.group("billing").members()).isEmpty();
      still.clearFaults();
      still.broker(1).closeConnections();
    }
  }

  @Test
  void a_group_that_does_not_exist_is_dead_and_empty() {
    assertThat(cluster.group("none").state()).isEqualTo("Dead");
    assertThat(cluster.group("none").members()).isEmpty();
    assertThatThrownBy(() -> cluster.group("none").expireMember("x")).hasMessageContaining("none");
    assertThat(cluster.groups()).isEmpty();
  }
}
