package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchRequest.ForgottenTopic;
import io.ottla.protocol.message.FetchResponse;
import io.ottla.protocol.message.FetchResponse.PartitionData;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Incremental fetch sessions: what is told again, and what is not. */
abstract class FetchSessionBehaviour extends Behaviour {
  private static final int FULL = 0;
  private static final int NEWEST = Fetching.NEWEST;

  @ParameterizedTest
  @ValueSource(ints = {7, 11, 12, 13, 18})
  void a_session_begins_with_all_partitions_and_goes_on_with_those_that_changed(int version) {
    Topic topic = newTopic(3);
    append(topic, TestBatch.of("a"));

    FetchResponse full = begin(topic, version, 0, 1, 2);
    FetchResponse unchanged = next(full, 1, Fetching.empty(), version);

    assertThat(full.sessionId()).isPositive();
    assertThat(partitions(full)).containsExactly(0, 1, 2);
    assertThat(unchanged.errorCode()).isZero();
    assertThat(unchanged.sessionId()).isEqualTo(full.sessionId());
    // The reader's position is still 0, so the record is told again.
    assertThat(partitions(unchanged)).containsExactly(0);
  }

  @Test
  void a_partition_that_has_moved_on_is_silent_until_there_is_more() {
    Topic topic = newTopic(2);
    append(topic, TestBatch.of("a"));
    FetchResponse full = begin(topic, NEWEST, 0, 1);
    FetchRequest moveOn = Fetching.add(Fetching.empty(), topic, NEWEST, Fetching.partition(0, 1));

    FetchResponse moved = next(full, 1, moveOn, NEWEST);
    appendTo(topic, 1, TestBatch.of("b"));
    FetchResponse more = next(full, 2, Fetching.empty(), NEWEST);

    assertThat(moved.responses()).isEmpty();
    assertThat(partitions(more)).containsExactly(1);
    assertThat(Fetching.values(data(more).get(0))).containsExactly("b");
  }

  @Test
  void a_session_waits_for_records_too() {
    Topic topic = newTopic(2);
    FetchResponse full = begin(topic, NEWEST, 0, 1);
    RawConnection reader = anotherConnection();
    FetchRequest request =
        Fetching.empty().sessionId(full.sessionId()).sessionEpoch(1).maxWaitMs(20_000);

    reader.send(request, NEWEST);
    appendTo(topic, 1, TestBatch.of("b"));

    assertThat(partitions(reader.receive(request, NEWEST))).containsExactly(1);
  }

  @Test
  void leaving_a_partition_out_is_not_forgetting_it() {
    Topic topic = newTopic(2);
    FetchResponse full = begin(topic, NEWEST, 0, 1);
    append(topic, TestBatch.of("a"));

    FetchResponse answer =
        next(
            full,
            1,
            Fetching.add(Fetching.empty(), topic, NEWEST, Fetching.partition(1, 0)),
            NEWEST);

    assertThat(partitions(answer)).containsExactly(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 12, 13, 18})
  void a_forgotten_partition_is_silent(int version) {
    Topic topic = newTopic(2);
    FetchResponse full = begin(topic, version, 0, 1);
    append(topic, TestBatch.of("a"));
    appendTo(topic, 1, TestBatch.of("b"));
    ForgottenTopic forgotten = new ForgottenTopic().partitions(List.of(0));
    if (version >= 13) {
      forgotten.topicId(topic.id());
    } else {
      forgotten.topic(topic.name());
    }

    FetchResponse answer =
        next(full, 1, Fetching.empty().forgottenTopicsData(List.of(forgotten)), version);

    assertThat(partitions(answer)).containsExactly(1);
  }

  @Test
  void a_partition_that_is_added_is_told_at_once() {
    Topic topic = newTopic(2);
    FetchResponse full = begin(topic, NEWEST, 0);

    FetchResponse answer =
        next(
            full,
            1,
            Fetching.add(Fetching.empty(), topic, NEWEST, Fetching.partition(1, 0)),
            NEWEST);

    assertThat(partitions(answer)).containsExactly(1);
  }

