package io.ottla.testkit.internal.group.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ConsumerGroupDescribeRequest;
import io.ottla.protocol.message.ConsumerGroupDescribeResponse;
import io.ottla.protocol.message.ListGroupsRequest;
import io.ottla.protocol.message.OffsetCommitRequest;
import io.ottla.protocol.message.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.ottla.protocol.message.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.ottla.protocol.message.OffsetCommitResponse;
import io.ottla.protocol.message.OffsetFetchRequest;
import io.ottla.protocol.message.OffsetFetchRequest.OffsetFetchRequestGroup;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who may commit and fetch offsets, and how a group is described. */
abstract class OffsetsRules extends Rules {
  private static final int BY_NAME_VERSION = 9;

  OffsetsRules(Side side) {
    super(side);
  }

  private String commit(String member, int epoch, String... partitions) {
    return commit(BY_NAME_VERSION, member, epoch, partitions);
  }

  /** What is answered for each partition, or once for all if that is the same. */
  private String commit(int version, String member, int epoch, String... partitions) {
    OffsetCommitRequest request =
        new OffsetCommitRequest().groupId(group).memberId(member).generationIdOrMemberEpoch(epoch);
    for (String partition : partitions) {
      int dash = partition.lastIndexOf('-');
      request
          .topics()
          .add(
              new OffsetCommitRequestTopic()
                  .name(real(partition.substring(0, dash)))
                  .partitions(
                      List.of(
                          new OffsetCommitRequestPartition()
                              .partitionIndex(Integer.parseInt(partition.substring(dash + 1)))
                              .committedOffset(7)
                              .committedMetadata(""))));
    }
    List<String> errors = new ArrayList<>();
    OffsetCommitResponse answer = side.ask(request, version);
    answer
        .topics()
        .forEach(
            topic -> topic.partitions().forEach(p -> errors.add(Side.error(p.errorCode()).name())));
    return String.join(" ", errors.stream().distinct().toList());
  }

  private String fetch(@Nullable String member, int epoch) {
    return Side.error(
            side.ask(
                    new OffsetFetchRequest()
                        .groups(
                            List.of(
                                new OffsetFetchRequestGroup()
                                    .groupId(group)
                                    .memberId(member)
                                    .memberEpoch(epoch)
                                    .topics(null))),
                    BY_NAME_VERSION)
                .groups()
                .get(0)
                .errorCode())
        .name();
  }

  // L162
  @Test
  void member_commits_and_fetches_in_its_epoch() {
    topic("orders", 1);
    say(join("a", "orders"));

    assertThat(commit("a", 2, "orders-0")).isEqualTo("NONE");
    assertThat(commit("a", 3, "orders-0")).isEqualTo("STALE_MEMBER_EPOCH");
    assertThat(commit("a", 1, "orders-0")).isEqualTo("STALE_MEMBER_EPOCH");
    assertThat(commit("b", 2, "orders-0")).isEqualTo("UNKNOWN_MEMBER_ID");
    assertThat(commit("", -1, "orders-0")).isEqualTo("UNKNOWN_MEMBER_ID");
    assertThat(commit(8, "a", 2, "orders-0")).isEqualTo("UNSUPPORTED_VERSION");
    assertThat(fetch("a", 2)).isEqualTo("NONE");
    assertThat(fetch("a", 3)).isEqualTo("STALE_MEMBER_EPOCH");
    assertThat(fetch("a", 1)).isEqualTo("STALE_MEMBER_EPOCH");
    assertThat(fetch("b", 2)).isEqualTo("UNKNOWN_MEMBER_ID");
    assertThat(fetch(null, -1)).isEqualTo("NONE");
  }

  @Test
  void commit_in_an_older_epoch_is_for_what_the_member_has_had_since() {
    topic("orders", 2);
    topic("refunds", 1);
    say(join("a", "orders")); // epoch 2
    say(join("b", "orders"));
    say(owning("a", 2, "orders-0")); // epoch 3
    say(beat("a", 3).subscribedTopicNames(List.of(real("orders"), real("refunds")))); // epoch 4

    assertThat(state("a")).startsWith("4: orders-0 refunds-0");
    assertThat(commit("a", 2, "orders-0")).isEqualTo("NONE");
    assertThat(commit("a", 3, "orders-0")).isEqualTo("NONE");
    assertThat(commit("a", 3, "refunds-0")).isEqualTo("STALE_MEMBER_EPOCH");
    assertThat(commit("a", 3, "orders-0", "refunds-0")).isEqualTo("STALE_MEMBER_EPOCH");
    assertThat(commit("a", 2, "orders-1")).isEqualTo("STALE_MEMBER_EPOCH");
    assertThat(commit("a", 4, "orders-1")).isEqualTo("NONE"); // the epoch is all that is looked at
    assertThat(commit("a", 1, "orders-0")).isEqualTo("STALE_MEMBER_EPOCH");
  }

