package io.ottla.testkit.internal.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.OffsetCommitRequest;
import io.ottla.protocol.message.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.ottla.protocol.message.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.ottla.protocol.message.OffsetFetchRequest;
import io.ottla.protocol.message.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.ottla.protocol.message.OffsetFetchRequest.OffsetFetchRequestTopic;
import io.ottla.protocol.message.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.ottla.protocol.message.OffsetFetchResponse.OffsetFetchResponsePartition;
import io.ottla.protocol.message.OffsetFetchResponse.OffsetFetchResponsePartitions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long offsets are kept, and what only old clients or transactions show. */
final class CommittedOffsetsTest {
  private static final String GROUP = "group";
  private static final long DAY_MS = 24 * 60 * 60 * 1_000;
  private static final long WEEK_MS = 7 * DAY_MS;

  private final FakeCoordination fake = new FakeCoordination();

  @BeforeEach
  void create_topic_and_look_for_expired_offsets() {
    fake.createTopic("orders", 2);
    fake.coordinator.startExpiry();
  }

  private OffsetCommitRequest commitOf(int partition, long offset) {
    return new OffsetCommitRequest()
        .groupId(GROUP)
        .topics(
            List.of(
                new OffsetCommitRequestTopic()
                    .name("orders")
                    .partitions(
                        List.of(
                            new OffsetCommitRequestPartition()
                                .partitionIndex(partition)
                                .committedOffset(offset)))));
  }

  private void send(OffsetCommitRequest request, int version) {
    assertThat(
            fake.connect("committer")
                .send(request, version)
                .now()
                .topics()
                .get(0)
                .partitions()
                .get(0)
                .errorCode())
        .isZero();
  }

  private @Nullable CommittedOffset committed(int partition) {
    return fake.coordinator.offsets().find(GROUP, "orders", partition);
  }

  @Test
  void offset_of_a_simple_group_expires_a_week_after_its_commit_and_the_group_with_the_last() {
    send(commitOf(0, 5), 9);
    fake.timers.advance(DAY_MS);
    send(commitOf(1, 6), 9);

    fake.timers.advance(WEEK_MS - DAY_MS - 1);
    assertThat(committed(0)).isNotNull();
    fake.timers.advance(600_000);
    assertThat(committed(0)).isNull();
    assertThat(committed(1)).isNotNull();
    assertThat(fake.coordinator.groups().find(GROUP)).isNotNull();

    fake.timers.advance(DAY_MS);
    assertThat(committed(1)).isNull();
    assertThat(fake.coordinator.groups().find(GROUP)).isNull();
  }

  @Test
  void offsets_of_a_group_that_had_members_expire_a_week_after_the_last_has_left() {
    send(commitOf(0, 5), 9);
    Member member = new Member(fake, "a", GROUP).joinAlone();
    for (int day = 0; day < 10; day++) {
      for (int i = 0; i < DAY_MS / 20_000; i++) {
        fake.timers.advance(20_000);
        member.heartbeat();
      }
    }
    assertThat(committed(0)).isNotNull(); // the member reads the topic

    member.leave();
    fake.timers.advance(WEEK_MS - 1);
    assertThat(committed(0)).isNotNull();
    fake.timers.advance(600_000);
    assertThat(committed(0)).isNull();
    assertThat(fake.coordinator.groups().find(GROUP)).isNull();
  }

  @Test
  void offset_of_a_topic_that_no_member_reads_expires_while_the_group_lives() {
    send(commitOf(0, 5), 9);
    Member member = new Member(fake, "a", GROUP);
    member.topic = "payments";
    member.sessionTimeoutMs = 1_800_000;
    member.joinAlone();
    for (int i = 0; i < WEEK_MS / 1_000_000 + 2; i++) {
      fake.timers.advance(1_000_000);
      member.heartbeat();
    }

    assertThat(committed(0)).isNull();
    assertThat(fake.coordinator.groups().find(GROUP)).isNotNull();
  }

  @Test
  void versions_2_to_4_may_say_how_long_an_offset_is_kept() {
    send(commitOf(0, 5).retentionTimeMs(DAY_MS), 3);
    send(commitOf(1, 6), 3);

    fake.timers.advance(DAY_MS - 1);
    assertThat(committed(0)).isNotNull();
    fake.timers.advance(600_000);

    assertThat(committed(0)).isNull();
    assertThat(committed(1)).isNotNull();
  }

