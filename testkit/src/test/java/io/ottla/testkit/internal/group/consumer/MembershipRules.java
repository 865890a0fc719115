package io.ottla.testkit.internal.group.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ConsumerGroupHeartbeatRequest;
import io.ottla.protocol.message.ConsumerGroupHeartbeatResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is a member, and what a heartbeat must say. */
abstract class MembershipRules extends Rules {
  MembershipRules(Side side) {
    super(side);
  }

  @Test
  void first_member_is_told_its_id_epoch_interval_and_partitions() {
    topic("orders", 2);

    ConsumerGroupHeartbeatResponse answer = side.ask(join("a", "orders"), 1);

    assertThat(answer.memberId()).isEqualTo("a");
    assertThat(answer.heartbeatIntervalMs()).isEqualTo(5_000); // L159
    assertThat(answer.memberEpoch()).isEqualTo(2);
    assertThat(state("a")).isEqualTo("2: orders-0 orders-1 -> orders-0 orders-1");
    assertThat(say(beat("a", 2))).isEqualTo("2");
  }

  @Test
  void member_without_id_is_given_one_in_version_0_only() {
    topic("orders", 1);

    ConsumerGroupHeartbeatResponse answer = side.ask(join("", "orders"), 0);

    assertThat(answer.memberId()).hasSize(22);
    assertThat(say(beat(String.valueOf(answer.memberId()), 2), 0)).isEqualTo("2");
    assertThat(say(join("", "orders"))).isEqualTo("INVALID_REQUEST");
  }

  @Test
  void request_must_be_right_in_itself() {
    assertThat(say(join("a").groupId(""))).isEqualTo("INVALID_REQUEST");
    assertThat(say(join(" "))).isEqualTo("INVALID_REQUEST");
    assertThat(say(join("a").instanceId(""))).isEqualTo("INVALID_REQUEST");
    assertThat(say(join("a").rackId(""))).isEqualTo("INVALID_REQUEST");
    assertThat(say(join("a").rebalanceTimeoutMs(-1))).isEqualTo("INVALID_REQUEST");
    assertThat(say(join("a").topicPartitions(null))).isEqualTo("INVALID_REQUEST");
    assertThat(say(join("a").topicPartitions(List.of(somePartition()))))
        .isEqualTo("INVALID_REQUEST");
    assertThat(say(join("a").subscribedTopicNames(null))).isEqualTo("INVALID_REQUEST");
    assertThat(say(beat("a", -2))).isEqualTo("INVALID_REQUEST");
    assertThat(say(beat("a", -3))).isEqualTo("INVALID_REQUEST");
    assertThat(say(beat("", 1), 0)).isEqualTo("INVALID_REQUEST");
    assertThat(say(beat("", -1), 0)).isEqualTo("INVALID_REQUEST");
    assertThat(say(join("a").serverAssignor("sticky"))).isEqualTo("UNSUPPORTED_ASSIGNOR");
    assertThat(described().errorCode()).isEqualTo((short) 69); // none of these made a group
  }

  private static ConsumerGroupHeartbeatRequest.TopicPartitions somePartition() {
    return new ConsumerGroupHeartbeatRequest.TopicPartitions().partitions(List.of(0));
  }

  @Test
  void member_may_want_nothing() {
    assertThat(say(join("a"))).isEqualTo("1:");
    assertThat(state()).isEqualTo("Stable 1/1");
    assertThat(say(join("b").subscribedTopicNames(null).subscribedTopicRegex(""))).isEqualTo("1:");
  }

  // L161
  @Test
  void group_and_member_must_be_known_but_to_whoever_joins() {
    topic("orders", 1);

    assertThat(say(beat("a", 1))).isEqualTo("GROUP_ID_NOT_FOUND");
    assertThat(say(beat("a", -1))).isEqualTo("GROUP_ID_NOT_FOUND");
    assertThat(say(join("a", "orders"))).isEqualTo("2: orders-0");
    assertThat(say(beat("b", 2))).isEqualTo("UNKNOWN_MEMBER_ID");
    assertThat(say(beat("b", -1))).isEqualTo("UNKNOWN_MEMBER_ID");
  }

  @Test
  void member_that_leaves_is_forgotten_and_the_group_stays() {
    topic("orders", 1);
    say(join("a", "orders"));

    assertThat(say(beat("a", -1))).isEqualTo("-1");
    assertThat(say(beat("a", 2))).isEqualTo("UNKNOWN_MEMBER_ID");
    assertThat(state()).isEqualTo("Empty 3/2");
    assertThat(say(join("a", "orders"))).isEqualTo("4: orders-0");
  }