  @Test
  void partition_that_is_being_given_up_may_still_be_committed() {
    topic("orders", 2);
    say(join("a", "orders"));
    say(join("b", "orders"));
    assertThat(say(beat("a", 2))).isEqualTo("2: orders-0");

    assertThat(commit("a", 2, "orders-0", "orders-1")).isEqualTo("NONE");
    say(owning("a", 2, "orders-0"));
    say(beat("b", 3));
    assertThat(commit("a", 2, "orders-1")).isEqualTo("STALE_MEMBER_EPOCH");
    assertThat(commit("a", 2, "orders-0")).isEqualTo("NONE");
  }

  @Test
  void static_member_that_came_back_has_always_had_its_partitions() {
    topic("orders", 1);
    say(join("a", "orders").instanceId("i"));
    say(beat("a", -2).instanceId("i"));
    assertThat(say(join("b", "orders").instanceId("i"))).isEqualTo("2: orders-0");

    assertThat(commit("b", 1, "orders-0")).isEqualTo("NONE");
  }

  @Test
  void anybody_commits_for_a_group_without_members() {
    topic("orders", 1);
    say(join("a", "orders"));
    say(beat("a", -1));

    assertThat(commit("", -1, "orders-0")).isEqualTo("NONE");
    assertThat(commit("a", 2, "orders-0")).isEqualTo("UNKNOWN_MEMBER_ID");
  }

  @Test
  void group_that_only_commits_may_be_joined() {
    topic("orders", 1);
    assertThat(commit("", -1, "orders-0")).isEqualTo("NONE");

    assertThat(say(beat("a", 1))).isEqualTo("GROUP_ID_NOT_FOUND");
    assertThat(say(join("a", "orders"))).isEqualTo("2: orders-0");
    assertThat(fetch("a", 2)).isEqualTo("NONE");
  }

  @Test
  void group_is_described_with_its_members() {
    topic("orders", 2);
    say(join("a", "orders").instanceId("i").rackId("r"));
    say(join("b", "orders"));
    say(beat("a", 2).instanceId("i"));

    var described = described();
    assertThat(described.groupId()).isEqualTo(group);
    assertThat(described.assignorName()).isEqualTo("uniform");
    assertThat(described.authorizedOperations()).isEqualTo(Integer.MIN_VALUE);
    var member =
        described.members().stream()
            .filter(m -> m.memberId().equals("a"))
            .findFirst()
            .orElseThrow();
    assertThat(member.instanceId()).isEqualTo("i");
    assertThat(member.rackId()).isEqualTo("r");
    assertThat(member.clientId()).isEqualTo("client");
    assertThat(member.clientHost()).isEqualTo("/127.0.0.1");
    assertThat(member.subscribedTopicNames()).containsExactly(real("orders"));
    assertThat(member.subscribedTopicRegex()).isEqualTo("");
    assertThat(member.memberType()).isEqualTo((byte) 1);
    assertThat(member.assignment().topicPartitions().get(0).topicName()).isEqualTo(real("orders"));
    assertThat(state("a")).isEqualTo("2: orders-0 orders-1 -> orders-0");
  }

  @Test
  void group_is_described_with_all_operations_if_asked() {
    say(join("a"));

    var described = describe(1, true, group);
    assertThat(described.authorizedOperations()).isEqualTo(3400);
    assertThat(described.members().get(0).memberType()).isEqualTo((byte) 1);
    assertThat(describe(0, false, group).members().get(0).memberType()).isEqualTo((byte) -1);
  }

  @Test
  void group_that_is_not_there_is_described_by_an_error() {
    assertThat(Side.error(describe(1, false, group).errorCode()).name())
        .isEqualTo("GROUP_ID_NOT_FOUND");
    assertThat(Side.error(describe(1, false, "").errorCode()).name()).isEqualTo("INVALID_GROUP_ID");
  }

  private ConsumerGroupDescribeResponse.DescribedGroup describe(
      int version, boolean operations, String groupId) {
    return side.ask(
            new ConsumerGroupDescribeRequest()
                .groupIds(List.of(groupId))
                .includeAuthorizedOperations(operations),
            version)
        .groups()
        .get(0);
  }

  @Test
  void group_is_listed_by_type_and_state() {
    say(join("a"));

    var listed =
        side
            .ask(
                new ListGroupsRequest()
                    .typesFilter(List.of("consumer"))
                    .statesFilter(List.of("Stable")),
                5)
            .groups()
            .stream()
            .filter(one -> one.groupId().equals(group))
            .findFirst()
            .orElseThrow();
    assertThat(listed.groupType()).isEqualTo("consumer");
    assertThat(listed.groupState()).isEqualTo("Stable");
    assertThat(listed.protocolType()).isEqualTo("consumer");
  }
}
