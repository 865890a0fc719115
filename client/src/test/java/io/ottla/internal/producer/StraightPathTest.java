package io.ottla.internal.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.SendOutcome;
import io.ottla.error.TimeoutException;
import io.ottla.producer.Acks;
import io.ottla.protocol.message.ErrorCode;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Batches go to their leaders and come back, with and without trouble that passes. */
final class StraightPathTest extends SinksTestBase {
  @Test
  void batches_reach_the_log_in_order_and_are_told_in_order() {
    floor.topic("orders", 1);
    Source orders = source("orders", 0);

    orders.sendNow("a", "b");
    orders.sendNow("c");
    floor.broker(1).answerAll();

    assertThat(floor.partition("orders", 0).log.values).containsExactly("a", "b", "c");
    assertThat(told()).containsExactly("delivered a,b@0", "delivered c@2");
    assertThat(sent(1)).containsExactly("orders-0 0:0+2", "orders-0 0:2+1");
  }

  @Test
  void one_batch_is_in_flight_before_the_first_success_and_five_after_it() {
    floor.topic("orders", 1);
    Source orders = source("orders", 0);

    for (int i = 0; i < 9; i++) {
      orders.sendNow("v" + i);
    }
    assertThat(floor.broker(1).open).hasSize(1);

    floor.broker(1).first().answer();
    assertThat(floor.broker(1).open).hasSize(5);

    floor.broker(1).answerAll();
    assertThat(told()).hasSize(9).allMatch(one -> one.startsWith("delivered"));
  }

  @Test
  void partitions_of_one_leader_share_a_request_and_each_has_one_batch_in_it() {
    floor.topic("orders", 1, 1, 2);
    Source first = source("orders", 0);
    Source second = source("orders", 1);
    Source third = source("orders", 2);

    first.send("a");
    first.send("b");
    second.send("c");
    third.send("d");
    run();

    assertThat(floor.broker(1).first().numbers())
        .containsExactly("orders-0 0:0+1", "orders-1 0:0+1");
    assertThat(floor.broker(2).first().numbers()).containsExactly("orders-2 0:0+1");
    floor.broker(1).answerAll();
    floor.broker(2).answerAll();
    assertThat(told()).hasSize(4);
  }

  @Test
  void a_request_with_other_acks_goes_by_itself() {
    floor.topic("orders", 1);
    floor.topic("audit", 1);
    Source orders = source("orders", 0);
    Source audit = new Source("audit", 0, topic(Acks.LEADER, Duration.ofMillis(5)));

    orders.sendNow("a");
    floor.broker(1).answerAll();
    orders.send("b");
    audit.send("c");
    run();

    assertThat(floor.broker(1).open).hasSize(2);
    assertThat(floor.broker(1).open.get(0).request.acks()).isEqualTo((short) -1);
    assertThat(floor.broker(1).open.get(1).request.acks()).isEqualTo((short) 1);
    assertThat(floor.broker(1).open.get(1).numbers()).containsExactly("audit-0 -1:-1+1");
    floor.broker(1).answerAll();
  }

  @Test
  void an_error_that_passes_is_followed_by_the_same_bytes_after_a_pause() {
    floor.topic("orders", 1);
    Source orders = source("orders", 0);
    orders.sendNow("a");

    floor.broker(1).first().refuse(ErrorCode.NOT_ENOUGH_REPLICAS);
    assertThat(floor.broker(1).open).isEmpty();
    pass(Duration.ofMillis(79));
    assertThat(floor.broker(1).open).isEmpty();
    pass(Duration.ofMillis(42));
    floor.broker(1).answerAll();

    assertThat(sent(1)).containsExactly("orders-0 0:0+1", "orders-0 0:0+1");
    assertThat(told()).containsExactly("delivered a@0");
  }

  @Test
  void a_connection_that_dies_leaves_unknown_what_goes_again_with_the_same_bytes() {
    floor.topic("orders", 1);
    Source orders = source("orders", 0);
    orders.sendNow("a");
    floor.broker(1).answerAll();
    for (int i = 0; i < 4; i++) {
      orders.sendNow("v" + i);
    }

    floor.broker(1).loseConnection(2);
    pass(Duration.ofSeconds(1));
    floor.broker(1).answerAll();

    assertThat(floor.partition("orders", 0).log.values)
        .containsExactly("a", "v0", "v1", "v2", "v3");
    assertThat(told())
        .containsExactly(
            "delivered a@0",
            "delivered v0@1",
            "delivered v1@2",
            "delivered v2@3",
            "delivered v3@4");
  }

  @Test
  void a_leader_that_moved_is_followed_by_the_answers_hint_at_once() {
    floor.topic("orders", 1);
    Source orders = source("orders", 0);
    orders.sendNow("a");
    floor.broker(1).answerAll();

    floor.move("orders", 0, 2);
    orders.sendNow("b");
    floor.broker(1).first().answer();
    assertThat(floor.broker(2).open).hasSize(1);
    floor.broker(2).answerAll();

    assertThat(told()).containsExactly("delivered a@0", "delivered b@1");
  }

  @Test
  void what_nobody_takes_in_time_fails_as_not_sent_and_lists_the_attempts() {
    floor.topic("orders", 1);
    floor.broker(1).isUp = false;
    Source orders = source("orders", 0);

    orders.sendNow("a");
    pass(DELIVERY_TIMEOUT.minusMillis(1));
    assertThat(told()).isEmpty();
    pass(Duration.ofMillis(1));

    assertThat(told()).containsExactly("failed a NOT_SENT");
    TimeoutException failure = (TimeoutException) Objects.requireNonNull(ends.get(0).failure());
    assertThat(failure.tried()).isNotEmpty();
    assertThat(failure)
        .hasMessageContaining("orders-0 not sent after 120 s")
        .hasMessageContaining("broker 1 at broker1:9092");
    assertThat(failure.waited()).isEqualTo(DELIVERY_TIMEOUT);
  }

  @Test
  void what_is_sent_and_never_answered_fails_as_unknown() {
    floor.topic("orders", 1);
    Source orders = source("orders", 0);

    orders.sendNow("a");
    pass(DELIVERY_TIMEOUT);

    assertThat(told()).containsExactly("failed a UNKNOWN");
    assertThat(ends.get(0).outcome()).isEqualTo(SendOutcome.UNKNOWN);
  }
}
