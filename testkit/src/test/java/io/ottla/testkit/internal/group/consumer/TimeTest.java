package io.ottla.testkit.internal.group.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens when members are late, and what must wait for time to pass. */
final class TimeTest {
  private static final int SESSION = 45_000;

  private final Scene scene = new Scene();

  private void given(String topic, int partitions) {
    scene.topics.create(topic, partitions);
  }

  @Test
  void silent_member_is_removed_after_the_session_timeout() {
    given("orders", 1);
    scene.heartbeat(Scene.join("a", "orders"));
    scene.heartbeat(Scene.join("b", "orders"));

    scene.timers.advance(SESSION - 1);
    scene.heartbeat(Scene.beat("a", 2));
    scene.timers.advance(1);

    assertThat(scene.view().members()).containsOnlyKeys("a");
    assertThat(Scene.error(scene.heartbeat(Scene.beat("b", 3))))
        .isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    scene.timers.advance(SESSION);
    assertThat(scene.view().state()).isEqualTo(GroupState.EMPTY);
    assertThat(scene.timers.waiting()).isZero();
  }

  @Test
  void partitions_of_a_silent_member_go_to_the_others() {
    given("orders", 2);
    scene.heartbeat(Scene.join("a", "orders"));
    scene.timers.advance(SESSION / 2);
    scene.heartbeat(Scene.join("b", "orders"));
    scene.timers.advance(SESSION / 2);

    assertThat(scene.assigned(scene.heartbeat(Scene.beat("b", 3))))
        .containsExactly("orders-0", "orders-1");
  }

  // G86: Test848PartitionHandoffNoDuplicates, ...RebalanceTimeout
  @Test
  void member_that_keeps_what_it_must_give_up_is_removed_after_its_rebalance_timeout() {
    given("orders", 2);
    scene.settings.consumerSessionTimeoutMs(10 * Scene.REBALANCE_TIMEOUT);
    scene.heartbeat(Scene.join("a", "orders"));
    scene.heartbeat(Scene.join("b", "orders"));
    assertThat(scene.assigned(scene.heartbeat(Scene.beat("a", 2)))).containsExactly("orders-0");

    scene.timers.advance(Scene.REBALANCE_TIMEOUT - 1);
    scene.heartbeat(scene.owning("a", 2, "orders-0", "orders-1"));
    assertThat(scene.assigned(scene.heartbeat(Scene.beat("b", 3)))).isNull();
    scene.timers.advance(1);

    assertThat(Scene.error(scene.heartbeat(Scene.beat("a", 2))))
        .isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(scene.assigned(scene.heartbeat(Scene.beat("b", 3))))
        .containsExactly("orders-0", "orders-1");
  }

  @Test
  void member_that_gave_up_in_time_is_not_removed() {
    given("orders", 2);
    scene.settings.consumerSessionTimeoutMs(10 * Scene.REBALANCE_TIMEOUT);
    scene.heartbeat(Scene.join("a", "orders"));
    scene.heartbeat(Scene.join("b", "orders"));
    scene.heartbeat(Scene.beat("a", 2));
    scene.heartbeat(scene.owning("a", 2, "orders-0"));

    scene.timers.advance(2 * Scene.REBALANCE_TIMEOUT);

    assertThat(scene.view().members()).containsOnlyKeys("a", "b");
  }

  @Test
  void rebalance_timeout_does_not_count_for_a_static_member_that_is_away() {
    given("orders", 2);
    scene.settings.consumerSessionTimeoutMs(10 * Scene.REBALANCE_TIMEOUT);
    scene.heartbeat(Scene.join("a", "orders").instanceId("i"));
    scene.heartbeat(Scene.join("b", "orders"));
    scene.heartbeat(Scene.beat("a", 2).instanceId("i"));
    scene.heartbeat(Scene.beat("a", -2).instanceId("i"));

    scene.timers.advance(Scene.REBALANCE_TIMEOUT);

    assertThat(scene.view().members()).containsOnlyKeys("a", "b");
    assertThat(scene.assigned(scene.heartbeat(Scene.join("c", "orders").instanceId("i"))))
        .containsExactly("orders-0");
  }

