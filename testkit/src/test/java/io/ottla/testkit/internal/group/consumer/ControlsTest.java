package io.ottla.testkit.internal.group.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.group.GroupType;
import org.junit.jupiter.api.Test;

/** What tests can do to a group from outside. */
final class ControlsTest {
  private final Scene scene = new Scene();

  ControlsTest() {
    scene.topics.create("orders", 2);
    scene.heartbeat(Scene.join("a", "orders"));
  }

  // G86: Test848...FencedEpochRecovery
  @Test
  void fenced_member_must_join_again_and_has_what_it_had() {
    assertThat(scene.group().fence("a")).isTrue();

    assertThat(Scene.error(scene.heartbeat(Scene.beat("a", 2))))
        .isEqualTo(ErrorCode.FENCED_MEMBER_EPOCH);
    assertThat(Scene.error(scene.heartbeat(scene.owning("a", 2, "orders-0"))))
        .isEqualTo(ErrorCode.FENCED_MEMBER_EPOCH);
    assertThat(scene.assigned(scene.heartbeat(Scene.join("a", "orders"))))
        .containsExactly("orders-0", "orders-1");
    assertThat(scene.view().state()).isEqualTo(GroupState.STABLE);
    assertThat(scene.group().fence("nobody")).isFalse();
  }

  @Test
  void expired_member_is_unknown() {
    assertThat(scene.group().expire("a")).isTrue();

    assertThat(Scene.error(scene.heartbeat(Scene.beat("a", 2))))
        .isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(scene.group().expire("a")).isFalse();
  }

  @Test
  void forced_rebalance_moves_every_member_to_a_new_epoch() {
    scene.group().rebalance("because");

    assertThat(scene.view().state()).isEqualTo(GroupState.ASSIGNING);
    assertThat(scene.heartbeat(Scene.beat("a", 2)).memberEpoch()).isEqualTo(3);
    assertThat(scene.view().state()).isEqualTo(GroupState.STABLE);
  }

  @Test
  void target_and_current_assignment_can_be_looked_at() {
    scene.heartbeat(Scene.join("b", "orders"));
    scene.heartbeat(Scene.beat("a", 2));

    GroupView view = scene.view();
    assertThat(view.epoch()).isEqualTo(3);
    assertThat(view.assignor()).isEqualTo("uniform");
    GroupView.MemberView a = scene.member("a");
    assertThat(a.state()).isEqualTo(MemberState.UNREVOKED_PARTITIONS);
    assertThat(a.assigned()).containsExactly(scene.partition("orders-0"));
    assertThat(a.pendingRevocation()).containsExactly(scene.partition("orders-1"));
    assertThat(a.target()).containsExactly(scene.partition("orders-0"));
    GroupView.MemberView b = scene.member("b");
    assertThat(b.state()).isEqualTo(MemberState.UNRELEASED_PARTITIONS);
    assertThat(b.assigned()).isEmpty();
    assertThat(b.target()).containsExactly(scene.partition("orders-1"));
  }

  @Test
  void broker_that_does_not_coordinate_says_so() {
    scene.coordination = ErrorCode.NOT_COORDINATOR;

    assertThat(Scene.error(scene.heartbeat(Scene.beat("a", 2))))
        .isEqualTo(ErrorCode.NOT_COORDINATOR);
    assertThat(Scene.error(scene.describe(1).errorCode())).isEqualTo(ErrorCode.NOT_COORDINATOR);
  }

  @Test
  void registry_knows_the_group_for_what_it_is() {
    ConsumerGroup group = scene.group();

    assertThat(group.type()).isEqualTo(GroupType.CONSUMER);
    assertThat(group.protocolType()).isEqualTo("consumer");
    assertThat(group.hasMember("a")).isTrue();
    assertThat(group.isSubscribedTo("orders")).isTrue();
    assertThat(group.isSubscribedTo("refunds")).isFalse();
    assertThat(group.checkDelete()).isEqualTo(ErrorCode.NON_EMPTY_GROUP);
    scene.leave("a");
    assertThat(group.checkDelete()).isEqualTo(ErrorCode.NONE);
    assertThat(group.isSubscribedTo("orders")).isFalse();
    assertThat(scene.groups.find("another")).isNull();
  }

  // L163
  @Test
  void five_hundred_members_without_ids_are_given_different_ones() {
    for (int i = 0; i < 500; i++) {
      Scene.ask(scene.groups::heartbeat, Scene.join("", "orders"), 0);
    }

    assertThat(scene.view().members()).hasSize(501);
  }
}
