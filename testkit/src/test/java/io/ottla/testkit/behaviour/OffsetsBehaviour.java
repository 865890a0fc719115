package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.DeleteTopicsRequest;
import io.ottla.protocol.message.DeleteTopicsRequest.DeleteTopicState;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.OffsetCommitRequest;
import io.ottla.protocol.message.OffsetDeleteRequest;
import io.ottla.protocol.message.OffsetDeleteRequest.OffsetDeleteRequestPartition;
import io.ottla.protocol.message.OffsetDeleteRequest.OffsetDeleteRequestTopic;
import io.ottla.protocol.message.OffsetDeleteResponse;
import io.ottla.protocol.message.OffsetFetchRequest;
import io.ottla.protocol.message.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.ottla.protocol.message.OffsetFetchResponse;
import io.ottla.protocol.message.OffsetFetchResponse.OffsetFetchResponseGroup;
import io.ottla.protocol.message.OffsetFetchResponse.OffsetFetchResponsePartitions;
import io.ottla.protocol.message.OffsetFetchResponse.OffsetFetchResponseTopic;
import io.ottla.protocol.message.OffsetFetchResponse.OffsetFetchResponseTopics;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Offsets that groups have committed. */
abstract class OffsetsBehaviour extends Behaviour {
  private static final int MAX_METADATA = 4096;
  private final String group = uniqueName("group");

