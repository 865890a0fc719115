package io.ottla.internal.cluster.metadata;

import static io.ottla.internal.cluster.metadata.Answers.ID;
import static io.ottla.internal.cluster.metadata.Answers.OTHER_ID;
import static io.ottla.internal.cluster.metadata.Answers.answer;
import static io.ottla.internal.cluster.metadata.Answers.failure;
import static io.ottla.internal.cluster.metadata.Answers.led;
import static io.ottla.internal.cluster.metadata.Answers.orders;
import static io.ottla.internal.cluster.metadata.Answers.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.ClosedException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.cluster.metadata.LeaderHints.Hint;
import io.ottla.internal.net.Reply;
import io.ottla.internal.net.TransitionTable;
import io.ottla.internal.runtime.Clock;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Callers share questions, and are told what they wanted. */
final class MetadataTest extends MetadataTestBase {
  @Test
  void every_state_of_asking_is_reached_and_can_end() {
    TransitionTable.check(
        AskingState.class, AskingState.IDLE, Set.of(AskingState.CLOSED), AskingState::mayBecome);
  }

  @Test
  void nobody_is_asked_before_somebody_wants_something() {
    loop.pass(Duration.ofHours(1).toNanos());

    assertThat(brokers.asked).isZero();
    assertThat(loop.timers()).isZero();
  }

  @Test
  void a_topic_is_loaded_when_it_is_wanted_and_kept() {
    CompletableFuture<ClusterView> wanted = topics("orders");
    assertThat(brokers.topics()).containsExactly("orders");
    assertThat(brokers.question().allowAutoTopicCreation()).isFalse();

    brokers.answer(ORDERS);

    assertThat(wanted).isCompletedWithValue(metadata.view());
    assertThat(topics("orders")).isCompletedWithValue(metadata.view());
    assertThat(leader("orders", 1)).isCompletedWithValue(metadata.view());
    assertThat(brokers.asked).isOne();
  }

  @Test
  void a_question_goes_out_at_once_although_time_passes_meanwhile() {
    long[] readings = {0};
    Clock ticking =
        new Clock() {
          @Override
          public long nanoTime() {
            return loop.nanoTime() + readings[0]++;
          }

          @Override
          public long wallMillis() {
            return loop.wallMillis();
          }
        };
    Metadata other =
        new Metadata(
            brokers,
            MetadataSettings.defaults(),
            loop,
            ticking,
            new SplittableRandom(42),
            "ticking");
    CompletableFuture<ClusterView> wanted = other.topics(List.of("orders"), deadline(LONG));
    assertThat(brokers.isAsked()).isTrue();
    brokers.answer(ORDERS);

    assertThat(wanted).isCompleted();
    other.close();
  }

  @Test
  @Scenario("G72")
  void callers_share_a_question_and_one_that_cancels_takes_it_from_nobody() {
    CompletableFuture<ClusterView> first = topics("orders");
    CompletableFuture<ClusterView> second = topics("orders");
    CompletableFuture<ClusterView> third = leader("orders", 0);

    first.cancel(false);
    third.completeExceptionally(new IllegalStateException("poison"));
    brokers.answer(ORDERS);

    assertThat(second).isCompletedWithValue(metadata.view());
    assertThat(brokers.asked).isOne();
    assertThat(brokers.isAsked()).isFalse();
  }

  @Test
  @Scenario("G72")
  void when_all_callers_have_cancelled_the_answer_is_kept() {
    topics("orders").cancel(false);

    brokers.answer(ORDERS);

    assertThat(topics("orders")).isCompleted();
  }

  @Test
  void what_is_wanted_meanwhile_goes_into_the_next_question_at_once() {
    CompletableFuture<ClusterView> wanted = topics("orders");
    CompletableFuture<ClusterView> others = topics("others");
    CompletableFuture<ClusterView> more = topics("more", "orders");

    brokers.answer(ORDERS);

    assertThat(wanted).isCompleted();
    assertThat(others).isNotDone();
    assertThat(brokers.topics()).containsExactly("more", "others");

    brokers.answer(
        answer(topic("others", OTHER_ID, led(0, 1, 1)), topic("more", ID, led(0, 1, 1))));
    assertThat(others).isCompleted();
    assertThat(more).isCompleted();
  }

  @Test
  @Scenario("L35")
  void closing_ends_all_who_wait_and_what_comes_later_is_not_heard() {
    CompletableFuture<ClusterView> wanted = topics("orders");
    Reply<MetadataResponse> late = brokers.take();
    metadata.close();

    assertThat(failure(wanted)).isInstanceOf(ClosedException.class);
    late.onResponse(ORDERS);
    metadata.complain("orders", 0, 9, "late");
    metadata.hint(new LeaderHints(List.of(new Hint("orders", 0, 1, 1)), List.of()));
    metadata.rebootstrap("late");
    metadata.forget("orders");
    metadata.close();

    assertThat(failure(topics("orders"))).isInstanceOf(ClosedException.class);
    assertThat(metadata.view().topics()).isEmpty();
    assertThat(brokers.asked).isOne();
    assertThat(loop.timers()).isZero();
  }

  @Test
  void an_answer_counts_once() {
    topics("orders");
    Reply<MetadataResponse> reply = brokers.take();
    reply.onResponse(ORDERS);
    long generation = metadata.view().generation();
    refresh("orders");

    reply.onResponse(answer(orders(led(0, 3, 9))));
    reply.onFailure(new ClosedException("late", SendOutcome.UNKNOWN));

    assertThat(metadata.view().generation()).isEqualTo(generation);
    assertThat(brokers.isAsked()).isTrue();
  }

  @Test
  void a_refresh_needs_an_answer_to_a_question_asked_since() {
    topics("orders");
    CompletableFuture<ClusterView> refreshed = refresh("orders");
    CompletableFuture<ClusterView> everything = refresh();
    brokers.answer(ORDERS);
    assertThat(refreshed).isNotDone();
    assertThat(everything).isNotDone();

    brokers.answer(answer(orders(led(0, 2, 6))));

    assertThat(refreshed).isCompleted();
    assertThat(everything).isCompleted();
    assertThat(brokers.asked).isEqualTo(2);
  }

  @Test
  @Scenario("L171")
  void all_topics_are_given_to_the_caller_and_not_kept() {
    topics("orders");
    brokers.answer(ORDERS);
    CompletableFuture<ClusterView> all = metadata.allTopics(deadline(LONG));
    assertThat(brokers.topics()).isNull();
    assertThat(brokers.question().allowAutoTopicCreation()).isFalse();
    CompletableFuture<ClusterView> others = topics("others");

    brokers.answer(answer(orders(led(0, 3, 6)), topic("others", OTHER_ID, led(0, 1, 1))));

    assertThat(all.join().topics()).hasSize(2);
    assertThat(metadata.view().topics()).extracting(TopicView::name).containsExactly("orders");
    assertThat(metadata.view().leader("orders", 0)).isEqualTo(metadata.view().broker(3));
    assertThat(brokers.topics()).containsExactly("others");
    assertThat(others).isNotDone();
  }
}
