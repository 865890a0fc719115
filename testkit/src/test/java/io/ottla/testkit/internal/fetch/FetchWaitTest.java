package io.ottla.testkit.internal.fetch;

import static io.ottla.testkit.internal.fetch.Requests.reading;
import static io.ottla.testkit.internal.fetch.Requests.request;
import static io.ottla.testkit.internal.fetch.Requests.topic;
import static io.ottla.testkit.internal.fetch.Requests.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchResponse.PartitionData;
import io.ottla.testkit.internal.topic.Topic;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FetchWaitTest extends FetchTestBase {
  private static final int MAX_WAIT_MS = 500;
  private static final int BATCH = Batches.of("x").remaining();

  private final Topic topic = create("a", 2);

  @Test
  void an_answer_with_enough_bytes_does_not_wait() {
    append("a", 0, Batches.of("x"));

    assertThat(wait(BATCH).isAnswered()).isTrue();
    assertThat(timers.waiting()).isZero();
  }

  @Test
  void an_answer_waits_until_its_time_is_over_and_tells_what_there_is() {
    append("a", 0, Batches.of("x"));
    FakeExchange waits = wait(BATCH + 1);

    timers.advance(MAX_WAIT_MS - 1);
    assertThat(waits.isAnswered()).isFalse();
    timers.advance(1);

    List<PartitionData> told = waits.response().responses().get(0).partitions();
    assertThat(values(told.get(0).records())).containsExactly("x");
    assertThat(values(told.get(1).records())).isEmpty();
    assertThat(timers.waiting()).isZero();
  }

  @Test
  void records_end_the_wait_when_all_partitions_together_have_enough() {
    FakeExchange waits = wait(2 * BATCH);

    append("a", 0, Batches.of("x"));
    timers.advance(0);
    assertThat(waits.isAnswered()).isFalse();
    append("a", 1, Batches.of("y"));
    timers.advance(0);

    assertThat(waits.response().responses().get(0).partitions())
        .allSatisfy(data -> assertThat(size(data)).isEqualTo(BATCH));
    assertThat(timers.waiting()).isZero();
  }

  @Test
  void who_appends_to_several_partitions_in_one_go_is_told_as_one() {
    FakeExchange waits = wait(1);

    append("a", 0, Batches.of("x"));
    append("a", 1, Batches.of("y"));
    assertThat(waits.isAnswered()).as("in the same turn").isFalse();
    timers.advance(0);

    assertThat(waits.response().responses().get(0).partitions())
        .allSatisfy(data -> assertThat(size(data)).isEqualTo(BATCH));
  }

  @Test
  void a_partition_counts_only_up_to_its_own_limit() {
    FetchRequest request =
        request(topic("a", reading(0, 0).partitionMaxBytes(BATCH)))
            .minBytes(BATCH + 1)
            .maxWaitMs(MAX_WAIT_MS);
    FakeExchange waits = send(request, WITH_NAMES);

    append("a", 0, Batches.of("x"), Batches.of("y"), Batches.of("z"));
    timers.advance(0);

    assertThat(waits.isAnswered()).isFalse();
  }

  @Test
  void more_is_never_wanted_than_may_be_answered() {
    append("a", 0, Batches.of("x"));
    FetchRequest request = waiting(10 * BATCH).maxBytes(BATCH);

    assertThat(send(request, WITH_NAMES).isAnswered()).isTrue();
  }

  @Test
  void without_time_to_wait_the_answer_comes_at_once() {
    assertThat(send(waiting(1).maxWaitMs(0), WITH_NAMES).isAnswered()).isTrue();
    assertThat(send(waiting(1).maxWaitMs(-1), WITH_NAMES).isAnswered()).isTrue();
  }

  @Test
  void records_beyond_the_high_watermark_do_not_end_the_wait() {
    partition("a", 0).log().holdHighWatermark();
    FakeExchange waits = wait(1);

    append("a", 0, Batches.of("x"));
    timers.advance(0);
    assertThat(waits.isAnswered()).isFalse();
    partition("a", 0).log().releaseHighWatermark();
    timers.advance(0);

    assertThat(waits.response().responses().get(0).partitions().get(0).highWatermark())
        .isEqualTo(1);
  }

  @Test
  void who_reads_beyond_the_high_watermark_does_not_wait() {
    partition("a", 0).log().holdHighWatermark();
    append("a", 0, Batches.of("x"));

    FakeExchange exchange =
        send(request(topic("a", reading(0, 1))).maxWaitMs(MAX_WAIT_MS), WITH_NAMES);
    timers.advance(0);

    assertThat(error(only(exchange.response()))).isEqualTo(ErrorCode.NONE);
    assertThat(values(only(exchange.response()).records())).isEmpty();
  }

  @Test
  void a_leader_that_moves_away_ends_the_wait_of_who_needs_the_leader() {
    FakeExchange waits = send(waiting(1), 10);

    partition("a", 0).elect(2);
    timers.advance(0);

    assertThat(waits.response().responses().get(0).partitions())
        .extracting(FetchTestBase::error)
        .containsExactly(ErrorCode.NOT_LEADER_OR_FOLLOWER, ErrorCode.NONE);
  }

  @Test
  void a_new_leader_epoch_ends_the_wait_of_who_knows_the_old_one() {
    FetchRequest request =
        request(topic("a", reading(0, 0).currentLeaderEpoch(0))).maxWaitMs(MAX_WAIT_MS);
    FakeExchange waits = send(request, WITH_NAMES);

    partition("a", 0).elect(1);
    timers.advance(0);

    assertThat(error(only(waits.response()))).isEqualTo(ErrorCode.FENCED_LEADER_EPOCH);
  }

  @Test
  void a_truncation_below_the_offset_ends_the_wait() {
    append("a", 0, Batches.of("x"), Batches.of("y"));
    FakeExchange waits =
        send(request(topic("a", reading(0, 2))).maxWaitMs(MAX_WAIT_MS), WITH_NAMES);
    assertThat(waits.isAnswered()).isFalse();

    partition("a", 0).log().truncateTo(1);
    timers.advance(0);

    assertThat(error(only(waits.response()))).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
  }

  @Test
  void a_truncation_that_takes_what_was_fetched_ends_the_wait_with_the_divergence() {
    append("a", 0, Batches.of("x"), Batches.of("y"));
    FetchRequest request =
        request(topic("a", reading(0, 2).lastFetchedEpoch(0))).maxWaitMs(MAX_WAIT_MS);
    FakeExchange waits = send(request, WITH_NAMES);

    partition("a", 0).log().truncateTo(1);
    timers.advance(0);

    PartitionData data = only(waits.response());
    assertThat(error(data)).isEqualTo(ErrorCode.NONE);
    assertThat(data.divergingEpoch().epoch()).isZero();
    assertThat(data.divergingEpoch().endOffset()).isEqualTo(1);
  }

  @Test
  void a_topic_that_is_deleted_ends_the_wait() {
    FakeExchange waits = wait(1);

    topics.delete(topic);
    timers.advance(0);

    assertThat(waits.response().responses().get(0).partitions())
        .extracting(FetchTestBase::error)
        .containsOnly(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @Test
  void a_connection_that_closes_leaves_nothing_behind() {
    FakeExchange waits = wait(1);
    FakeExchange isAboutToAnswer = wait(1);
    waits.close();

    append("a", 0, Batches.of("x"));
    isAboutToAnswer.close();
    timers.advance(MAX_WAIT_MS);

    assertThat(waits.isAnswered()).isFalse();
    assertThat(isAboutToAnswer.isAnswered()).isFalse();
    assertThat(timers.waiting()).isZero();
  }

  @Test
  void an_error_in_one_partition_ends_the_wait_for_all() {
    FetchRequest request = request(topic("a", reading(0, 9), reading(1, 0))).maxWaitMs(MAX_WAIT_MS);

    assertThat(send(request, WITH_NAMES).isAnswered()).isTrue();
  }

  @Test
  void an_unknown_partition_does_not_end_the_wait_for_the_others() {
    FetchRequest request = request(topic("a", reading(7, 0), reading(1, 0))).maxWaitMs(MAX_WAIT_MS);
    FakeExchange waits = send(request, WITH_NAMES);

    assertThat(waits.isAnswered()).isFalse();
    timers.advance(MAX_WAIT_MS);

    assertThat(waits.response().responses().get(0).partitions())
        .extracting(PartitionData::partitionIndex)
        .as("those that are not known come last")
        .containsExactly(1, 7);
  }

  private FakeExchange wait(int minBytes) {
    return send(waiting(minBytes), WITH_NAMES);
  }

  private static FetchRequest waiting(int minBytes) {
    return request(topic("a", reading(0, 0), reading(1, 0)))
        .minBytes(minBytes)
        .maxWaitMs(MAX_WAIT_MS);
  }
}
