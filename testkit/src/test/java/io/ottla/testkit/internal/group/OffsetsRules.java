package io.ottla.testkit.internal.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.OffsetCommitRequest;
import io.ottla.protocol.message.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.ottla.protocol.message.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.ottla.protocol.message.OffsetCommitResponse;
import io.ottla.protocol.message.OffsetDeleteRequest;
import io.ottla.protocol.message.OffsetDeleteRequest.OffsetDeleteRequestPartition;
import io.ottla.protocol.message.OffsetDeleteRequest.OffsetDeleteRequestTopic;
import io.ottla.protocol.message.OffsetDeleteResponse;
import io.ottla.protocol.message.OffsetFetchRequest;
import io.ottla.protocol.message.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.ottla.protocol.message.OffsetFetchRequest.OffsetFetchRequestTopic;
import io.ottla.protocol.message.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.ottla.protocol.message.OffsetFetchResponse;
import io.ottla.protocol.message.OffsetFetchResponse.OffsetFetchResponseGroup;
import io.ottla.protocol.message.OffsetFetchResponse.OffsetFetchResponsePartitions;
import io.ottla.protocol.message.OffsetFetchResponse.OffsetFetchResponseTopics;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What may be committed, and what is read of it, at our coordinator and at the real one. */
abstract class OffsetsRules extends GroupRules {
  private static final int COMMIT_VERSION = 9;
  private static final int FETCH_VERSION = 9;
  private static final int BY_ID_VERSION = 10;
  private static final UUID NO_ID = new UUID(0, 0);

  private final Peer peer = coordination.connect("committer");
  private final String topic = "topic-" + UUID.randomUUID();

  OffsetsRules(Coordination coordination) {
    super(coordination);
  }

  private static OffsetCommitRequestPartition offset(int partition, long offset) {
    return new OffsetCommitRequestPartition()
        .partitionIndex(partition)
        .committedOffset(offset)
        .committedLeaderEpoch(4)
        .committedMetadata("m" + offset);
  }

  private OffsetCommitRequest commitOf(OffsetCommitRequestPartition... partitions) {
    return new OffsetCommitRequest()
        .groupId(group)
        .topics(
            List.of(new OffsetCommitRequestTopic().name(topic).partitions(List.of(partitions))));
  }

  private List<ErrorCode> send(OffsetCommitRequest request, int version) {
    OffsetCommitResponse response = peer.send(request, version).await();
    return response.topics().stream()
        .flatMap(answered -> answered.partitions().stream())
        .map(partition -> ErrorCode.of(partition.errorCode()))
        .toList();
  }

  private List<ErrorCode> commit(long offset) {
    return send(commitOf(offset(0, offset)), COMMIT_VERSION);
  }

  private List<ErrorCode> commitAs(Member member, int generation) {
    return send(
        commitOf(offset(0, 7))
            .memberId(member.id)
            .groupInstanceId(member.instanceId)
            .generationIdOrMemberEpoch(generation),
        COMMIT_VERSION);
  }

  private OffsetFetchResponseGroup fetch(
      @Nullable List<OffsetFetchRequestTopics> topics, int version) {
    OffsetFetchRequest request = new OffsetFetchRequest();
    request.groups().add(new OffsetFetchRequestGroup().groupId(group).topics(topics));
    return peer.send(request, version).await().groups().get(0);
  }

  private OffsetFetchRequestTopics named(int... partitions) {
    OffsetFetchRequestTopics asked = new OffsetFetchRequestTopics().name(topic);
    for (int partition : partitions) {
      asked.partitionIndexes().add(partition);
    }
    return asked;
  }

  private OffsetFetchResponsePartitions fetch(int partition) {
    return fetch(List.of(named(partition)), FETCH_VERSION).topics().get(0).partitions().get(0);
  }

  private static OffsetFetchResponsePartitions nothing(int partition) {
    return new OffsetFetchResponsePartitions()
        .partitionIndex(partition)
        .committedOffset(-1)
        .metadata("");
  }

  private static OffsetFetchResponsePartitions found(int partition, long offset) {
    return new OffsetFetchResponsePartitions()
        .partitionIndex(partition)
        .committedOffset(offset)
        .committedLeaderEpoch(4)
        .metadata("m" + offset);
  }

