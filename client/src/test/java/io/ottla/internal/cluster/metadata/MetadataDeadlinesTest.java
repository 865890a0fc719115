package io.ottla.internal.cluster.metadata;

import static io.ottla.internal.cluster.metadata.Answers.OTHER_ID;
import static io.ottla.internal.cluster.metadata.Answers.answer;
import static io.ottla.internal.cluster.metadata.Answers.failure;
import static io.ottla.internal.cluster.metadata.Answers.led;
import static io.ottla.internal.cluster.metadata.Answers.orders;
import static io.ottla.internal.cluster.metadata.Answers.refused;
import static io.ottla.internal.cluster.metadata.Answers.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.AuthenticationException;
import io.ottla.error.AuthorizationException;
import io.ottla.error.ProtocolViolationException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.error.TimeoutException;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Each caller is told the end: what is wanted, a refusal, or what was tried until its deadline. */
final class MetadataDeadlinesTest extends MetadataTestBase {
  @Test
  void a_deadline_is_kept_and_says_what_was_tried() {
    brokers.attempts = "localhost:9092 refused 12 times (last 0.9 s ago)";
    CompletableFuture<ClusterView> wanted = topics(LONG, "orders");
    while (!wanted.isDone()) {
      if (brokers.isAsked()) {
        brokers.fail();
      }
      loop.pass(Duration.ofMillis(10).toNanos());
    }

    assertThat(failure(wanted))
        .isInstanceOf(TimeoutException.class)
        .hasMessage(
            "no metadata for topic orders after 30 s: localhost:9092 refused 12 times"
                + " (last 0.9 s ago)");
    assertThat(((TimeoutException) failure(wanted)).attempts()).isGreaterThan(20);
    assertThat(Duration.ofNanos(loop.nanoTime())).isEqualTo(LONG);
  }

  @Test
  void a_deadline_passes_while_a_question_is_under_way() {
    CompletableFuture<ClusterView> soon = topics(Duration.ofSeconds(1), "orders");
    CompletableFuture<ClusterView> later = topics(Duration.ofSeconds(5), "orders");

    loop.pass(Duration.ofSeconds(2).toNanos());

    assertThat(failure(soon)).hasMessageContaining("after 1 s: no broker answered");
    assertThat(later).isNotDone();
    brokers.answer(ORDERS);
    assertThat(later).isCompleted();
  }

  @Test
  void a_deadline_that_is_over_fails_at_once() {
    assertThat(failure(metadata.topics(List.of("orders"), loop.nanoTime())))
        .isInstanceOf(TimeoutException.class);
    assertThat(brokers.asked).isZero();
  }

  @Test
  void a_missing_leader_is_waited_for_until_the_deadline() {
    CompletableFuture<ClusterView> wanted = leader("orders", 1, Duration.ofSeconds(2));
    CompletableFuture<ClusterView> other = leader("orders", 0);
    MetadataResponse response = answer(orders(led(0, 1, 5), led(1, -1, 5)));
    brokers.answer(response);
    assertThat(other).isCompleted();
    answerAll(wanted, response);

    assertThat(failure(wanted))
        .isInstanceOf(TimeoutException.class)
        .hasMessageStartingWith(
            "no leader for orders-1 after 2 s: brokers say LEADER_NOT_AVAILABLE");
  }

  @Test
  void a_leader_that_no_broker_lists_is_waited_for() {
    CompletableFuture<ClusterView> wanted = leader("orders", 0, Duration.ofSeconds(2));
    MetadataResponse response = answer(orders(led(0, 9, 5)));
    answerAll(wanted, response);

    assertThat(failure(wanted)).hasMessageContaining("its leader is broker 9, which no broker");
  }

