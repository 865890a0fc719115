package io.ottla.internal.cluster.metadata;

import static io.ottla.internal.cluster.metadata.Answers.answer;
import static io.ottla.internal.cluster.metadata.Answers.led;
import static io.ottla.internal.cluster.metadata.Answers.orders;
import static io.ottla.internal.cluster.metadata.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is asked quickly that was asked in vain. */
final class MetadataPausesTest extends MetadataTestBase {
  enum Useless {
    TOP_LEVEL_ERROR,
    NO_BROKERS,
    ALL_STRIPPED,
    UNKNOWN_TOPIC,
    TOPIC_ERROR,
    NO_LEADER,
    NO_PARTITION,
    ANOTHER_CLUSTER;

    MetadataResponse response() {
      return switch (this) {
        case TOP_LEVEL_ERROR -> answer().errorCode(ErrorCode.UNKNOWN_SERVER_ERROR.code());
        case NO_BROKERS -> answer().brokers(List.of());
        case ALL_STRIPPED -> answer();
        case UNKNOWN_TOPIC -> answer(refused("orders", ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
        case TOPIC_ERROR -> answer(refused("orders", ErrorCode.LEADER_NOT_AVAILABLE));
        case NO_LEADER -> answer(orders(led(0, -1, 5)));
        case NO_PARTITION -> answer(orders());
        case ANOTHER_CLUSTER -> answer(orders(led(0, 1, 5))).clusterId("theirs");
      };
    }
  }

  @Test
  @Scenario({"G66", "L41"})
  void failures_are_followed_by_longer_and_longer_pauses() {
    CompletableFuture<ClusterView> wanted = topics(LONG, "orders");
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      brokers.fail();
      pauses.add(millisUntilAsked());
    }

    assertThat(pauses.get(0)).isBetween(80L, 120L);
    assertThat(pauses.get(1)).isBetween(160L, 240L);
    assertThat(pauses.get(2)).isBetween(320L, 480L);
    assertThat(pauses.get(7)).isBetween(800L, 1_200L);
    assertThat(Set.copyOf(pauses)).as("jitter").hasSizeGreaterThan(5);

    brokers.answer(ORDERS);
    assertThat(wanted).isCompleted();
    topics("others");
    brokers.fail();
    assertThat(millisUntilAsked()).isBetween(80L, 120L);
  }

  @ParameterizedTest
  @EnumSource(Useless.class)
  @Scenario({"G66", "L171"})
  void every_answer_of_no_use_backs_off_and_the_asking_ends(Useless useless) {
    brokersKnown();
    CompletableFuture<ClusterView> wanted = leader("orders", 0, Duration.ofSeconds(20));
    brokers.asked = 0;
    while (loop.nanoTime() < Duration.ofSeconds(4).toNanos()) {
      brokers.answer(useless.response());
      millisUntilAsked();
    }
    assertThat(brokers.asked).isBetween(4, 10);

    brokers.answer(answer(orders(led(0, 1, 6))));

    assertThat(wanted).isCompleted();
    loop.pass(Duration.ofMinutes(2).toNanos());
    assertThat(brokers.isAsked()).as("asks on").isFalse();
  }

  @Test
  @Scenario("G66")
  void a_topic_that_waits_out_its_pause_does_not_hold_up_another() {
    topics(LONG, "nowhere");
    for (int i = 0; i < 4; i++) {
      brokers.answer(answer(refused("nowhere", ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)));
      millisUntilAsked();
    }
    brokers.answer(answer(refused("nowhere", ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)));
    assertThat(brokers.isAsked()).isFalse();

    topics("nowhere");
    assertThat(brokers.isAsked()).as("another caller for the same").isFalse();
    topics("orders");

    assertThat(brokers.topics()).contains("orders");
  }

  @Test
  @Scenario("G66")
  void a_complaint_that_is_not_heard_is_made_ever_more_slowly() {
    topics("orders");
    brokers.answer(ORDERS);
    brokers.asked = 0;

    for (int i = 0; i < 10; i++) {
      metadata.complain("orders", 0, metadata.view().generation(), "NOT_LEADER_OR_FOLLOWER");
      CompletableFuture<ClusterView> wanted = leader("orders", 0);
      assertThat(wanted).isNotDone();
      if (!brokers.isAsked()) {
        millisUntilAsked();
      }
      brokers.answer(ORDERS);
      assertThat(wanted).isCompleted();
    }

    assertThat(Duration.ofNanos(loop.nanoTime())).isGreaterThan(Duration.ofSeconds(4));
  }

  @Test
  void a_complaint_is_answered_at_once_the_first_time() {
    topics("orders");
    brokers.answer(ORDERS);

    metadata.complain("orders", 0, metadata.view().generation(), "NOT_LEADER_OR_FOLLOWER");
    assertThat(brokers.topics()).containsExactly("orders");
    CompletableFuture<ClusterView> wanted = leader("orders", 0);
    assertThat(leader("orders", 1)).isCompleted();
    brokers.answer(answer(orders(led(0, 3, 6), led(1, 2, 5))));

    assertThat(wanted).isCompleted();
    assertThat(metadata.view().leader("orders", 0)).isEqualTo(metadata.view().broker(3));
  }

  @Test
  void complaints_of_one_burst_cause_one_question() {
    topics("orders");
    brokers.answer(ORDERS);
    long seen = metadata.view().generation();
    brokers.asked = 0;

    metadata.complain("orders", 0, seen, "NOT_LEADER_OR_FOLLOWER");
    metadata.complain("orders", 0, seen, "NOT_LEADER_OR_FOLLOWER");
    brokers.answer(answer(orders(led(0, 3, 6), led(1, 2, 5))));
    metadata.complain("orders", 0, seen, "NOT_LEADER_OR_FOLLOWER");

    assertThat(brokers.asked).isOne();
    assertThat(metadata.view().leader("orders", 0)).isNotNull();
  }

  @Test
  @Scenario("G66")
  void what_is_old_and_gets_no_answer_is_asked_for_with_pauses() {
    topics("orders");
    brokers.answer(ORDERS);
    use("orders");
    brokers.asked = 0;
    millisUntilAsked();
    long start = loop.nanoTime();
    while (loop.nanoTime() - start < Duration.ofSeconds(10).toNanos()) {
      brokers.fail();
      millisUntilAsked();
    }

    assertThat(brokers.asked).isBetween(8, 18);
  }

  @Test
  @Scenario("L175")
  void a_broker_may_ask_for_a_new_start_and_is_not_asked_again_at_once() {
    topics("orders");
    brokers.answer(ORDERS);
    refresh("orders");
    brokers.asked = 0;

    while (loop.nanoTime() < Duration.ofSeconds(5).toNanos()) {
      brokers.answer(answer().errorCode(ErrorCode.REBOOTSTRAP_REQUIRED.code()));
      assertThat(metadata.view().hasBrokers()).isFalse();
      millisUntilAsked();
    }

    assertThat(brokers.asked).isLessThan(12);
  }
}