  @Test
  void what_is_committed_is_read_again_and_the_rest_is_nothing() {
    // L130
    coordination.createTopic(topic, 3);

    assertThat(send(commitOf(offset(0, 5), offset(2, 9)), COMMIT_VERSION))
        .containsOnly(ErrorCode.NONE);

    OffsetFetchResponseGroup fetched = fetch(List.of(named(0, 1, 2, 8)), FETCH_VERSION);
    assertThat(fetched.errorCode()).isZero();
    assertThat(fetched.groupId()).isEqualTo(group);
    assertThat(fetched.topics())
        .containsExactly(
            new OffsetFetchResponseTopics()
                .name(topic)
                .partitions(List.of(found(0, 5), nothing(1), found(2, 9), nothing(8))));
    OffsetFetchResponseGroup all = fetch(null, FETCH_VERSION);
    assertThat(all.topics().get(0).partitions())
        .containsExactlyInAnyOrder(found(0, 5), found(2, 9));
    assertThat(fetch(List.of(), FETCH_VERSION).topics()).isEmpty();
  }

  @Test
  void lower_offset_and_no_metadata_replace_what_was_there() {
    coordination.createTopic(topic, 1);
    commit(9);

    send(commitOf(offset(0, 3).committedLeaderEpoch(-1).committedMetadata(null)), COMMIT_VERSION);

    assertThat(fetch(0))
        .isEqualTo(
            new OffsetFetchResponsePartitions().partitionIndex(0).committedOffset(3).metadata(""));
  }

  @Test
  void versions_before_8_are_about_one_group() {
    coordination.createTopic(topic, 1);
    commit(5);

    for (int version = 1; version < 8; version++) {
      OffsetFetchRequest request =
          new OffsetFetchRequest()
              .groupId(group)
              .topics(
                  List.of(
                      new OffsetFetchRequestTopic().name(topic).partitionIndexes(List.of(0, 1))));

      OffsetFetchResponse response = peer.send(request, version).await();

      assertThat(response.errorCode()).isZero();
      assertThat(response.topics()).hasSize(1);
      assertThat(response.topics().get(0).name()).isEqualTo(topic);
      assertThat(response.topics().get(0).partitions())
          .extracting(
              partition -> partition.partitionIndex(),
              partition -> partition.committedOffset(),
              partition -> partition.committedLeaderEpoch(),
              partition -> partition.metadata(),
              partition -> partition.errorCode())
          .containsExactly(
              tuple(0, 5L, version < 5 ? -1 : 4, "m5", (short) 0),
              tuple(1, -1L, -1, "", (short) 0));
    }
    OffsetFetchRequest all = new OffsetFetchRequest().groupId(group).topics(null);
    assertThat(peer.send(all, 2).await().topics()).hasSize(1);
  }