  @Test
  void version_1_may_say_when_an_offset_was_committed() {
    OffsetCommitRequest request = commitOf(0, 5);
    request.topics().get(0).partitions().get(0).commitTimestamp(123);
    send(request, 1);
    send(commitOf(1, 6), 1);

    assertThat(committed(0)).extracting(CommittedOffset::committedAtMillis).isEqualTo(123L);
    assertThat(committed(1))
        .extracting(CommittedOffset::committedAtMillis)
        .isEqualTo(fake.timers.nowMillis());
  }

  @Test
  void version_0_keeps_its_offsets_apart_and_asks_no_coordinator() {
    fake.trouble(GROUP, ErrorCode.COORDINATOR_NOT_AVAILABLE);

    send(commitOf(0, 5), 0);

    assertThat(fake.coordinator.groups().find(GROUP)).isNull();
    OffsetFetchRequest request =
        new OffsetFetchRequest()
            .groupId(GROUP)
            .topics(
                List.of(
                    new OffsetFetchRequestTopic().name("orders").partitionIndexes(List.of(0, 1))));
    assertThat(fake.connect("old").send(request, 0).now().topics().get(0).partitions())
        .containsExactly(
            new OffsetFetchResponsePartition().partitionIndex(0).committedOffset(5).metadata(""),
            new OffsetFetchResponsePartition()
                .partitionIndex(1)
                .committedOffset(-1)
                .metadata("")
                .errorCode(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code()));
  }

  private List<OffsetFetchResponsePartitions> fetchAll(boolean requireStable) {
    OffsetFetchRequest request = new OffsetFetchRequest().requireStable(requireStable);
    request.groups().add(new OffsetFetchRequestGroup().groupId(GROUP).topics(null));
    return fake.connect("reader")
        .send(request, 9)
        .now()
        .groups()
        .get(0)
        .topics()
        .get(0)
        .partitions();
  }

  @Test
  void offset_of_an_open_transaction_is_unstable_for_those_who_ask() {
    // G77
    send(commitOf(0, 5), 9);
    fake.coordinator.offsets().unstable(GROUP, "orders", 0, true);

    assertThat(fetchAll(false).get(0).committedOffset()).isEqualTo(5);
    assertThat(fetchAll(true).get(0).committedOffset()).isEqualTo(-1);
    assertThat(ErrorCode.of(fetchAll(true).get(0).errorCode()))
        .isEqualTo(ErrorCode.UNSTABLE_OFFSET_COMMIT);

    fake.coordinator.offsets().unstable(GROUP, "orders", 0, false);
    assertThat(fetchAll(true).get(0).committedOffset()).isEqualTo(5);
  }

  @Test
  void offset_committed_under_another_id_of_its_topic_is_nothing() {
    // G60: the topic was recreated, and the coordinator has not heard of it yet.
    send(commitOf(0, 5), 9);
    UUID id = fake.createTopic("orders", 2);
    OffsetFetchRequestTopics byId =
        new OffsetFetchRequestTopics().topicId(id).partitionIndexes(List.of(0));

    assertThat(fetch(List.of(byId), 10).committedOffset()).isEqualTo(-1);
    // Only those who name the topic's id are spared the old offset, as in Kafka.
    assertThat(fetch(null, 10).committedOffset()).isEqualTo(5);
    assertThat(fetch(null, 9).committedOffset()).isEqualTo(5);
  }

  private OffsetFetchResponsePartitions fetch(
      @Nullable List<OffsetFetchRequestTopics> topics, int version) {
    OffsetFetchRequest request = new OffsetFetchRequest();
    request.groups().add(new OffsetFetchRequestGroup().groupId(GROUP).topics(topics));
    return fake.connect("reader")
        .send(request, version)
        .now()
        .groups()
        .get(0)
        .topics()
        .get(0)
        .partitions()
        .get(0);
  }

  @Test
  void deleting_a_group_deletes_its_offsets() {
    send(commitOf(0, 5), 9);
    Group group = fake.classic(GROUP);

    fake.coordinator.delete(group);

    assertThat(fake.coordinator.offsets().of(GROUP)).isEqualTo(Map.of());
    assertThat(fake.coordinator.groups().all()).isEmpty();
  }

  @Test
  void offset_of_an_open_transaction_does_not_expire_and_goes_with_its_topic() {
    send(commitOf(0, 5), 9);
    fake.coordinator.offsets().unstable(GROUP, "orders", 0, true);

    fake.timers.advance(2 * WEEK_MS);
    assertThat(committed(0)).isNotNull();

    fake.deleteTopic("orders");
    assertThat(committed(0)).isNull();
    assertThat(fake.coordinator.offsets().isUnstable(GROUP, "orders", 0)).isFalse();
  }
}
