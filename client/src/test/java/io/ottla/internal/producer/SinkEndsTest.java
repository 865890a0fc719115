package io.ottla.internal.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.AuthorizationException;
import io.ottla.error.ClosedException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.error.TimeoutException;
import io.ottla.error.UnsupportedVersionException;
import io.ottla.internal.net.PeersVersions;
import io.ottla.producer.Acks;
import io.ottla.producer.Purge;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.InitProducerIdRequest;
import io.ottla.protocol.message.InitProducerIdResponse;
import io.ottla.protocol.message.ProduceResponse.BatchIndexAndErrorMessage;
import io.ottla.protocol.record.Header;
import io.ottla.testkit.scenario.Scenario;
import io.ottla.watch.Warnings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How batches end that are refused, taken apart, given up, or sent without numbers. */
final class SinkEndsTest extends SinksTestBase {
  private static final Duration LONG_PAUSE = Duration.ofSeconds(2);

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
  @Scenario("G11")
  void a_producer_id_that_does_not_come_at_once_is_asked_for_again() {
    floor.topic("orders", 1);
    floor.answers.put(
        InitProducerIdRequest.class,
        any ->
            new InitProducerIdResponse().errorCode(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS.code()));
    Source orders = source("orders", 0);
    orders.sendNow("a");
    pass(Duration.ofSeconds(30));
    assertThat(told()).isEmpty();

    floor.answers.put(InitProducerIdRequest.class, any -> floor.newProducerId());
    settle();

    assertThat(told()).containsExactly("delivered a@0");
  }

  @Test
  void a_producer_id_that_never_comes_is_told_as_the_reason() {
    floor.topic("orders", 1);
    floor.answers.put(
        InitProducerIdRequest.class,
        any -> new InitProducerIdResponse().errorCode(ErrorCode.BROKER_NOT_AVAILABLE.code()));
    source("orders", 0).sendNow("a");
    pass(DELIVERY_TIMEOUT);

    assertThat(told()).containsExactly("failed a NOT_SENT");
    assertThat(ends.get(0).message()).contains("producer id").contains("BROKER_NOT_AVAILABLE");
  }

  @Test
  void brokers_without_ids_take_records_without_numbers_and_one_warning_says_so() {
    floor.topic("orders", 1);
    floor.answers.put(
        InitProducerIdRequest.class, any -> new UnsupportedVersionException("too old for it"));
    Source orders = source("orders", 0);
    orders.sendNow("a");
    settle();

    assertThat(sent(1)).containsExactly("orders-0 -1:-1+1");
    assertThat(told()).containsExactly("delivered a@0");
    assertThat(Warnings.take(any -> true)).hasSize(1);
  }

  @Test
  void idempotence_that_was_demanded_and_is_not_allowed_fails_records() {
    settings = settings(true, true, -1);
    floor.topic("orders", 1);
    floor.answers.put(
        InitProducerIdRequest.class,
        any ->
            new InitProducerIdResponse().errorCode(ErrorCode.CLUSTER_AUTHORIZATION_FAILED.code()));
    Source orders = source("orders", 0);
    orders.sendNow("a");
    orders.sendNow("b");

    assertThat(told()).containsExactly("failed a REFUSED", "failed b REFUSED");
    assertThat(ends.get(0).failure()).isInstanceOf(AuthorizationException.class);
    assertThat(floor.broker(1).all).isEmpty();
  }

  @Test
  @Scenario("G14")
  void an_answer_that_omits_a_partition_has_it_sent_again_and_one_that_doubles_it_counts_once() {
    floor.topic("orders", 1);
    Source orders = source("orders", 0);
    orders.sendNow("a");
    floor.broker(1).first().answer(response -> response.responses().clear());
    assertThat(told()).isEmpty();
    pass(LONG_PAUSE);

    floor
        .broker(1)
        .first()
        .answer(
            response ->
                response
                    .responses()
                    .get(0)
                    .partitionResponses()
                    .add(response.responses().get(0).partitionResponses().get(0)));

    assertThat(told()).containsExactly("delivered a@0");
    assertThat(log()).containsExactly("a");
  }