  @Test
  void a_partition_with_an_error_is_told_each_time() {
    Topic topic = newTopic(1);
    FetchResponse full = begin(topic, NEWEST, 0, 9);

    FetchResponse again = next(full, 1, Fetching.empty(), NEWEST);

    assertThat(partitions(again)).containsExactly(9);
    assertThat(error(data(again).get(0).errorCode()))
        .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @Test
  void an_unknown_topic_id_is_told_each_time() {
    Topic topic = newTopic(1);
    Topic nowhere = new Topic("nowhere", UUID.randomUUID());
    FetchRequest request = Fetching.of(topic, 0, 0, NEWEST).sessionEpoch(FULL);
    Fetching.add(request, nowhere, NEWEST, Fetching.partition(0, 0));
    FetchResponse full = broker().ask(request);

    FetchResponse again = next(full, 1, Fetching.empty(), NEWEST);

    assertThat(again.errorCode()).isZero();
    assertThat(error(only(data(again)).errorCode())).isEqualTo(ErrorCode.UNKNOWN_TOPIC_ID);
  }

  @Test
  void a_new_log_start_is_told() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of("a", "b"));
    FetchRequest request = Fetching.of(topic, 0, 2, NEWEST).sessionEpoch(FULL);
    FetchResponse full = broker().ask(request);
    DeleteRecordsBehaviour.deleteRecords(broker(), topic, 1);

    PartitionData told = only(data(next(full, 1, Fetching.empty(), NEWEST)));

