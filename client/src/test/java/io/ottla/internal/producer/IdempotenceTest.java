package io.ottla.internal.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.ConnectionLostException;
import io.ottla.error.SendOutcome;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The numbers under which batches go, whatever becomes of those before them. */
final class IdempotenceTest extends SinksTestBase {
  private static final Duration LONG_PAUSE = Duration.ofSeconds(2);

  @BeforeEach
  void one_partition() {
    floor.topic("orders", 1);
  }

  /** A lane whose leader has taken its first batch. */
  private Source proved() {
    Source orders = source("orders", 0);
    orders.sendNow("first");
    floor.broker(1).answerAll();
    return orders;
  }

  private List<String> log() {
    return floor.partition("orders", 0).log.values;
  }

  private void settle() {
    for (int i = 0; i < 10; i++) {
      floor.brokers.values().forEach(FakeLeader::answerAll);
      pass(LONG_PAUSE);
    }
  }

  @Test
  @Scenario("G1")
  void after_the_last_sequence_number_comes_zero() {
    assertThat(Numbers.sequence(Integer.MAX_VALUE, 1)).isZero();
    assertThat(Numbers.sequence(Integer.MAX_VALUE - 1, 5)).isEqualTo(3);
    Source orders = proved();
    orders.lane.passage().skipTo(Integer.MAX_VALUE - 1);
    floor.partition("orders", 0).log.forgetProducers();

    orders.sendNow("a", "b", "c");
    floor.broker(1).answerAll();
    orders.sendNow("d");
    settle();

    assertThat(sent(1))
        .containsExactly("orders-0 0:0+1", "orders-0 0:2147483646+3", "orders-0 0:1+1");
    assertThat(log()).containsExactly("first", "a", "b", "c", "d");
  }

  @Test
  @Scenario("G2")
  void after_trouble_one_batch_is_in_flight_until_the_leader_has_taken_it() {
    Source orders = proved();
    for (int i = 0; i < 4; i++) {
      orders.sendNow("v" + i);
    }
    floor.broker(1).loseConnection(0);
    pass(LONG_PAUSE);

    assertThat(floor.broker(1).open).hasSize(1);
    floor.broker(1).first().answer();
    assertThat(floor.broker(1).open).hasSize(3);
    settle();

    assertThat(log()).containsExactly("first", "v0", "v1", "v2", "v3");
  }

  @Test
  @Scenario({"G3", "G4"})
  void nothing_goes_to_a_new_leader_before_the_old_one_has_ended_and_then_one_at_a_time() {
    Source orders = proved();
    for (int i = 0; i < 3; i++) {
      orders.sendNow("v" + i);
    }

    floor.move("orders", 0, 2);
    floor.metadata().complain("orders", 0, Long.MAX_VALUE, "the test says so");
    run();
    orders.sendNow("v3");
    orders.sendNow("v4");
    assertThat(floor.broker(2).open).isEmpty();

    floor.broker(1).first().answer();
    floor.broker(1).first().answer();
    assertThat(floor.broker(2).open).isEmpty();
    floor.broker(1).first().answer();
    pass(LONG_PAUSE);
    assertThat(floor.broker(2).open).hasSize(1);

    settle();
    assertThat(log()).containsExactly("first", "v0", "v1", "v2", "v3", "v4");
  }

  @Test
  @Scenario("G3")
  void a_late_success_of_the_old_leader_does_not_open_the_window_of_the_new_one() {
    Source orders = proved();
    orders.sendNow("v0");
    floor.broker(1).first().carryOut();
    floor.move("orders", 0, 2);
    floor.metadata().complain("orders", 0, Long.MAX_VALUE, "the test says so");
    run();
    orders.sendNow("v1");
    orders.sendNow("v2");

    floor.broker(1).first().answer();
    pass(LONG_PAUSE);

    assertThat(told()).contains("delivered v0@1");
    assertThat(floor.broker(2).open).hasSize(1);
    settle();
  }

  @Test
  @Scenario({"G5", "L32"})
  void what_may_be_written_at_its_deadline_is_unknown_and_its_numbers_are_never_used_again() {
    Source orders = proved();
    orders.sendNow("a");
    floor.broker(1).first().answerWith(ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND);
    pass(LONG_PAUSE);
    Exchange repeated = floor.broker(1).first();
    pass(DELIVERY_TIMEOUT);
    assertThat(told()).containsExactly("delivered first@0", "failed a UNKNOWN");

    orders.sendNow("b");
    assertThat(floor.broker(1).open).containsExactly(repeated);
    repeated.fail(new ConnectionLostException("gone", SendOutcome.UNKNOWN, null));
    settle();

    assertThat(sent(1)).last().isEqualTo("orders-0 1:0+1");
    assertThat(log()).containsExactly("first", "a", "b");
    assertThat(told()).last().isEqualTo("delivered b@2");
  }

