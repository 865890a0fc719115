package io.ottla.internal.cluster.metadata;

import static io.ottla.internal.cluster.metadata.Answers.led;
import static io.ottla.internal.cluster.metadata.Answers.orders;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.internal.cluster.metadata.PartitionChange.Kind;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What answers make of what is known of partitions. */
final class PartitionUpdateTest extends ViewTestBase {
  @Test
  @Scenario("L171")
  void an_older_epoch_is_ignored() {
    hear(orders(led(0, 1, 5)));

    hear(orders(led(0, 2, 4)));

    assertLed(0, 1, 5);
    assertThat(changes).isEmpty();
  }

  @Test
  @Scenario("L171")
  void an_older_epoch_that_persists_is_accepted() {
    hear(orders(led(0, 1, 5)));

    for (int i = 0; i < Doubt.ANSWERS_TO_PERSIST; i++) {
      assertLed(0, 1, 5);
      hear(orders(led(0, 2, 4)));
      assertLed(0, 1, 5);
    }
    pass(Duration.ofSeconds(10));
    hear(orders(led(0, 2, 4)));

    assertLed(0, 2, 4);
  }

  @Test
  void an_older_epoch_does_not_persist_by_time_alone() {
    hear(orders(led(0, 1, 5)));
    for (int i = 0; i < Doubt.ANSWERS_TO_PERSIST - 1; i++) {
      hear(orders(led(0, 2, 4)));
      pass(Duration.ofMinutes(5));
    }

    assertLed(0, 1, 5);
  }

  @Test
  void a_confirmation_ends_the_doubt() {
    hear(orders(led(0, 1, 5)));
    for (int i = 0; i < 20; i++) {
      hear(orders(led(0, 2, 4)));
      pass(Duration.ofSeconds(9));
      if (i % 4 == 3) {
        hear(orders(led(0, 1, 5)));
      }
    }

    assertLed(0, 1, 5);
  }

  @Test
  @Scenario("L171")
  void no_epoch_never_replaces_one() {
    hear(orders(led(0, 1, 5), led(1, 1, 5), led(2, -1, -1), led(3, 2, -1)));

    hear(orders(led(0, -1, -1), led(1, 3, -1), led(2, 2, -1), led(3, -1, -1)));

    assertLed(0, 1, 5);
    assertLed(1, 3, 5);
    assertLed(2, 2, -1);
    assertLed(3, -1, -1);
  }

  @Test
  void an_epoch_without_a_leader_is_taken() {
    hear(orders(led(0, 1, 5), led(1, 1, 5)));

    hear(orders(led(0, -1, 6), led(1, -1, 5)));

    assertLed(0, -1, 6);
    assertLed(1, -1, 5);
    assertThat(view.leader("orders", 0)).isNull();
    assertThat(changes).extracting(PartitionChange::kind).containsOnly(Kind.LEADER);
  }

  @Test
  @Scenario("G68")
  void partitions_with_errors_at_the_first_load_wait_for_a_leader() {
    hear(
        orders(
            led(0, 1, 0),
            led(1, -1, -1),
            led(2, 3, 0).errorCode(ErrorCode.REPLICA_NOT_AVAILABLE.code()),
            led(3, 2, 0).errorCode(ErrorCode.LEADER_NOT_AVAILABLE.code()),
            led(4, 1, 0).errorCode((short) 12_345)));

    assertThat(known().isUsable()).isTrue();
    assertThat(leaders()).containsExactly(1, -1, 3, -1, 1);

    hear(orders(led(0, 1, 0), led(1, 2, 0), led(2, 3, 0), led(3, 2, 1), led(4, 1, 0)));

    assertThat(leaders()).containsExactly(1, 2, 3, 2, 1);
  }

  @Test
  void a_leader_that_no_broker_lists_is_nobody() {
    hear(orders(led(0, 9, 5)));

    assertThat(view.leader("orders", 0)).isNull();
    assertThat(partition(0).leader()).isEqualTo(9);
  }

  @Test
  void partitions_come_in_any_order_with_gaps_and_twice() {
    hear(orders(led(3, 3, 1), led(1, 1, 4), led(1, 2, 5), led(1, 3, 3), led(-7, 1, 1)));

    assertThat(leaders()).containsExactly(-1, 2, -1, 3);
    assertThat(partition(1).leaderEpoch()).isEqualTo(5);
  }

  @Test
  void numbers_that_cannot_be_are_not_believed() {
    hear(orders(led(0, -5, -9), led(Integer.MAX_VALUE, 1, 1), led(1_000_000, 1, 1)));

    assertThat(known().partitionCount()).isOne();
    assertLed(0, -1, -1);
  }

  @Test
  void fewer_partitions_are_believed_only_when_that_persists() {
    hear(orders(led(0, 1, 5), led(1, 1, 5), led(2, 1, 5)));

    hear(orders(led(0, 2, 6)));
    assertThat(leaders()).containsExactly(2, 1, 1);

    for (int i = 2; i < Doubt.ANSWERS_TO_PERSIST; i++) {
      pass(Duration.ofSeconds(5));
      hear(orders(led(0, 2, 6)));
      assertThat(leaders()).containsExactly(2, 1, 1);
    }
    hear(orders(led(0, 2, 6)));
    assertThat(leaders()).containsExactly(2);
    assertThat(changes).contains(new PartitionChange("orders", 2, Kind.REMOVED));
  }
}