  @Test
  void a_topic_that_does_not_exist_is_asked_for_with_patience() {
    CompletableFuture<ClusterView> topic = topics(LONG, "orders");
    CompletableFuture<ClusterView> leader = leader("orders", 0, LONG);
    answerAll(leader, answer(refused("orders", ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)));

    assertThat(Duration.ofNanos(loop.nanoTime()))
        .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(7));
    assertThat(topic).isCompleted();
    assertThat(metadata.view().refusal("orders"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("topic orders does not exist; check its name, or create it");
    assertThat(failure(leader))
        .hasMessage("topic orders does not exist; check its name, or create it");
  }

  @Test
  void a_topic_that_was_just_created_appears_in_time() {
    CompletableFuture<ClusterView> wanted = topics(LONG, "orders");
    for (int i = 0; i < 4; i++) {
      brokers.answer(answer(refused("orders", ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)));
      millisUntilAsked();
    }
    brokers.answer(ORDERS);

    assertThat(wanted).isCompleted();
    assertThat(metadata.view().refusal("orders")).isNull();
  }

  @Test
  void a_topic_that_may_be_created_is_asked_for_with_patience_and_no_other_is_created() {
    metadata.close();
    metadata = open(creating());
    topics(LONG, "old");
    brokers.answer(answer(topic("old", OTHER_ID, led(0, 1, 1))));
    loop.pass(Duration.ofMinutes(4).toNanos());
    CompletableFuture<ClusterView> wanted = topics(LONG, "orders");
    assertThat(brokers.question().allowAutoTopicCreation()).isTrue();
    assertThat(brokers.topics()).containsExactly("orders");

    answerAll(wanted, answer(refused("orders", ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)));
    assertThat(wanted).isCompleted();
    assertThat(metadata.view().refusal("orders")).isInstanceOf(RefusedException.class);

    while (!(brokers.isAsked() && Objects.requireNonNull(brokers.topics()).contains("old"))) {
      Objects.requireNonNull(metadata.view().topic("old"));
      assertThat(brokers.isAsked()).isFalse();
      loop.pass(Duration.ofSeconds(10).toNanos());
    }
    assertThat(brokers.question().allowAutoTopicCreation()).isFalse();
  }

  @Test
  void what_is_refused_for_good_ends_at_once() {
    CompletableFuture<ClusterView> leader = leader("orders", 0, LONG);
    CompletableFuture<ClusterView> badName = leader("a/b", 0, LONG);
    brokers.answer(answer(refused("orders", ErrorCode.TOPIC_AUTHORIZATION_FAILED)));
    brokers.answer(answer(refused("a/b", ErrorCode.INVALID_TOPIC_EXCEPTION)));

    assertThat(failure(leader)).isInstanceOf(AuthorizationException.class);
    assertThat(failure(badName)).isInstanceOf(RefusedException.class).hasMessageContaining("a/b");
  }

  @Test
  void a_refusal_counts_for_those_who_came_before_the_question() {
    topics(LONG, "orders");
    CompletableFuture<ClusterView> later = leader("orders", 0, LONG);
    brokers.answer(answer(refused("orders", ErrorCode.TOPIC_AUTHORIZATION_FAILED)));
    assertThat(later).isNotDone();

    millisUntilAsked();
    brokers.answer(ORDERS);
    assertThat(later).isCompleted();
  }

  @Test
  void a_partition_that_does_not_exist_is_refused_after_patience() {
    CompletableFuture<ClusterView> wanted = leader("orders", 7, LONG);
    answerAll(wanted, ORDERS);

    assertThat(failure(wanted))
        .isInstanceOf(RefusedException.class)
        .hasMessage("there is no orders-7: the topic has 2 partitions, the first is 0");
  }

  @Test
  void failures_that_asking_again_cannot_mend_end_all_who_wait() {
    CompletableFuture<ClusterView> first = topics("orders");
    CompletableFuture<ClusterView> second = brokers(LONG);
    brokers.fail(new AuthenticationException("wrong password", null));

    assertThat(failure(first)).isInstanceOf(AuthenticationException.class);
    assertThat(failure(second)).isInstanceOf(AuthenticationException.class);
    loop.pass(Duration.ofMinutes(1).toNanos());
    assertThat(brokers.asked).isOne();

    topics("orders");
    assertThat(brokers.isAsked()).isTrue();
    brokers.fail(new AuthenticationException("wrong password", null));
    topics("orders");
    assertThat(brokers.isAsked()).as("asked again at once").isFalse();
  }

  @Test
  void a_peer_that_speaks_something_else_is_asked_again() {
    CompletableFuture<ClusterView> wanted = topics("orders");
    brokers.fail(new ProtocolViolationException("TLS", SendOutcome.UNKNOWN, null));
    assertThat(wanted).isNotDone();

    millisUntilAsked();
    brokers.answer(ORDERS);
    assertThat(wanted).isCompleted();
  }
}