  @BeforeEach
  void awaitCoordinator() {
    Coordinators.await(broker(), group);
    Coordinators.awaitLoaded(broker(), group);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 9, 10})
  void each_version_commits(int version) {
    Topic topic = newTopic(2);

    assertThat(commit(topic, 1, 42, "m", version)).isEqualTo(ErrorCode.NONE);

    assertThat(fetch(topic, 1, Offsets.FETCH)).isEqualTo(committed(1, 42, "m"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void each_version_fetches(int version) {
    Topic topic = newTopic(2);
    commit(topic, 1, 42, "m");

    assertThat(fetch(topic, 1, version)).isEqualTo(committed(1, 42, "m"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 10})
  void where_nothing_was_committed_the_offset_is_minus_1(int version) {
    assertThat(fetch(newTopic(1), 0, version)).isEqualTo(committed(0, -1, ""));
  }

  @Test
  void the_latest_commit_holds_even_if_it_goes_back() {
    Topic topic = newTopic(1);
    commit(topic, 0, 42, "later");
    commit(topic, 0, 7, "earlier");

    assertThat(fetch(topic, 0, Offsets.FETCH)).isEqualTo(committed(0, 7, "earlier"));
  }

  @Test
  void metadata_that_is_null_is_empty() {
    Topic topic = newTopic(1);
    commit(topic, 0, 1, null);

    assertThat(fetch(topic, 0, Offsets.FETCH).metadata()).isEmpty();
  }

  @Test
  void metadata_has_a_limit() {
    Topic topic = newTopic(1);

    assertThat(commit(topic, 0, 1, "x".repeat(MAX_METADATA))).isEqualTo(ErrorCode.NONE);
    assertThat(commit(topic, 0, 2, "x".repeat(MAX_METADATA + 1)))
        .isEqualTo(ErrorCode.OFFSET_METADATA_TOO_LARGE);
    assertThat(fetch(topic, 0, Offsets.FETCH).committedOffset()).isEqualTo(1);
  }

  @Test
  void the_leader_epoch_is_kept() {
    Topic topic = newTopic(1);
    OffsetCommitRequest request = Offsets.commit(group, topic, 0, 5, "", Offsets.COMMIT);
    only(only(request.topics()).partitions()).committedLeaderEpoch(3);
    Offsets.send(broker(), request, Offsets.COMMIT);

    assertThat(fetch(topic, 0, Offsets.FETCH).committedLeaderEpoch()).isEqualTo(3);
    assertThat(fetch(topic, 0, 5).committedLeaderEpoch()).isEqualTo(3);
  }

  @Test
  void an_offset_need_not_exist() {
    Topic topic = newTopic(1);

    assertThat(commit(topic, 0, 1_000_000, "")).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void a_topic_that_is_not_there_is_told_by_name_and_by_id() {
    Topic nowhere = new Topic(uniqueName("nowhere"), UUID.randomUUID());

    assertThat(commit(nowhere, 0, 1, "", 9)).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(commit(nowhere, 0, 1, "", 10)).isEqualTo(ErrorCode.UNKNOWN_TOPIC_ID);
    assertThat(error(fetch(nowhere, 0, 10).errorCode())).isEqualTo(ErrorCode.UNKNOWN_TOPIC_ID);
    assertThat(fetch(nowhere, 0, 9)).isEqualTo(committed(0, -1, ""));
  }

  @Test
  void a_partition_that_is_not_there_is_told() {
    Topic topic = newTopic(1);

    assertThat(commit(topic, 7, 1, "", 10)).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(commit(topic, 7, 1, "", 2)).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 7})
  void all_offsets_of_a_group_up_to_version_7(int version) {
    Topic one = newTopic(1);
    Topic other = newTopic(1);
    commit(one, 0, 1, "");
    commit(other, 0, 2, "");

    OffsetFetchResponse answer =
        broker().ask(new OffsetFetchRequest().groupId(group).topics(null), version);

    assertThat(answer.errorCode()).isZero();
    assertThat(answer.topics())
        .extracting(OffsetFetchResponseTopic::name)
        .containsExactlyInAnyOrder(one.name(), other.name());
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 10})
  void all_offsets_of_several_groups_from_version_8_on(int version) {
    Topic topic = newTopic(1);
    commit(topic, 0, 1, "");

    OffsetFetchResponse answer =
        broker()
            .ask(
                new OffsetFetchRequest()
                    .groups(
                        List.of(
                            new OffsetFetchRequestGroup().groupId(group).topics(null),
                            new OffsetFetchRequestGroup()
                                .groupId(uniqueName("empty"))
                                .topics(null))),
                version);

    List<OffsetFetchResponseGroup> groups = answer.groups();
    assertThat(groups).extracting(OffsetFetchResponseGroup::errorCode).containsOnly((short) 0);
    OffsetFetchResponseTopics told = only(groups.get(0).topics());
    assertThat(told.name()).isEqualTo(version < 10 ? topic.name() : "");
    assertThat(told.topicId()).isEqualTo(version < 10 ? NO_ID : topic.id());
    assertThat(groups.get(1).topics()).isEmpty();
  }

  @Test
  void offsets_of_a_deleted_topic_are_forgotten() {
    Topic topic = newTopic(1);
    commit(topic, 0, 1, "");

    broker()
        .ask(
            new DeleteTopicsRequest()
                .timeoutMs(10_000)
                .topics(List.of(new DeleteTopicState().name(null).topicId(topic.id()))));

    eventually(
        () -> {
          OffsetFetchResponse answer =
              broker().ask(new OffsetFetchRequest().groupId(group).topics(null), 7);
          assertThat(answer.topics()).isEmpty();
        });
  }

  // ---- by members

  @Test
  void a_member_commits_in_its_generation() {
    Topic topic = newTopic(1);
    GroupMember member = new GroupMember(anotherConnection(), group).becomeOnlyMember();

    assertThat(commitAs(member.memberId(), 1, topic)).isEqualTo(ErrorCode.NONE);
    assertThat(commitAs(member.memberId(), 2, topic)).isEqualTo(ErrorCode.ILLEGAL_GENERATION);
    assertThat(commitAs(member.memberId(), 0, topic)).isEqualTo(ErrorCode.ILLEGAL_GENERATION);
    assertThat(commitAs("stranger", 1, topic)).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void while_a_group_has_members_nobody_else_commits() {
    Topic topic = newTopic(1);
    new GroupMember(anotherConnection(), group).becomeOnlyMember();

    assertThat(commit(topic, 0, 1, "")).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8, 9, 10})
  void a_member_of_a_group_that_is_not_there_cannot_commit(int version) {
    OffsetCommitRequest request =
        Offsets.commit(group, newTopic(1), 0, 9, "", version)
            .memberId("stranger")
            .generationIdOrMemberEpoch(1);

    assertThat(Offsets.send(broker(), request, version))
        .isEqualTo(version < 9 ? ErrorCode.ILLEGAL_GENERATION : ErrorCode.GROUP_ID_NOT_FOUND);
  }

  @Test
  void between_join_and_sync_a_member_does_not_commit() {
    Topic topic = newTopic(1);
    GroupMember member = new GroupMember(anotherConnection(), group);
    member.join();

    assertThat(commitAs(member.memberId(), 1, topic)).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
  }

  @Test
  void while_others_join_a_member_may_still_commit() {
    Topic topic = newTopic(1);
    GroupMember member = new GroupMember(anotherConnection(), group).becomeOnlyMember();
    GroupMember other = new GroupMember(anotherConnection(), group);
    other.beginJoin();
    eventually(() -> assertThat(member.heartbeat()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS));

    assertThat(commitAs(member.memberId(), 1, topic)).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void who_has_left_does_not_commit_and_what_was_committed_stays() {
    Topic topic = newTopic(1);
    GroupMember member = new GroupMember(anotherConnection(), group).becomeOnlyMember();
    commitAs(member.memberId(), 1, topic);
    member.leave();

    assertThat(commitAs(member.memberId(), 1, topic)).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(fetch(topic, 0, Offsets.FETCH).committedOffset()).isEqualTo(9);
  }

  // ---- deleting

  @Test
  void single_offsets_can_be_deleted() {
    Topic topic = newTopic(2);
    commit(topic, 0, 1, "");
    commit(topic, 1, 2, "");

    OffsetDeleteResponse answer = delete(topic, 0);

    assertThat(answer.errorCode()).isZero();
    assertThat(only(only(answer.topics()).partitions()).errorCode()).isZero();
    assertThat(fetch(topic, 0, Offsets.FETCH).committedOffset()).isEqualTo(-1);
    assertThat(fetch(topic, 1, Offsets.FETCH).committedOffset()).isEqualTo(2);
  }

  @Test
  void offsets_of_a_group_that_is_not_there_cannot_be_deleted() {
    assertThat(delete(newTopic(1), 0))
        .isEqualTo(new OffsetDeleteResponse().errorCode(ErrorCode.GROUP_ID_NOT_FOUND.code()));
  }

  private OffsetDeleteResponse delete(Topic topic, int partition) {
    return broker()
        .ask(
            new OffsetDeleteRequest()
                .groupId(group)
                .topics(
                    List.of(
                        new OffsetDeleteRequestTopic()
                            .name(topic.name())
                            .partitions(
                                List.of(
                                    new OffsetDeleteRequestPartition()
                                        .partitionIndex(partition))))));
  }

  private ErrorCode commitAs(String memberId, int generation, Topic topic) {
    OffsetCommitRequest request =
        Offsets.commit(group, topic, 0, 9, "", Offsets.COMMIT)
            .memberId(memberId)
            .generationIdOrMemberEpoch(generation);
    return Offsets.send(broker(), request, Offsets.COMMIT);
  }

  private ErrorCode commit(Topic topic, int partition, long offset, @Nullable String text) {
    return commit(topic, partition, offset, text, Offsets.COMMIT);
  }

  private ErrorCode commit(
      Topic topic, int partition, long offset, @Nullable String metadata, int version) {
    return Offsets.send(
        broker(), Offsets.commit(group, topic, partition, offset, metadata, version), version);
  }

  private OffsetFetchResponsePartitions fetch(Topic topic, int partition, int version) {
    return Offsets.committed(broker(), Offsets.fetch(group, topic, partition, version), version);
  }

  private static OffsetFetchResponsePartitions committed(
      int partition, long offset, String metadata) {
    return new OffsetFetchResponsePartitions()
        .partitionIndex(partition)
        .committedOffset(offset)
        .committedLeaderEpoch(-1)
        .metadata(metadata);
  }
}