  @Test
  @Scenario({"G30", "L8"})
  void without_acknowledgement_what_has_left_is_delivered_and_what_was_lost_is_unknown() {
    floor.topic("orders", 1);
    Source orders = new Source("orders", 0, topic(Acks.NONE, Duration.ofMillis(5)));
    orders.sendNow("a");
    floor.broker(1).first().answer(response -> response.responses().clear());
    orders.sendNow("b");
    floor.broker(1).loseConnection(0);

    assertThat(told()).containsExactly("delivered a@-1", "failed b UNKNOWN");
  }

  @Test
  @Scenario("G32")
  void without_numbers_as_many_are_in_flight_from_the_first_on_as_are_wanted() {
    settings = settings(false, false, -1, 5);
    floor.topic("orders", 1);
    Source orders = source("orders", 0);
    for (int i = 0; i < 9; i++) {
      orders.sendNow("v" + i);
    }

    assertThat(floor.broker(1).open).hasSize(5);
    floor.broker(1).answerAll();
    assertThat(told()).hasSize(9);
    assertThat(floor.asked).isEmpty();
  }

  @Test
  @Scenario({"L34", "L40"})
  void retries_that_are_used_up_end_a_batch() {
    settings = settings(true, false, 2);
    floor.topic("orders", 1);
    Source orders = source("orders", 0);
    orders.sendNow("a");
    for (int i = 0; i < 3; i++) {
      floor.broker(1).first().refuse(ErrorCode.NOT_ENOUGH_REPLICAS);
      pass(LONG_PAUSE);
    }
    orders.sendNow("b");
    for (int i = 0; i < 3; i++) {
      floor.broker(1).first().refuse(ErrorCode.KAFKA_STORAGE_ERROR);
      pass(LONG_PAUSE);
    }

    assertThat(told()).containsExactly("failed a REFUSED", "failed b UNKNOWN");
    assertThat(ends.get(0).message()).contains("after 2 retries").contains("NOT_ENOUGH_REPLICAS");
  }

  @Test
  @Scenario("L33")
  void a_request_that_times_out_is_sent_again_and_written_once() {
    floor.topic("orders", 1);
    Source orders = source("orders", 0);
    orders.sendNow("a");
    Exchange stalled = floor.broker(1).first();
    stalled.carryOut();
    stalled.fail(
        new TimeoutException(
            "ProduceRequest not answered within 30 s", SendOutcome.UNKNOWN, REQUEST_TIMEOUT, 1));
    settle();

    assertThat(log()).containsExactly("a");
    assertThat(told()).containsExactly("delivered a@0");
  }

  @Test
  @Scenario("L41")
  void pauses_between_attempts_grow_and_differ() {
    floor.topic("orders", 1);
    Source orders = source("orders", 0);
    orders.sendNow("a");
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      floor.broker(1).first().refuse(ErrorCode.NOT_ENOUGH_REPLICAS);
      long start = floor.loop.nanoTime();
      while (floor.broker(1).open.isEmpty()) {
        pass(Duration.ofMillis(1));
      }
      pauses.add(Duration.ofNanos(floor.loop.nanoTime() - start).toMillis());
    }
    floor.broker(1).answerAll();

