package io.ottla.testkit.internal.group.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How partitions come to members, and from one to another. */
abstract class ReconciliationRules extends Rules {
  ReconciliationRules(Side side) {
    super(side);
  }

  // G86
  @Test
  void partition_is_given_up_before_it_is_given_on() {
    topic("orders", 3);
    assertThat(say(join("a", "orders"))).isEqualTo("2: orders-0 orders-1 orders-2");

    assertThat(say(join("b", "orders"))).isEqualTo("3:");
    assertThat(state()).isEqualTo("Reconciling 3/3");
    assertThat(state("b")).isEqualTo("3: -> orders-2");
    assertThat(say(beat("a", 2))).isEqualTo("2: orders-0 orders-1");
    // It is still the member's to answer for.
    assertThat(state("a")).isEqualTo("2: orders-0 orders-1 orders-2 -> orders-0 orders-1");
    assertThat(say(beat("b", 3))).isEqualTo("3");
    assertThat(say(beat("a", 2))).isEqualTo("2");
    assertThat(say(owning("a", 2, "orders-0", "orders-1", "orders-2"))).isEqualTo("2");
    assertThat(say(owning("a", 2, "orders-0", "orders-1"))).isEqualTo("3");
    assertThat(say(beat("b", 3))).isEqualTo("3: orders-2");
    assertThat(state()).isEqualTo("Stable 3/3");
  }

  @Test
  void member_that_reports_without_what_it_loses_needs_no_second_step() {
    topic("orders", 2);
    say(join("a", "orders"));
    say(join("b", "orders"));

    assertThat(say(owning("a", 2, "orders-0"))).isEqualTo("3: orders-0");
    assertThat(say(beat("b", 3))).isEqualTo("3: orders-1");
  }

  @Test
  void partitions_of_a_member_that_left_go_to_those_who_stay() {
    topic("orders", 2);
    say(join("a", "orders"));
    say(join("b", "orders"));
    say(owning("a", 2, "orders-0"));
    say(beat("b", 3));

    assertThat(say(beat("b", -1))).isEqualTo("-1");
    assertThat(state()).isEqualTo("Assigning 4/3");
    assertThat(say(beat("a", 3))).isEqualTo("4: orders-0 orders-1");
  }

  @Test
  void member_in_revocation_is_not_hurried_by_a_newer_target() {
    topic("orders", 4);
    say(join("a", "orders"));
    say(join("b", "orders"));
    assertThat(say(beat("a", 2))).isEqualTo("2: orders-0 orders-1");
    say(join("c", "orders"));

    assertThat(say(beat("a", 2))).isEqualTo("2");
    // What it gave up is two; the target of now leaves it those it kept.
    assertThat(say(owning("a", 2, "orders-0", "orders-1"))).startsWith("4");
    assertThat(state()).isEqualTo("Reconciling 4/4");
  }

  @Test
  void member_that_wants_less_loses_it_at_once() {
    topic("orders", 1);
    topic("refunds", 1);
    assertThat(say(join("a", "orders", "refunds"))).isEqualTo("2: orders-0 refunds-0");

    assertThat(say(beat("a", 2).subscribedTopicNames(List.of(real("orders")))))
        .isEqualTo("2: orders-0");
    assertThat(state("a")).isEqualTo("2: orders-0 refunds-0 -> orders-0");
    assertThat(say(owning("a", 2, "orders-0"))).isEqualTo("3");
    assertThat(say(beat("a", 3).subscribedTopicNames(List.of()))).isEqualTo("3:");
    assertThat(say(owning("a", 3))).isEqualTo("4");
  }

  @Test
  void partition_that_was_given_up_in_vain_comes_back_at_once() {
    topic("orders", 2);
    say(join("a", "orders"));
    say(join("b", "orders"));
    assertThat(say(beat("a", 2))).isEqualTo("2: orders-0");
    say(beat("b", -1));

    assertThat(say(owning("a", 2, "orders-0"))).isEqualTo("4: orders-0 orders-1");
    assertThat(state()).isEqualTo("Stable 4/4");
  }