  @Test
  @Scenario({"G5", "L44"})
  void what_was_sent_behind_an_unknown_batch_survives_its_end() {
    Source orders = proved();
    orders.sendNow("a");
    pass(Duration.ofSeconds(60));
    orders.sendNow("b");
    floor.broker(1).loseConnection(0);
    floor.broker(1).isUp = false;
    pass(Duration.ofSeconds(60));
    assertThat(told()).containsExactly("delivered first@0", "failed a UNKNOWN");

    floor.broker(1).isUp = true;
    settle();

    assertThat(log()).containsExactly("first", "b");
    assertThat(told()).last().isEqualTo("delivered b@1");
    assertThat(sent(1)).last().isEqualTo("orders-0 1:0+1");
  }

  @Test
  @Scenario({"G6", "L43", "L45"})
  void what_was_written_when_the_connection_died_is_recognised_by_its_numbers() {
    Source orders = proved();
    for (int written = 0; written <= 5; written++) {
      int before = log().size();
      for (int i = 0; i < 5; i++) {
        orders.sendNow("v" + written + i);
      }
      floor.broker(1).loseConnection(written);
      settle();

      assertThat(log().subList(before, log().size()))
          .containsExactly(
              "v" + written + 0,
              "v" + written + 1,
              "v" + written + 2,
              "v" + written + 3,
              "v" + written + 4);
      assertThat(floor.asked).doesNotContain("DescribeProducersRequest");
    }
    assertThat(told()).hasSize(31).allMatch(one -> one.startsWith("delivered"));
  }

  @Test
  @Scenario("L46")
  void a_duplicate_counts_as_delivered() {
    Source orders = proved();
    orders.sendNow("a");
    floor.broker(1).loseConnection(1);
    pass(LONG_PAUSE);

    floor.broker(1).first().refuse(ErrorCode.DUPLICATE_SEQUENCE_NUMBER);

    assertThat(told()).containsExactly("delivered first@0", "delivered a@-1");
  }

  @Test
  @Scenario("L47")
  void a_later_success_says_that_what_was_before_is_written() {
    Source orders = proved();
    orders.sendNow("a");
    orders.sendNow("b");
    floor.broker(1).first().answerWith(ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND);
    floor.broker(1).first().answer();
    assertThat(told()).containsExactly("delivered first@0");

    pass(LONG_PAUSE);
    floor.broker(1).first().refuse(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);

    assertThat(told()).containsExactly("delivered first@0", "delivered a@-1", "delivered b@2");
    assertThat(log()).containsExactly("first", "a", "b");
  }