  @Test
  void topic_or_partition_that_is_not_there_takes_no_offset() {
    coordination.createTopic(topic, 1);
    OffsetCommitRequest request = commitOf(offset(0, 1), offset(1, 1));

    assertThat(send(request, COMMIT_VERSION))
        .containsExactlyInAnyOrder(ErrorCode.NONE, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);

    OffsetCommitRequest toNothing = commitOf(offset(0, 1));
    toNothing.topics().get(0).name("no-" + topic);
    assertThat(send(toNothing, COMMIT_VERSION))
        .containsExactly(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(fetch(0).committedOffset()).isEqualTo(1);
  }

  @Test
  void metadata_beyond_the_limit_refuses_its_partition_only() {
    coordination.createTopic(topic, 2);
    OffsetCommitRequest request =
        commitOf(
            offset(0, 1).committedMetadata("x".repeat(4_097)),
            offset(1, 1).committedMetadata("x".repeat(4_096)));

    assertThat(send(request, COMMIT_VERSION))
        .containsExactly(ErrorCode.OFFSET_METADATA_TOO_LARGE, ErrorCode.NONE);
    assertThat(fetch(0)).isEqualTo(nothing(0));
  }

  @Test
  void topics_go_by_id_from_version_10_on() {
    UUID id = coordination.createTopic(topic, 1);
    UUID stranger = UUID.randomUUID();
    OffsetCommitRequest request = commitOf(offset(0, 5));
    request.topics().get(0).topicId(id);
    OffsetCommitRequest toStranger = commitOf(offset(0, 5));
    toStranger.topics().get(0).topicId(stranger);

    assertThat(send(request, BY_ID_VERSION)).containsExactly(ErrorCode.NONE);
    OffsetCommitResponse refused = peer.send(toStranger, BY_ID_VERSION).await();
    assertThat(refused.topics().get(0).topicId()).isEqualTo(stranger);
    assertThat(refused.topics().get(0).partitions().get(0).errorCode())
        .isEqualTo(ErrorCode.UNKNOWN_TOPIC_ID.code());

    OffsetFetchResponseGroup fetched =
        fetch(
            List.of(
                new OffsetFetchRequestTopics().topicId(stranger).partitionIndexes(List.of(0)),
                new OffsetFetchRequestTopics().topicId(id).partitionIndexes(List.of(0, 1))),
            BY_ID_VERSION);
    assertThat(fetched.topics())
        .containsExactly(
            new OffsetFetchResponseTopics()
                .topicId(id)
                .partitions(List.of(found(0, 5), nothing(1))),
            new OffsetFetchResponseTopics()
                .topicId(stranger)
                .partitions(List.of(nothing(0).errorCode(ErrorCode.UNKNOWN_TOPIC_ID.code()))));
    assertThat(fetch(null, BY_ID_VERSION).topics())
        .containsExactly(
            new OffsetFetchResponseTopics().topicId(id).partitions(List.of(found(0, 5))));
    assertThat(fetch(0)).isEqualTo(found(0, 5));
  }

  @Test
  void offsets_of_a_deleted_topic_are_not_those_of_the_next_one() {
    // G60
    UUID old = coordination.createTopic(topic, 1);
    OffsetCommitRequest request = commitOf(offset(0, 5));
    request.topics().get(0).topicId(old);
    send(request, BY_ID_VERSION);

    coordination.deleteTopic(topic);
    UUID recreated = coordination.createTopic(topic, 1);

    OffsetFetchResponseGroup fetched =
        fetch(
            List.of(
                new OffsetFetchRequestTopics().topicId(old).partitionIndexes(List.of(0)),
                new OffsetFetchRequestTopics().topicId(recreated).partitionIndexes(List.of(0))),
            BY_ID_VERSION);
    assertThat(fetched.topics())
        .containsExactlyInAnyOrder(
            new OffsetFetchResponseTopics().topicId(recreated).partitions(List.of(nothing(0))),
            new OffsetFetchResponseTopics()
                .topicId(old)
                .partitions(List.of(nothing(0).errorCode(ErrorCode.UNKNOWN_TOPIC_ID.code()))));
    assertThat(send(request, BY_ID_VERSION)).containsExactly(ErrorCode.UNKNOWN_TOPIC_ID);
  }

  @Test
  void generation_of_a_group_that_is_not_there_is_refused() {
    coordination.createTopic(topic, 1);
    OffsetCommitRequest request =
        commitOf(offset(0, 1)).memberId("member").generationIdOrMemberEpoch(3);

    assertThat(send(request, 8)).containsExactly(ErrorCode.ILLEGAL_GENERATION);
    assertThat(send(request, 9)).containsExactly(ErrorCode.GROUP_ID_NOT_FOUND);
    assertThat(send(request.generationIdOrMemberEpoch(-1), 8)).containsExactly(ErrorCode.NONE);
  }

  @Test
  void only_members_of_the_generation_commit_to_a_group_with_members() {
    // G73 L143
    coordination.createTopic(topic, 1);
    assertThat(commit(1)).containsExactly(ErrorCode.NONE);
    Member member = member("a").joinAlone();

    assertThat(commit(2)).containsExactly(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(commitAs(member, 1)).containsExactly(ErrorCode.NONE);
    assertThat(commitAs(member, 2)).containsExactly(ErrorCode.ILLEGAL_GENERATION);
    assertThat(commitAs(member, -1)).containsExactly(ErrorCode.ILLEGAL_GENERATION);
    Member stranger = member("b");
    stranger.id = "nobody";
    assertThat(commitAs(stranger, 1)).containsExactly(ErrorCode.UNKNOWN_MEMBER_ID);
    stranger.asStatic("one");
    assertThat(commitAs(stranger, 1)).containsExactly(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(fetch(0)).isEqualTo(found(0, 7));
  }

  @Test
  void static_member_that_is_replaced_commits_no_more() {
    // G79
    coordination.createTopic(topic, 1);
    Member old = member("a").asStatic("one").joinAlone();
    member("a").asStatic("one").join();

    assertThat(commitAs(old, 1)).containsExactly(ErrorCode.FENCED_INSTANCE_ID);
    old.id = "";
    assertThat(commitAs(old, -1)).containsExactly(ErrorCode.FENCED_INSTANCE_ID);
  }

  @Test
  void members_commit_while_others_join_and_not_while_the_leader_assigns() {
    // G70 L147 L151
    coordination.createTopic(topic, 1);
    Member leader = member("a").joinAlone();
    Member second = member("b").beginJoin();
    leader.awaitRebalance();

    assertThat(commitAs(leader, 1)).containsExactly(ErrorCode.NONE);

    leader.join();
    second.endJoin();
    assertThat(commitAs(leader, 2)).containsExactly(ErrorCode.REBALANCE_IN_PROGRESS);
    assertThat(commitAs(leader, 1)).containsExactly(ErrorCode.ILLEGAL_GENERATION);

    leader.sendSync(Map.of()).await();
    assertThat(commitAs(second, 2)).containsExactly(ErrorCode.NONE);
  }

  @Test
  void offsets_of_a_group_that_is_not_there_are_nothing() {
    coordination.createTopic(topic, 1);

    assertThat(fetch(0)).isEqualTo(nothing(0));
    OffsetFetchResponseGroup all = fetch(null, FETCH_VERSION);
    assertThat(all.errorCode()).isZero();
    assertThat(all.topics()).isEmpty();
  }

  @Test
  void several_groups_are_read_at_once() {
    coordination.createTopic(topic, 1);
    commit(5);
    OffsetFetchRequest request = new OffsetFetchRequest().requireStable(true);
    request.groups().add(new OffsetFetchRequestGroup().groupId("no-" + group).topics(null));
    request.groups().add(new OffsetFetchRequestGroup().groupId(group).topics(null));

    OffsetFetchResponse response = peer.send(request, FETCH_VERSION).await();

    assertThat(response.groups())
        .extracting(OffsetFetchResponseGroup::groupId)
        .containsExactly("no-" + group, group);
    assertThat(response.groups().get(1).topics()).hasSize(1);
  }

  private OffsetDeleteResponse delete(String groupId, int... partitions) {
    OffsetDeleteRequestTopic asked = new OffsetDeleteRequestTopic().name(topic);
    for (int partition : partitions) {
      asked.partitions().add(new OffsetDeleteRequestPartition().partitionIndex(partition));
    }
    OffsetDeleteRequest request = new OffsetDeleteRequest().groupId(groupId);
    request.topics().add(asked);
    return peer.send(request, 0).await();
  }

  private List<ErrorCode> deleted(int... partitions) {
    OffsetDeleteResponse response = delete(group, partitions);
    assertThat(response.errorCode()).isZero();
    return response.topics().get(0).partitions().stream()
        .map(partition -> ErrorCode.of(partition.errorCode()))
        .toList();
  }

  @Test
  void offsets_are_deleted_one_by_one() {
    coordination.createTopic(topic, 2);
    send(commitOf(offset(0, 5), offset(1, 6)), COMMIT_VERSION);

    assertThat(deleted(0, 7))
        .containsExactlyInAnyOrder(ErrorCode.NONE, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(deleted(0)).containsExactly(ErrorCode.NONE);

    assertThat(fetch(0)).isEqualTo(nothing(0));
    assertThat(fetch(1)).isEqualTo(found(1, 6));
    assertThat(delete("no-" + group, 0).errorCode()).isEqualTo(ErrorCode.GROUP_ID_NOT_FOUND.code());
    assertThat(delete("", 0).errorCode()).isEqualTo(ErrorCode.INVALID_GROUP_ID.code());
  }

  @Test
  void offsets_of_a_topic_that_members_read_are_not_deleted() {
    coordination.createTopic(topic, 1);
    Member member = member("a");
    member.topic = topic;
    member.joinAlone();
    assertThat(deleted(0)).containsExactly(ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC);

    member.topic = "another";
    member.join();
    assertThat(deleted(0)).containsExactly(ErrorCode.NONE);
  }

  @Test
  void offsets_of_a_group_that_are_no_consumers_are_not_deleted_while_it_has_members() {
    coordination.createTopic(topic, 1);
    Member worker = member("a");
    worker.protocolType = "connect";
    worker.joinAlone();

    assertThat(delete(group, 0).errorCode()).isEqualTo(ErrorCode.NON_EMPTY_GROUP.code());

    worker.leave();
    assertThat(deleted(0)).containsExactly(ErrorCode.NONE);
  }

  @Test
  void offsets_of_a_group_with_an_empty_id_are_kept_too() {
    coordination.createTopic(topic, 1);

    assertThat(send(commitOf(offset(0, 5)).groupId(""), COMMIT_VERSION))
        .containsExactly(ErrorCode.NONE);

    OffsetFetchRequest request = new OffsetFetchRequest();
    request.groups().add(new OffsetFetchRequestGroup().groupId("").topics(List.of(named(0))));
    assertThat(peer.send(request, FETCH_VERSION).await().groups().get(0).topics().get(0).topicId())
        .isEqualTo(NO_ID);
    assertThat(
            peer.send(request, FETCH_VERSION).await().groups().get(0).topics().get(0).partitions())
        .containsExactly(found(0, 5));
  }
}