  @Test
  void static_member_that_stays_away_is_removed_after_the_session_timeout() {
    given("orders", 1);
    scene.heartbeat(Scene.join("a", "orders").instanceId("i"));
    scene.heartbeat(Scene.beat("a", -2).instanceId("i"));

    scene.timers.advance(SESSION);

    assertThat(scene.view().members()).isEmpty();
  }

  @Test
  void target_is_computed_no_more_often_than_the_interval_allows() {
    given("orders", 2);
    scene.settings.consumerAssignmentIntervalMs(1_000);
    scene.heartbeat(Scene.join("a", "orders"));

    assertThat(scene.assigned(scene.heartbeat(Scene.join("b", "orders")))).isEmpty();
    assertThat(scene.view().state()).isEqualTo(GroupState.ASSIGNING);
    assertThat(scene.member("b").epoch()).isEqualTo(2);
    scene.timers.advance(999);
    scene.heartbeat(Scene.beat("a", 2));
    assertThat(scene.view().targetEpoch()).isEqualTo(2);
    scene.timers.advance(1);
    scene.heartbeat(Scene.beat("a", 2));
    assertThat(scene.view().targetEpoch()).isEqualTo(3);
  }

  @Test
  void new_topic_is_matched_when_the_last_look_is_ten_seconds_past() {
    given("orders-eu", 1);
    scene.heartbeat(Scene.join("a").subscribedTopicNames(null).subscribedTopicRegex("orders-.*"));
    scene.timers.advance(0);
    assertThat(scene.assigned(scene.heartbeat(Scene.beat("a", 1)))).containsExactly("orders-eu-0");
    given("orders-us", 1);

    scene.timers.advance(10_000);
    scene.heartbeat(Scene.beat("a", 2));
    scene.timers.advance(0);
    assertThat(scene.view().epoch()).isEqualTo(2);
    scene.timers.advance(1);
    scene.heartbeat(Scene.beat("a", 2));
    scene.timers.advance(0);

    assertThat(scene.assigned(scene.heartbeat(Scene.beat("a", 2))))
        .containsExactly("orders-eu-0", "orders-us-0");
  }

  @Test
  void look_that_finds_what_was_there_raises_nothing() {
    given("orders-eu", 1);
    scene.heartbeat(Scene.join("a").subscribedTopicNames(null).subscribedTopicRegex("orders-.*"));
    scene.timers.advance(0);
    scene.heartbeat(Scene.beat("a", 1));
    given("refunds", 1);

    scene.timers.advance(10_001);
    scene.heartbeat(Scene.beat("a", 2));
    scene.timers.advance(0);

    assertThat(scene.view().epoch()).isEqualTo(2);
  }

  @Test
  void topic_that_is_gone_no_longer_matches() {
    given("orders-eu", 1);
    scene.heartbeat(Scene.join("a").subscribedTopicNames(List.of()).subscribedTopicRegex(".*"));
    scene.timers.advance(0);
    scene.heartbeat(Scene.beat("a", 1));
    scene.topics.delete("orders-eu");

    assertThat(scene.assigned(scene.heartbeat(Scene.beat("a", 2)))).isEmpty();
  }

  @Test
  void moved_coordinator_waits_for_everybody_anew() {
    given("orders", 1);
    scene.heartbeat(Scene.join("a", "orders"));
    scene.timers.advance(SESSION - 1);

    scene.coordinator.moved(Scene.GROUP);
    scene.timers.advance(SESSION - 1);
    assertThat(scene.view().members()).containsOnlyKeys("a");
    scene.timers.advance(1);

    assertThat(scene.view().members()).isEmpty();
  }

  @Test
  void deleted_group_waits_for_nobody() {
    given("orders", 1);
    scene.heartbeat(Scene.join("a", "orders"));
    ConsumerGroup group = scene.group();

    scene.coordinator.delete(group);

    assertThat(group.stateName()).isEqualTo("Dead");
    assertThat(scene.timers.waiting()).isZero();
  }
}