  @Test
  @Scenario({"G8", "G9"})
  void numbers_of_two_producers_are_never_mixed() {
    floor.topic("other", 2);
    Source orders = proved();
    Source other = source("other", 0);
    orders.sendNow("a");
    other.sendNow("x");

    floor.broker(2).first().refuse(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
    settle();
    orders.sendNow("b");
    settle();

    assertThat(floor.broker(1).all)
        .extracting(exchange -> exchange.parts.get(0).batch().producerId())
        .containsExactly(1000L, 1000L, 1001L);
    assertThat(sent(1)).containsExactly("orders-0 0:0+1", "orders-0 0:1+1", "orders-0 0:0+1");
    assertThat(log()).containsExactly("first", "a", "b");
    assertThat(floor.partition("other", 0).log.values).containsExactly("x");
  }

  @Test
  @Scenario("G10")
  void a_leader_that_forgot_the_producer_is_no_loss() {
    Source orders = proved();
    int epoch = 0;
    for (ErrorCode error :
        List.of(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, ErrorCode.UNKNOWN_PRODUCER_ID)) {
      orders.sendNow("a" + error);
      orders.sendNow("b" + error);
      floor.partition("orders", 0).log.forgetProducers();
      floor.broker(1).first().refuse(error);
      floor.broker(1).first().refuse(error);
      settle();

      assertThat(log()).endsWith("a" + error, "b" + error);
      assertThat(sent(1)).last().isEqualTo("orders-0 " + ++epoch + ":1+1");
    }
    assertThat(told()).allMatch(one -> one.startsWith("delivered"));
  }

  @Test
  void what_is_out_of_order_and_may_be_written_is_asked_for() {
    Source orders = proved();
    orders.sendNow("a");
    floor.broker(1).loseConnection(1);
    pass(LONG_PAUSE);

    floor.broker(1).first().refuse(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    settle();

    assertThat(floor.asked).containsOnlyOnce("DescribeProducersRequest");
    assertThat(told()).containsExactly("delivered first@0", "delivered a@-1");
    assertThat(log()).containsExactly("first", "a");
  }

  @Test
  void what_is_out_of_order_and_not_covered_goes_with_new_numbers() {
    Source orders = proved();
    orders.sendNow("a");
    floor.broker(1).loseConnection(0);
    pass(LONG_PAUSE);

    floor.broker(1).first().refuse(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    settle();

    assertThat(sent(1)).last().isEqualTo("orders-0 1:0+1");
    assertThat(log()).containsExactly("first", "a");
    assertThat(told()).containsExactly("delivered first@0", "delivered a@1");
  }

  @Test
  void what_is_out_of_order_and_cannot_be_asked_for_ends_unknown_and_the_rest_goes_on() {
    floor.tellsNumbers(false);
    Source orders = proved();
    orders.sendNow("a");
    floor.broker(1).loseConnection(1);
    pass(LONG_PAUSE);
    orders.sendNow("b");

    floor.broker(1).first().refuse(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    settle();

    assertThat(told()).containsExactly("delivered first@0", "failed a UNKNOWN", "delivered b@2");
    assertThat(log()).containsExactly("first", "a", "b");
  }

  @Test
  void what_was_in_flight_behind_a_refused_batch_goes_with_the_next_epoch() {
    Source orders = proved();
    orders.sendNow("bad");
    orders.sendNow("a");
    orders.sendNow("b");

    floor.broker(1).first().refuse(ErrorCode.POLICY_VIOLATION);
    floor.broker(1).first().answer();
    floor.broker(1).first().answer();
    settle();

    assertThat(told())
        .containsExactly(
            "delivered first@0", "failed bad REFUSED", "delivered a@1", "delivered b@2");
    assertThat(sent(1)).endsWith("orders-0 1:0+1", "orders-0 1:1+1");
    assertThat(floor.asked).doesNotContain("DescribeProducersRequest");
  }

  @Test
  void bytes_that_a_socket_still_holds_are_not_numbered_anew() {
    Source orders = proved();
    orders.sendNow("bad");
    orders.sendNow("a");
    Exchange stuck = floor.broker(1).open.get(1);

    floor.broker(1).first().refuse(ErrorCode.POLICY_VIOLATION);
    stuck.failHolding(new ConnectionLostException("half written", SendOutcome.NOT_SENT, null));
    pass(LONG_PAUSE);
    assertThat(floor.broker(1).open).isEmpty();

    stuck.freeBytes();
    settle();
    assertThat(log()).containsExactly("first", "a");
  }

  @Test
  void a_topic_made_anew_gets_what_was_unknown_with_the_next_epoch() {
    Source orders = proved();
    orders.sendNow("a");
    floor.broker(1).loseConnection(1);
    floor.broker(1).isUp = false;
    floor.topic("orders", 1);
    floor.broker(1).isUp = true;
    settle();

    assertThat(log()).containsExactly("a");
    assertThat(told()).last().isEqualTo("delivered a@0");
  }

  @Test
  void an_epoch_that_is_used_up_is_followed_by_a_new_id() {
    Source orders = proved();
    orders.lane.passage().skipTo(new Numbers(1000, Short.MAX_VALUE));
    floor.partition("orders", 0).log.forgetProducers();
    orders.sendNow("bad");
    floor.broker(1).first().refuse(ErrorCode.POLICY_VIOLATION);
    orders.sendNow("a");
    settle();

    assertThat(log()).containsExactly("first", "a");
    assertThat(floor.broker(1).all)
        .extracting(exchange -> exchange.parts.get(0).batch().producerId())
        .containsExactly(1000L, 1000L, 1001L);
  }

  @Test
  void an_answer_of_an_old_leader_that_appended_leaves_the_outcome_open() {
    Source orders = proved();
    orders.sendNow("a");

    floor.broker(1).first().answerWith(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    floor.broker(1).isUp = false;
    floor.broker(1).isConnected = false;
    pass(DELIVERY_TIMEOUT);

    assertThat(told()).containsExactly("delivered first@0", "failed a UNKNOWN");
  }
}