  // L160
  @Test
  void quick_change_of_mind_moves_nothing() {
    topic("orders", 1);
    topic("refunds", 1);
    say(join("a", "orders"));

    assertThat(say(beat("a", 2).subscribedTopicNames(List.of(real("orders"), real("refunds")))))
        .isEqualTo("3: orders-0 refunds-0");
    assertThat(say(owning("a", 3, "orders-0").subscribedTopicNames(List.of(real("orders")))))
        .isEqualTo("4: orders-0");
  }

  @Test
  void topic_that_comes_grows_and_goes_raises_the_epoch() {
    topic("orders", 1);
    assertThat(say(join("a", "orders", "never-made"))).isEqualTo("2: orders-0");

    side.growTopic(real("orders"), 3);
    assertThat(say(beat("a", 2))).isEqualTo("3: orders-0 orders-1 orders-2");
    side.deleteTopic(real("orders"));
    assertThat(say(beat("a", 3))).isEqualTo("3:");
    assertThat(state()).isEqualTo("Reconciling 4/4");
    assertThat(say(owning("a", 3))).isEqualTo("4");
    assertThat(state()).isEqualTo("Stable 4/4");
  }

  @Test
  void topic_that_is_made_later_is_assigned_at_the_next_heartbeat() {
    assertThat(say(join("a", "late." + group))).isEqualTo("2:");
    lateTopic("late." + group);

    assertThat(say(beat("a", 2))).isEqualTo("3: late-0");
  }

  @Test
  void assignor_is_the_one_that_most_members_ask_for() {
    topic("orders", 4);
    topic("refunds", 4);
    say(join("a", "orders", "refunds").serverAssignor("range"));
    assertThat(described().assignorName()).isEqualTo("range");
    say(join("b", "orders", "refunds").serverAssignor("range"));

    assertThat(state("a")).endsWith("-> orders-0 orders-1 refunds-0 refunds-1");
    assertThat(state("b")).endsWith("-> orders-2 orders-3 refunds-2 refunds-3");
    assertThat(say(join("c").serverAssignor("uniform"))).startsWith("3");
    assertThat(described().assignorName()).isEqualTo("range");
    say(beat("a", -1));
    say(beat("b", -1));
    assertThat(described().assignorName()).isEqualTo("uniform");
  }

  // Patterns.

  @Test
  void pattern_is_matched_after_the_heartbeat_that_brought_it() {
    topic("orders", 2);
    String pattern = "ord.*" + real("orders").substring("orders".length());
    assertThat(say(join("a").subscribedTopicNames(null).subscribedTopicRegex(pattern)))
        .isEqualTo("1:");

    side.awaitMatches(group);
    assertThat(state()).isEqualTo("Assigning 2/1");
    assertThat(say(beat("a", 1))).isEqualTo("2: orders-0 orders-1");
    assertThat(say(join("b").subscribedTopicNames(null).subscribedTopicRegex(pattern)))
        .isEqualTo("3:");
    assertThat(say(beat("a", 2))).isEqualTo("2: orders-0");
    assertThat(say(beat("a", 2).subscribedTopicRegex(""))).isEqualTo("2:");
    assertThat(say(owning("a", 2))).isEqualTo("4");
    assertThat(say(beat("b", 3))).isEqualTo("4: orders-0 orders-1");
  }

  @Test
  void pattern_must_be_re2() {
    assertThat(say(join("a").subscribedTopicRegex("ord(ers")))
        .isEqualTo("INVALID_REGULAR_EXPRESSION");
    assertThat(say(join("a").subscribedTopicRegex("(?!ord)ers")))
        .isEqualTo("INVALID_REGULAR_EXPRESSION");
    assertThat(described().errorCode()).isEqualTo((short) 69);
  }
}