  // G86, L157
  @Test
  void member_epoch_must_be_the_member_s() {
    topic("orders", 1);
    say(join("a", "orders"));

    assertThat(say(beat("a", 1))).isEqualTo("FENCED_MEMBER_EPOCH");
    assertThat(say(beat("a", 3))).isEqualTo("FENCED_MEMBER_EPOCH");
    assertThat(say(beat("a", 2))).isEqualTo("2");
  }

  // G86
  @Test
  void member_that_joins_again_has_what_it_had() {
    topic("orders", 2);
    say(join("a", "orders"));

    assertThat(say(join("a", "orders"))).isEqualTo("2: orders-0 orders-1");
    assertThat(state()).isEqualTo("Stable 2/2");
  }

  @Test
  void whoever_may_have_missed_the_answer_may_say_the_epoch_before() {
    topic("orders", 1);
    say(join("a", "orders"));
    say(join("b", "orders"));
    assertThat(say(beat("a", 2))).isEqualTo("3");

    assertThat(say(beat("a", 2))).isEqualTo("FENCED_MEMBER_EPOCH");
    assertThat(say(owning("a", 2, "orders-0"))).isEqualTo("3");
    assertThat(say(owning("a", 2))).isEqualTo("3");
    assertThat(say(owning("b", 2, "orders-0"))).isEqualTo("FENCED_MEMBER_EPOCH");
  }

  @Test
  void full_request_is_answered_in_full() {
    topic("orders", 1);
    say(join("a", "orders"));

    assertThat(say(join("a", "orders").memberEpoch(2))).isEqualTo("2: orders-0");
    assertThat(say(join("a", "orders").memberEpoch(2).rebalanceTimeoutMs(-1))).isEqualTo("2");
    assertThat(say(join("a", "orders").memberEpoch(2).topicPartitions(null))).isEqualTo("2");
  }

  @Test
  void full_group_lets_nobody_else_in() {
    for (int i = 0; i < MAX_SIZE; i++) {
      say(join("member-" + i));
    }

    assertThat(say(join("one-too-many"))).isEqualTo("GROUP_MAX_SIZE_REACHED");
    assertThat(say(join("member-0"))).isEqualTo("1:");
    say(beat("member-0", -1));
    assertThat(say(join("one-too-many"))).endsWith(":");
  }

  // Static members; L132

  @Test
  void instance_id_is_free_only_once_its_member_has_left() {
    topic("orders", 1);
    assertThat(say(join("a", "orders").instanceId("i"))).isEqualTo("2: orders-0");

    assertThat(say(join("b", "orders").instanceId("i"))).isEqualTo("UNRELEASED_INSTANCE_ID");
    assertThat(say(join("a", "orders").instanceId("i"))).isEqualTo("UNRELEASED_INSTANCE_ID");
    assertThat(say(beat("a", 2).instanceId("i"))).isEqualTo("2");
  }

  @Test
  void static_member_that_comes_back_under_another_id_has_what_it_had() {
    topic("orders", 2);
    say(join("a", "orders").instanceId("i"));

    assertThat(say(beat("a", -2).instanceId("i"))).isEqualTo("-2");
    assertThat(state()).isEqualTo("Reconciling 2/2");
    assertThat(state("a")).isEqualTo("-2: orders-0 orders-1 -> orders-0 orders-1");
    assertThat(say(join("b", "orders").instanceId("i"))).isEqualTo("2: orders-0 orders-1");
    assertThat(state()).isEqualTo("Stable 2/2");
    assertThat(say(beat("a", 2).instanceId("i"))).isEqualTo("FENCED_INSTANCE_ID");
    assertThat(say(beat("a", -1).instanceId("i"))).isEqualTo("FENCED_INSTANCE_ID");
    assertThat(say(beat("a", 2))).isEqualTo("UNKNOWN_MEMBER_ID");
  }

  @Test
  void static_member_that_is_away_cannot_go_on() {
    topic("orders", 1);
    say(join("a", "orders").instanceId("i"));
    say(beat("a", -2).instanceId("i"));

    assertThat(say(beat("a", 2).instanceId("i"))).isEqualTo("FENCED_MEMBER_EPOCH");
    assertThat(say(join("a", "orders").instanceId("i"))).isEqualTo("2: orders-0");
  }

  @Test
  void static_member_may_leave_for_good() {
    topic("orders", 1);
    say(join("a", "orders").instanceId("i"));

    assertThat(say(beat("a", -1).instanceId("j"))).isEqualTo("UNKNOWN_MEMBER_ID");
    assertThat(say(beat("a", -1).instanceId("i"))).isEqualTo("-1");
    assertThat(say(beat("a", -2).instanceId("i"))).isEqualTo("UNKNOWN_MEMBER_ID");
    assertThat(state()).isEqualTo("Empty 3/2");
    assertThat(say(join("b", "orders").instanceId("i"))).isEqualTo("4: orders-0");
  }
}