    assertThat(pauses.get(0)).isBetween(80L, 121L);
    assertThat(pauses.get(1)).isBetween(160L, 241L);
    assertThat(pauses.get(2)).isBetween(320L, 481L);
    assertThat(pauses.get(3)).isBetween(640L, 961L);
    assertThat(pauses.get(5)).isBetween(800L, 1201L);
    assertThat(pauses.subList(4, 6)).doesNotHaveDuplicates();
  }

  @Test
  void a_batch_that_is_too_large_goes_in_halves_and_what_is_behind_it_stays_behind() {
    floor.topic("orders", 1);
    Source orders = source("orders", 0);
    orders.sendNow("first");
    floor.broker(1).answerAll();
    orders.sendNow("a", "b", "c");
    orders.sendNow("d");
    floor.broker(1).first().refuse(ErrorCode.MESSAGE_TOO_LARGE);
    settle();

    assertThat(log()).containsExactly("first", "a", "b", "c", "d");
    assertThat(told())
        .containsExactly(
            "delivered first@0",
            "replaced a,b,c",
            "delivered a@1",
            "delivered b,c@2",
            "delivered d@4");
  }

  @Test
  void a_single_record_that_is_too_large_is_refused() {
    floor.topic("orders", 1);
    Source orders = source("orders", 0);
    orders.sendNow("a");
    floor.broker(1).first().refuse(ErrorCode.MESSAGE_TOO_LARGE);

    assertThat(told()).containsExactly("failed a REFUSED");
    assertThat(ends.get(0).message()).contains("MESSAGE_TOO_LARGE").contains("max.message.bytes");
  }

  @Test
  void the_bad_records_of_a_batch_fail_and_the_good_ones_are_written() {
    floor.topic("orders", 1);
    Source orders = source("orders", 0);
    orders.sendNow("a", "bad", "worse", "b");
    floor
        .broker(1)
        .first()
        .refuse(
            ErrorCode.INVALID_RECORD,
            one -> {
              one.recordErrors(new ArrayList<>());
              one.recordErrors()
                  .add(
                      new BatchIndexAndErrorMessage()
                          .batchIndex(1)
                          .batchIndexErrorMessage("no key"));
              one.recordErrors().add(new BatchIndexAndErrorMessage().batchIndex(2));
            });
    settle();

    assertThat(log()).containsExactly("a", "b");
    assertThat(told())
        .containsExactly(
            "replaced a,bad,worse,b",
            "delivered a@0",
            "failed bad REFUSED",
            "failed worse REFUSED",
            "delivered b@1");
    assertThat(ends.get(2).message()).contains("no key");
  }

  @Test
  void brokers_before_011_get_message_sets_and_records_with_headers_fail_alone() {
    settings = settings(false, false, -1);
    floor.versions = PeersVersions.upToProduce(2);
    floor.hasIds = false;
    floor.topic("orders", 1);
    Source orders = source("orders", 0);
    orders.sendNow("a");
    assertThat(floor.broker(1).first().parts.get(0).batch().magic()).isEqualTo((byte) 1);
    floor.broker(1).answerAll();

    orders.sealed.add(batch(List.of(new Header("h", new byte[1])), "b"));
    sinks().onReady(orders.lane);
    orders.sendNow("c");
    settle();

    assertThat(log()).containsExactly("a", "c");
    assertThat(told())
        .containsExactly("delivered a@0", "replaced b", "failed b NOT_SENT", "delivered c@1");
    assertThat(ends.get(2).message()).contains("headers").contains("0.11");
  }

  @Test
  void brokers_without_topic_ids_are_told_names() {
    floor.hasIds = false;
    floor.topic("orders", 1);
    source("orders", 0).sendNow("a");

    assertThat(floor.broker(1).first().version).isEqualTo(12);
    floor.broker(1).answerAll();
    assertThat(told()).containsExactly("delivered a@0");
  }

  @Test
  void purging_the_queued_leaves_what_a_broker_may_have() {
    floor.topic("orders", 1);
    Source orders = source("orders", 0);
    orders.sendNow("a");
    orders.sendNow("b");
    sinks().purge(Purge.QUEUED);
    assertThat(told()).isEmpty();
    floor.broker(1).answerAll();

    assertThat(told()).containsExactly("delivered a@0", "failed b NOT_SENT");
    assertThat(ends.get(1).failure()).isInstanceOf(RefusedException.class);
  }

  @Test
  @Scenario("G7")
  void what_is_given_up_in_flight_is_unknown_and_does_not_break_the_sequence() {
    floor.topic("orders", 1);
    Source orders = source("orders", 0);
    orders.sendNow("a");
    sinks().purge(Purge.ALL);
    assertThat(told()).containsExactly("failed a UNKNOWN");

    orders.sendNow("b");
    settle();

    assertThat(log()).containsExactly("a", "b");
    assertThat(sent(1)).containsExactly("orders-0 0:0+1", "orders-0 1:0+1");
    assertThat(told()).last().isEqualTo("delivered b@1");
  }

  @Test
  void closing_ends_everything_and_what_comes_later() {
    floor.topic("orders", 1);
    Source orders = source("orders", 0);
    orders.sendNow("a");
    orders.sendNow("b");
    sinks().close();
    orders.sendNow("c");

    assertThat(told())
        .containsExactly("failed a UNKNOWN", "failed b NOT_SENT", "failed c NOT_SENT");
    assertThat(ends)
        .allSatisfy(end -> assertThat(end.failure()).isInstanceOf(ClosedException.class));
  }

  @Test
  @Scenario("G21")
  void an_open_batch_that_becomes_ripe_while_its_partition_moves_goes_to_the_new_leader() {
    floor.topic("orders", 1);
    Source orders = new Source("orders", 0, topic(Acks.ALL, Duration.ZERO));
    orders.sendNow("a");
    floor.broker(1).answerAll();
    orders.sendNow("b");
    orders.unripe = batch("c");
    sinks().onReady(orders.lane);
    floor.move("orders", 0, 2);
    run();
    assertThat(floor.broker(1).open).hasSize(1);

    floor.broker(1).first().answer();
    settle();

    assertThat(log()).containsExactly("a", "b", "c");
    assertThat(floor.broker(2).all).isNotEmpty();
  }

  @Test
  void with_no_linger_an_open_batch_waits_only_while_something_is_in_flight() {
    floor.topic("orders", 1);
    Source orders = new Source("orders", 0, topic(Acks.ALL, Duration.ZERO));
    orders.unripe = batch("a");
    sinks().onReady(orders.lane);
    run();
    assertThat(floor.broker(1).open).hasSize(1);

    orders.unripe = batch("b");
    sinks().onReady(orders.lane);
    run();
    assertThat(orders.unripe).isNotNull();
    floor.broker(1).first().answer();
    assertThat(orders.unripe).isNull();
    floor.broker(1).answerAll();
    assertThat(log()).containsExactly("a", "b");
  }

  @Test
  void a_partition_that_fails_is_known_and_movable_batches_leave_it() {
    takesMoved = true;
    floor.topic("orders", -1);
    Source orders = source("orders", 0);
    assertThat(orders.lane.isFailing()).isFalse();
    orders.sealed.add(movable("a"));
    sinks().onReady(orders.lane);
    run();
    assertThat(moved).isEmpty();

    pass(LONG_PAUSE);
    assertThat(orders.lane.isFailing()).isTrue();
    assertThat(moved).hasSize(1);

    pass(Duration.ofSeconds(10));
    floor.move("orders", 0, 1);
    orders.sendNow("b");
    settle();
    assertThat(orders.lane.isFailing()).isFalse();
    assertThat(log()).containsExactly("b");
  }

  private ProducerBatch movable(String value) {
    isKeyed = false;
    try {
      return batch(value);
    } finally {
      isKeyed = true;
    }
  }

  @Test
  void a_cluster_that_is_away_is_known_to_be_and_its_return_as_well() {
    floor.topic("orders", 1);
    Source orders = source("orders", 0);
    orders.sendNow("a");
    floor.broker(1).answerAll();
    assertThat(sinks().awaySinceNanos()).isZero();

    floor.brokers.values().forEach(broker -> broker.isUp = false);
    floor.isMetadataDown = true;
    orders.sendNow("b");
    pass(Duration.ofMillis(5));
    long lost = floor.loop.nanoTime();
    floor.broker(1).loseConnection(0);
    pass(Duration.ofSeconds(20));
    assertThat(sinks().awaySinceNanos()).isEqualTo(lost);

    floor.brokers.values().forEach(broker -> broker.isUp = true);
    floor.isMetadataDown = false;
    settle();
    assertThat(sinks().awaySinceNanos()).isZero();
    assertThat(log()).containsExactly("a", "b");
  }

  @Test
  void a_topic_that_is_deleted_leaves_unknown_what_may_have_been_written() {
    floor.topic("orders", 1);
    Source orders = source("orders", 0);
    orders.sendNow("a");
    orders.sendNow("b");
    floor.broker(1).loseConnection(1);
    floor.topics.remove("orders");
    settle();
    pass(Duration.ofSeconds(60));

    assertThat(told()).hasSize(2).first().isEqualTo("failed a UNKNOWN");
    assertThat(ends.get(1).outcome()).isNotEqualTo(SendOutcome.UNKNOWN);
  }

  @Test
  void a_topic_that_does_not_exist_refuses_its_records_as_metadata_says() {
    Source ghosts = source("ghosts", 0);
    ghosts.sendNow("a");
    pass(Duration.ofSeconds(30));

    assertThat(told()).containsExactly("failed a " + ends.get(0).outcome());
    assertThat(ends.get(0).failure()).isInstanceOf(RefusedException.class);
    assertThat(ends.get(0).message()).contains("ghosts");
  }
}
