package io.ottla.internal.cluster.metadata;

import static io.ottla.internal.cluster.metadata.Answers.failure;
import static io.ottla.internal.cluster.metadata.CoordinatorType.GROUP;
import static io.ottla.internal.cluster.metadata.CoordinatorType.TRANSACTION;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.ottla.error.AuthenticationException;
import io.ottla.error.AuthorizationException;
import io.ottla.error.ClosedException;
import io.ottla.error.RefusedException;
import io.ottla.error.TimeoutException;
import io.ottla.internal.net.Reply;
import io.ottla.internal.runtime.ManualLoop;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FindCoordinatorRequest;
import io.ottla.protocol.message.FindCoordinatorResponse;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who coordinates what, and when it is asked. Time moves when a test moves it. */
final class CoordinatorsTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final ManualLoop loop = new ManualLoop();
  private final AskedBrokers.AboutCoordinators brokers = new AskedBrokers.AboutCoordinators();
  private final Coordinators coordinators =
      new Coordinators(
          brokers, MetadataSettings.defaults(), loop, loop, new SplittableRandom(42), "test");

  @AfterEach
  void nothing_is_left() {
    coordinators.close();
    loop.run();
    assertThat(loop.timers()).as("timers left").isZero();
  }

  @Test
  void a_coordinator_is_found_once_and_kept() {
    CompletableFuture<Coordinator> found = find("billing");
    assertThat(brokers.question())
        .isEqualTo(new FindCoordinatorRequest().key("billing").coordinatorKeys(List.of("billing")));
    brokers.answer(answer(at("billing", 2)));

    assertThat(found.join().broker()).isEqualTo(new BrokerNode(2, "broker2", 9092, null));
    assertThat(find("billing")).isCompletedWithValue(found.join());
    assertThat(brokers.asked).isOne();
  }

  @Test
  @Scenario("G97")
  void keys_that_are_wanted_together_are_asked_for_together() {
    find("first");
    CompletableFuture<Coordinator> second = find("second");
    CompletableFuture<Coordinator> third = find("third");
    CompletableFuture<Coordinator> again = find("third");
    FindCoordinatorResponse response = answer(at("first", 1));
    brokers.answer(response);
    assertThat(response).isEqualTo(answer(at("first", 1)));
    assertThat(brokers.question().coordinatorKeys()).containsExactly("second", "third");

    brokers.answer(answer(at("third", 3), at("second", 2)));

    assertThat(second.join().broker().id()).isEqualTo(2);
    assertThat(third.join().broker().id()).isEqualTo(3);
    assertThat(again).isCompletedWithValue(third.join());
    assertThat(brokers.asked).isEqualTo(2);
  }

  @Test
  void brokers_that_take_one_key_are_asked_for_one_after_the_other() {
    CompletableFuture<Coordinator> first = find("first");
    CompletableFuture<Coordinator> second = find("second");
    CompletableFuture<Coordinator> third = find("third");
    brokers.answer(old(1));
    assertThat(first.join().broker().id()).isEqualTo(1);
    assertThat(brokers.question().key()).isEqualTo("second");

    brokers.answer(old(2));
    assertThat(second.join().broker().id()).isEqualTo(2);
    assertThat(third).isNotDone();
    assertThat(brokers.question().key()).isEqualTo("third");

    brokers.answer(old(3).errorMessage("NONE"));
    assertThat(third.join().broker().id()).isEqualTo(3);
  }

  @Test
  void groups_and_transactions_are_told_apart() {
    CompletableFuture<Coordinator> group = find("same");
    CompletableFuture<Coordinator> transaction = findTransaction("same");
    assertThat(brokers.question().keyType()).isZero();
    brokers.answer(answer(at("same", 1)));
    assertThat(brokers.question().keyType()).isEqualTo((byte) 1);
    brokers.answer(answer(at("same", 2)));

    assertThat(group.join().broker().id()).isEqualTo(1);
    assertThat(transaction.join().broker().id()).isEqualTo(2);
  }

  @Test
  @Scenario("G72")
  void callers_share_a_lookup_and_one_that_cancels_takes_it_from_nobody() {
    CompletableFuture<Coordinator> first = find("billing");
    CompletableFuture<Coordinator> second = find("billing");
    first.cancel(false);
    brokers.answer(answer(at("billing", 2)));

    assertThat(second).isCompleted();
    assertThat(brokers.asked).isOne();
  }

  @Test
  @Scenario("L41")
  void a_coordinator_that_is_not_available_is_asked_for_ever_more_slowly() {
    CompletableFuture<Coordinator> found = find("billing");
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      brokers.answer(answer(not("billing", ErrorCode.COORDINATOR_NOT_AVAILABLE)));
      pauses.add(millisUntilAsked());
    }
    assertThat(pauses.get(0)).isBetween(80L, 120L);
    assertThat(pauses.get(1)).isBetween(160L, 240L);
    assertThat(pauses.get(5)).isBetween(800L, 1_200L);
    assertThat(Set.copyOf(pauses)).as("jitter").hasSizeGreaterThan(4);

    brokers.answer(answer(at("billing", 2)));
    assertThat(found).isCompleted();
  }

  @Test
  void one_that_is_not_available_does_not_hold_up_another() {
    find("billing");
    brokers.answer(answer(not("billing", ErrorCode.COORDINATOR_NOT_AVAILABLE)));
    assertThat(brokers.isAsked()).isFalse();

    CompletableFuture<Coordinator> other = find("other");

    assertThat(brokers.question().coordinatorKeys()).containsExactly("other");
    brokers.answer(answer(at("other", 1)));
    assertThat(other).isCompleted();
  }

  @Test
  @Scenario("G66")
  void answers_of_no_use_back_off() {
    CompletableFuture<Coordinator> found = find("billing");
    List<FindCoordinatorResponse> useless =
        List.of(
            answer(at("somebody else's", 1)),
            answer(at("billing", -1)),
            answer(at("billing", 2).host("")),
            answer(at("billing", 2).port(0)),
            answer(not("billing", ErrorCode.UNKNOWN_SERVER_ERROR)),
            answer(not("billing", ErrorCode.COORDINATOR_LOAD_IN_PROGRESS)),
            new FindCoordinatorResponse());
    for (FindCoordinatorResponse response : useless) {
      brokers.answer(response);
      assertThat(brokers.isAsked()).as("asked at once after %s", response).isFalse();
      millisUntilAsked();
    }
    brokers.fail();
    assertThat(brokers.isAsked()).isFalse();
    millisUntilAsked();
    brokers.answer(answer(at("billing", 2)));

    assertThat(found).isCompleted();
  }

  @Test
  void a_complaint_drops_what_it_saw_and_nothing_younger() {
    find("billing");
    brokers.answer(answer(at("billing", 2)));
    Coordinator seen = find("billing").join();

    coordinators.complain(GROUP, "billing", seen.generation(), "NOT_COORDINATOR");
    CompletableFuture<Coordinator> next = find("billing");
    assertThat(next).isNotDone();
    brokers.answer(answer(at("billing", 3)));
    coordinators.complain(GROUP, "billing", seen.generation(), "NOT_COORDINATOR");
    coordinators.complain(GROUP, "unheard of", 99, "NOT_COORDINATOR");

    assertThat(find("billing")).isCompletedWithValue(next.join());
    assertThat(next.join().generation()).isGreaterThan(seen.generation());
  }

  @Test
  @Scenario("G66")
  void a_complaint_that_is_not_heard_is_made_ever_more_slowly() {
    find("billing");
    brokers.answer(answer(at("billing", 2)));

    for (int i = 0; i < 10; i++) {
      coordinators.complain(
          GROUP, "billing", find("billing").join().generation(), "connection lost");
      find("billing");
      if (!brokers.isAsked()) {
        millisUntilAsked();
      }
      brokers.answer(answer(at("billing", 2)));
    }

    assertThat(Duration.ofNanos(loop.nanoTime())).isGreaterThan(Duration.ofSeconds(4));
  }

  @Test
  @Scenario("G91")
  void whoever_a_dead_broker_coordinates_is_looked_up_again() {
    find("first");
    find("second");
    find("third");
    brokers.answer(answer(at("first", 1)));
    brokers.answer(answer(at("second", 2), at("third", 1)));
    findTransaction("tx");
    brokers.answer(answer(at("tx", 1)));

    coordinators.brokerGone(1, "refused 3 times");

    assertThat(find("second")).isCompleted();
    CompletableFuture<Coordinator> first = find("first");
    brokers.answer(answer(at("first", 2)));
    assertThat(first.join().broker().id()).isEqualTo(2);
    assertThat(findTransaction("tx")).isNotDone();
    brokers.answer(answer(at("tx", 2)));
    assertThat(find("third")).isNotDone();
    brokers.answer(answer(at("third", 2)));
  }

  @Test
  void what_is_refused_ends_at_once() {
    CompletableFuture<Coordinator> secret = find("secret");
    CompletableFuture<Coordinator> bad = find("bad");
    brokers.answer(answer(not("secret", ErrorCode.GROUP_AUTHORIZATION_FAILED)));
    brokers.answer(answer(not("bad", ErrorCode.INVALID_GROUP_ID).errorMessage("empty")));

    assertThat(failure(secret))
        .isInstanceOf(AuthorizationException.class)
        .hasMessageContaining("group secret");
    assertThat(failure(bad))
        .isInstanceOf(RefusedException.class)
        .hasMessage("no coordinator for group bad: brokers say INVALID_GROUP_ID (empty)");
    assertThat(brokers.isAsked()).isFalse();
  }

  @Test
  void a_deadline_is_kept_and_says_what_was_tried() {
    brokers.attempts = "localhost:9092 answered 3 times";
    CompletableFuture<Coordinator> found = find("billing");
    while (!found.isDone()) {
      if (brokers.isAsked()) {
        brokers.answer(answer(not("billing", ErrorCode.COORDINATOR_NOT_AVAILABLE)));
      }
      loop.pass(Duration.ofMillis(10).toNanos());
    }

    assertThat(failure(found))
        .isInstanceOf(TimeoutException.class)
        .hasMessage(
            "no coordinator for group billing after 30 s: brokers say"
                + " COORDINATOR_NOT_AVAILABLE; localhost:9092 answered 3 times");
    assertThat(failure(coordinators.find(GROUP, "now", loop.nanoTime())))
        .hasMessage("no coordinator for group now after 0 ms: localhost:9092 answered 3 times");
  }

  @Test
  void failures_that_asking_again_cannot_mend_end_all_who_wait() {
    CompletableFuture<Coordinator> first = find("first");
    CompletableFuture<Coordinator> second = find("second");
    brokers.fail(new AuthenticationException("wrong password", null));

    assertThat(failure(first)).isInstanceOf(AuthenticationException.class);
    assertThat(failure(second)).isInstanceOf(AuthenticationException.class);
    find("first");
    assertThat(brokers.isAsked()).as("asked again at once").isFalse();
  }

  @Test
  void what_nobody_looks_up_is_forgotten() {
    find("first");
    brokers.answer(answer(at("first", 1)));
    find("second");
    brokers.answer(answer(at("second", 1)));
    for (int i = 0; i < 12; i++) {
      loop.pass(Duration.ofMinutes(1).toNanos());
      assertThat(find("first")).isCompleted();
    }
    assertThat(find("second")).isNotDone();
    brokers.answer(answer(at("second", 1)));

    loop.pass(Duration.ofMinutes(15).toNanos());

    assertThat(loop.timers()).isZero();
    assertThat(find("first")).isNotDone();
  }

  @Test
  @Scenario("L35")
  void closing_ends_all_who_wait_and_what_comes_later_is_not_heard() {
    CompletableFuture<Coordinator> found = find("billing");
    Reply<FindCoordinatorResponse> late = brokers.take();
    coordinators.close();

    assertThat(failure(found)).isInstanceOf(ClosedException.class);
    late.onResponse(answer(at("billing", 1)));
    assertThat(failure(find("billing"))).isInstanceOf(ClosedException.class);
    assertThat(brokers.asked).isOne();
  }

  @CanIgnoreReturnValue
  private CompletableFuture<Coordinator> find(String group) {
    return coordinators.find(GROUP, group, deadline(LONG));
  }

  @CanIgnoreReturnValue
  private CompletableFuture<Coordinator> findTransaction(String id) {
    return coordinators.find(TRANSACTION, id, deadline(LONG));
  }

  private long deadline(Duration time) {
    return loop.nanoTime() + time.toNanos();
  }

  private long millisUntilAsked() {
    long start = loop.nanoTime();
    while (!brokers.isAsked()) {
      loop.pass(Duration.ofMillis(1).toNanos());
    }
    return Duration.ofNanos(loop.nanoTime() - start).toMillis();
  }

  private static FindCoordinatorResponse answer(FindCoordinatorResponse.Coordinator... found) {
    return new FindCoordinatorResponse().coordinators(new ArrayList<>(List.of(found)));
  }

  /** As before version 4: about one key. */
  private static FindCoordinatorResponse old(int broker) {
    return new FindCoordinatorResponse().nodeId(broker).host("broker" + broker).port(9092);
  }

  private static FindCoordinatorResponse.Coordinator at(String key, int broker) {
    return new FindCoordinatorResponse.Coordinator()
        .key(key)
        .nodeId(broker)
        .host("broker" + broker)
        .port(9092);
  }

  private static FindCoordinatorResponse.Coordinator not(String key, ErrorCode error) {
    return new FindCoordinatorResponse.Coordinator().key(key).nodeId(-1).errorCode(error.code());
  }
}