    assertThat(told.logStartOffset()).isEqualTo(1);
    assertThat(Fetching.values(told)).isEmpty();
  }

  @Test
  void partitions_take_turns() {
    Topic topic = newTopic(2);
    append(topic, TestBatch.of("a"));
    appendTo(topic, 1, TestBatch.of("b"));
    FetchRequest request = Fetching.empty().maxBytes(1).sessionEpoch(FULL);
    Fetching.add(request, topic, NEWEST, Fetching.partition(0, 0), Fetching.partition(1, 0));
    FetchResponse full = broker().ask(request);

    FetchResponse second = next(full, 1, Fetching.empty().maxBytes(1), NEWEST);
    FetchResponse third = next(full, 2, Fetching.empty().maxBytes(1), NEWEST);
    FetchResponse fourth = next(full, 3, Fetching.empty().maxBytes(1), NEWEST);

    assertThat(withRecords(full)).containsExactly(0);
    assertThat(withRecords(second)).containsExactly(0);
    assertThat(withRecords(third)).containsExactly(1);
    assertThat(withRecords(fourth)).containsExactly(0);
  }

  // ---- the life of a session

  @Test
  void a_wrong_epoch_is_an_error_of_the_whole_answer() {
    FetchResponse full = begin(newTopic(1), NEWEST, 0);

    FetchResponse answer = next(full, 7, Fetching.empty(), NEWEST);

    assertThat(answer)
        .isEqualTo(new FetchResponse().errorCode(ErrorCode.INVALID_FETCH_SESSION_EPOCH.code()));
  }

  @Test
  void an_epoch_is_used_once() {
    FetchResponse full = begin(newTopic(1), NEWEST, 0);
    next(full, 1, Fetching.empty(), NEWEST);

    assertThat(error(next(full, 1, Fetching.empty(), NEWEST).errorCode()))
        .isEqualTo(ErrorCode.INVALID_FETCH_SESSION_EPOCH);
    assertThat(error(next(full, 2, Fetching.empty(), NEWEST).errorCode()))
        .isEqualTo(ErrorCode.NONE);
  }

  @Test
  void a_session_that_nobody_knows_is_an_error_of_the_whole_answer() {
    FetchRequest request = Fetching.empty().sessionId(1_234_567).sessionEpoch(4);

    assertThat(broker().ask(request))
        .isEqualTo(new FetchResponse().errorCode(ErrorCode.FETCH_SESSION_ID_NOT_FOUND.code()));
  }

  @Test
  void a_session_ends_when_its_reader_says_so() {
    FetchResponse full = begin(newTopic(1), NEWEST, 0);
    FetchRequest last =
        Fetching.empty().sessionId(full.sessionId()).sessionEpoch(Fetching.NO_SESSION);

    assertThat(broker().ask(last)).isEqualTo(new FetchResponse());
    assertThat(error(next(full, 1, Fetching.empty(), NEWEST).errorCode()))
        .isEqualTo(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
  }

  @Test
  void a_session_that_begins_anew_ends_the_one_it_names() {
    Topic topic = newTopic(1);
    FetchResponse first = begin(topic, NEWEST, 0);

    FetchResponse second =
        broker()
            .ask(Fetching.of(topic, 0, 0, NEWEST).sessionId(first.sessionId()).sessionEpoch(FULL));

    assertThat(second.sessionId()).isPositive().isNotEqualTo(first.sessionId());
    assertThat(error(next(first, 1, Fetching.empty(), NEWEST).errorCode()))
        .isEqualTo(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
  }

  @Test
  void a_session_does_not_belong_to_its_connection() {
    FetchResponse full = begin(newTopic(1), NEWEST, 0);
    FetchRequest request = Fetching.empty().sessionId(full.sessionId()).sessionEpoch(1);

    assertThat(error(anotherConnection().ask(request).errorCode())).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void a_session_may_begin_without_partitions() {
    assertThat(broker().ask(Fetching.empty().sessionEpoch(FULL)).sessionId()).isPositive();
  }

  @Test
  void a_session_whose_last_partition_is_forgotten_is_over() {
    Topic topic = newTopic(1);
    FetchResponse full = begin(topic, NEWEST, 0);
    ForgottenTopic all = new ForgottenTopic().topicId(topic.id()).partitions(List.of(0));

    FetchResponse answer =
        next(full, 1, Fetching.empty().forgottenTopicsData(List.of(all)), NEWEST);

    assertThat(answer.sessionId()).isZero();
    assertThat(error(next(full, 2, Fetching.empty(), NEWEST).errorCode()))
        .isEqualTo(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
  }

  @Test
  void a_session_stays_with_names_or_with_ids() {
    Topic topic = newTopic(1);
    FetchResponse named = begin(topic, 12, 0);
    FetchResponse numbered = begin(topic, 13, 0);

    assertThat(error(next(named, 1, Fetching.of(topic, 0, 0, 13), 13).errorCode()))
        .isEqualTo(ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR);
    assertThat(error(next(numbered, 1, Fetching.of(topic, 0, 0, 12), 12).errorCode()))
        .isEqualTo(ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR);
  }

  private FetchResponse begin(Topic topic, int version, int... partitions) {
    FetchRequest request = Fetching.empty().sessionEpoch(FULL);
    for (int partition : partitions) {
      Fetching.add(request, topic, version, Fetching.partition(partition, 0));
    }
    FetchResponse answer = broker().ask(request, version);
    assertThat(error(answer.errorCode())).isEqualTo(ErrorCode.NONE);
    return answer;
  }

  private FetchResponse next(FetchResponse begun, int epoch, FetchRequest request, int version) {
    return broker().ask(request.sessionId(begun.sessionId()).sessionEpoch(epoch), version);
  }

  private static List<PartitionData> data(FetchResponse answer) {
    return answer.responses().stream().flatMap(topic -> topic.partitions().stream()).toList();
  }

  private static List<Integer> partitions(FetchResponse answer) {
    return data(answer).stream().map(PartitionData::partitionIndex).toList();
  }

  private static List<Integer> withRecords(FetchResponse answer) {
    return data(answer).stream()
        .filter(data -> !Fetching.values(data).isEmpty())
        .map(PartitionData::partitionIndex)
        .toList();
  }
}
