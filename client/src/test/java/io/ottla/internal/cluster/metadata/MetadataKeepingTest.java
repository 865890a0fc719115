package io.ottla.internal.cluster.metadata;

import static io.ottla.internal.cluster.metadata.Answers.OTHER_ID;
import static io.ottla.internal.cluster.metadata.Answers.answer;
import static io.ottla.internal.cluster.metadata.Answers.broker;
import static io.ottla.internal.cluster.metadata.Answers.led;
import static io.ottla.internal.cluster.metadata.Answers.orders;
import static io.ottla.internal.cluster.metadata.Answers.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.internal.cluster.metadata.LeaderHints.Hint;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.testkit.scenario.Scenario;
import io.ottla.watch.Warnings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is known ages, is forgotten, is hinted at, and begins anew. */
final class MetadataKeepingTest extends MetadataTestBase {
  @Test
  void what_is_old_is_asked_for_again_in_one_question() {
    topics("orders");
    brokers.answer(ORDERS);
    topics("others");
    brokers.answer(answer(topic("others", OTHER_ID, led(0, 1, 1))));

    use("orders", "others");
    loop.pass(Duration.ofSeconds(239).toNanos());
    assertThat(brokers.isAsked()).isFalse();
    use("orders", "others");
    millisUntilAsked();

    assertThat(brokers.topics()).containsExactly("orders", "others");
    assertThat(Duration.ofNanos(loop.nanoTime()))
        .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6));
    brokers.answer(answer(orders(led(0, 1, 5)), topic("others", OTHER_ID, led(0, 1, 1))));
    assertThat(brokers.isAsked()).isFalse();
  }

  @Test
  void what_nobody_uses_is_forgotten_and_asked_for_no_more() {
    topics("orders", "others");
    brokers.answer(answer(orders(led(0, 1, 5)), topic("others", OTHER_ID, led(0, 1, 1))));

    for (int i = 0; i < 40; i++) {
      use("orders");
      if (brokers.isAsked()) {
        brokers.answer(ORDERS);
      }
      loop.pass(Duration.ofSeconds(15).toNanos());
    }
    assertThat(metadata.view().topics()).extracting(TopicView::name).containsExactly("orders");

    answerFor(Duration.ofMinutes(15), ORDERS);
    assertThat(metadata.view().topics()).isEmpty();
    assertThat(loop.timers()).isZero();
    assertThat(topics("orders")).isNotDone();
  }

  @Test
  void a_topic_is_forgotten_on_request() {
    topics("orders");
    brokers.answer(ORDERS);

    metadata.forget("orders");

    assertThat(metadata.view().topic("orders")).isNull();
    assertThat(brokers.isAsked()).isFalse();
  }

  @Test
  @Scenario({"L172", "G94"})
  void a_hint_wakes_who_listens_and_who_waits_and_is_confirmed() {
    List<PartitionChange> heard = new ArrayList<>();
    topics("orders");
    brokers.answer(ORDERS);
    metadata.onChange((now, changes) -> heard.addAll(changes));
    metadata.complain("orders", 0, metadata.view().generation(), "NOT_LEADER_OR_FOLLOWER");
    CompletableFuture<ClusterView> wanted = leader("orders", 0);

    metadata.hint(
        new LeaderHints(
            List.of(new Hint("orders", 0, 4, 6)),
            List.of(new BrokerNode(4, "broker4", 9094, null))));

    assertThat(wanted).isCompletedWithValue(metadata.view());
    assertThat(metadata.view().leader("orders", 0)).isEqualTo(metadata.view().broker(4));
    assertThat(heard)
        .extracting(PartitionChange::kind)
        .containsExactly(PartitionChange.Kind.LEADER, PartitionChange.Kind.LEADER);
    brokers.answer(ORDERS);
    assertThat(brokers.topics()).as("confirmed").containsExactly("orders");
    metadata.hint(new LeaderHints(List.of(new Hint("gone", 0, 4, 6)), List.of()));
  }

  @Test
  @Scenario("L172")
  void hints_about_many_topics_are_confirmed_by_one_question() {
    topics("orders", "others");
    brokers.answer(answer(orders(led(0, 1, 5)), topic("others", OTHER_ID, led(0, 1, 1))));

    metadata.hint(
        new LeaderHints(
            List.of(new Hint("orders", 0, 2, 6), new Hint("others", 0, 2, 2)), List.of()));

    assertThat(brokers.topics()).containsExactly("orders", "others");
  }

  @Test
  void who_listens_hears_in_order_also_if_it_makes_more_happen() {
    List<Long> first = new ArrayList<>();
    List<Long> second = new ArrayList<>();
    metadata.onChange(
        (now, changes) -> {
          first.add(now.generation());
          metadata.complain("orders", 0, now.generation(), "once more");
        });
    metadata.onChange((now, changes) -> second.add(now.generation()));
    topics("orders");

    brokers.answer(ORDERS);

    assertThat(first).hasSize(2).isSorted();
    assertThat(second).isEqualTo(first);
  }

  @Test
  void who_listens_and_fails_hinders_nobody() {
    metadata.onChange(
        (now, changes) -> {
          throw new IllegalStateException("a bug");
        });
    CompletableFuture<ClusterView> wanted = topics("orders");

    brokers.answer(ORDERS);

    assertThat(wanted).isCompleted();
    Warnings.take(line -> line.contains("a listener of the metadata failed"));
  }

  @Test
  @Scenario({"L174", "L175"})
  void brokers_that_never_answer_are_given_up() {
    topics("orders");
    brokers.answer(ORDERS);
    CompletableFuture<ClusterView> wanted = refresh(Duration.ofMinutes(10), "orders");
    while (metadata.view().hasBrokers()) {
      brokers.fail();
      millisUntilAsked();
    }
    assertThat(Duration.ofNanos(loop.nanoTime()))
        .isBetween(Duration.ofMinutes(5), Duration.ofSeconds(303));
    assertThat(metadata.view().topic("orders")).isNotNull();

    MetadataResponse replaced = answer(orders(led(0, 7, 6)));
    replaced.brokers(List.of(broker(7), broker(8)));
    brokers.answer(replaced);

    assertThat(wanted).isCompleted();
    assertThat(metadata.view().leader("orders", 0)).isEqualTo(metadata.view().broker(7));
  }

  @Test
  @Scenario("L174")
  void all_brokers_down_and_one_back() {
    brokersKnown();
    CompletableFuture<ClusterView> wanted = leader("orders", 0, LONG);
    for (int i = 0; i < 5; i++) {
      brokers.fail();
      millisUntilAsked();
    }
    MetadataResponse one = answer(orders(led(0, 3, 9)));
    one.brokers(List.of(broker(3)));

    brokers.answer(one);

    assertThat(wanted).isCompleted();
    assertThat(metadata.view().brokers()).hasSize(1);
  }

  @Test
  void another_cluster_is_not_believed_at_once() {
    brokersKnown();
    CompletableFuture<ClusterView> wanted = topics(LONG, "orders");
    MetadataResponse theirs = answer(orders(led(0, 2, 0))).clusterId("theirs");

    answerAll(wanted, theirs);

    assertThat(Duration.ofNanos(loop.nanoTime())).isGreaterThan(Duration.ofSeconds(10));
    assertThat(metadata.view().clusterId()).isEqualTo("theirs");
    assertThat(Warnings.take(line -> line.contains("cluster theirs answers where ours was")))
        .hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void the_controller_is_asked_for_when_it_is_wrong_and_wanted() {
    CompletableFuture<ClusterView> wanted = controller(LONG);
    assertThat(brokers.topics()).isEmpty();
    brokers.answer(answer());
    assertThat(wanted.join().controller()).isEqualTo(metadata.view().broker(1));

    metadata.complainController(metadata.view().generation(), "NOT_CONTROLLER");
    assertThat(brokers.isAsked()).isFalse();
    CompletableFuture<ClusterView> again = controller(LONG);
    brokers.answer(answer().controllerId(2));
    assertThat(again.join().controller()).isEqualTo(metadata.view().broker(2));
  }

  @Test
  void brokers_that_know_no_controller_are_believed_after_a_while() {
    CompletableFuture<ClusterView> wanted = controller(LONG);
    answerAll(wanted, answer().controllerId(-1));

    assertThat(wanted.join().controller()).isNull();
    assertThat(Duration.ofNanos(loop.nanoTime())).isLessThan(Duration.ofSeconds(7));
  }
}
