package io.ottla.testkit.internal.fetch;

import static io.ottla.testkit.internal.fetch.Requests.forgotten;
import static io.ottla.testkit.internal.fetch.Requests.reading;
import static io.ottla.testkit.internal.fetch.Requests.request;
import static io.ottla.testkit.internal.fetch.Requests.topic;
import static io.ottla.testkit.internal.fetch.Requests.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchRequest.FetchTopic;
import io.ottla.protocol.message.FetchResponse;
import io.ottla.testkit.internal.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** KIP-227. */
final class FetchSessionsTest extends FetchTestBase {
  private static final long EVICTABLE_MILLIS = FetchSettings.DEFAULTS.sessionEvictionMillis() + 1;

  @BeforeEach
  void createTopics() {
    create("a", 2);
    create("b", 1);
  }

  @Test
  void a_full_fetch_begins_a_session_and_is_told_of_all_partitions() {
    FetchResponse response = fetch(full(both()), WITH_NAMES);

    assertThat(error(response)).isEqualTo(ErrorCode.NONE);
    assertThat(response.sessionId()).isPositive();
    assertThat(told(response)).containsExactly("a-0", "a-1", "b-0");
    assertThat(handler.sessionCount(1)).isEqualTo(1);
  }

  @Test
  void the_final_epoch_without_session_begins_none() {
    FetchResponse response = fetch(full(both()).sessionEpoch(-1), WITH_NAMES);

    assertThat(response.sessionId()).isZero();
    assertThat(told(response)).hasSize(3);
    assertThat(handler.sessionCount(1)).isZero();
  }

  @Test
  void a_version_before_sessions_begins_none() {
    assertThat(fetch(request(both()), 6).sessionId()).isZero();
  }

  @Test
  void an_incremental_fetch_is_told_only_what_is_new() {
    int session = begin(both());

    assertThat(told(fetch(next(session, 1), WITH_NAMES))).isEmpty();

    append("a", 1, Batches.of("x"));
    FetchResponse news = fetch(next(session, 2), WITH_NAMES);
    assertThat(news.sessionId()).isEqualTo(session);
    assertThat(told(news)).containsExactly("a-1");
    assertThat(values(only(news).records())).containsExactly("x");

    assertThat(told(fetch(next(session, 3), WITH_NAMES)))
        .as("the offset has not moved, so the records come again")
        .containsExactly("a-1");
    assertThat(told(fetch(next(session, 4, topic("a", reading(1, 1))), WITH_NAMES))).isEmpty();
  }

  @Test
  void a_high_watermark_or_log_start_that_moved_is_news() {
    append("a", 0, Batches.of("x", "y"));
    partition("a", 0).log().holdHighWatermark();
    append("a", 0, Batches.of("z"));
    int session = begin(topic("a", reading(0, 2)), topic("b", reading(0, 0)));
    assertThat(told(fetch(next(session, 1), WITH_NAMES))).isEmpty();

    partition("a", 0).log().deleteRecordsBefore(1);
    FetchResponse moved = fetch(next(session, 2), WITH_NAMES);
    assertThat(told(moved)).containsExactly("a-0");
    assertThat(only(moved).logStartOffset()).isEqualTo(1);

    FetchRequest request = next(session, 3, topic("a", reading(0, 3)));
    assertThat(told(fetch(request, WITH_NAMES))).as("beyond the high watermark").isEmpty();
    partition("a", 0).log().releaseHighWatermark();
    FetchResponse released = fetch(next(session, 4), WITH_NAMES);
    assertThat(only(released).highWatermark()).isEqualTo(3);
    assertThat(only(released).records()).isEqualTo(Batches.of("x").limit(0));
  }

  @Test
  void an_error_is_told_each_time_and_its_end_too() {
    int session = begin(topic("a", reading(0, 7)), topic("b", reading(0, 0)));

    for (int epoch = 1; epoch <= 2; epoch++) {
      FetchResponse again = fetch(next(session, epoch), WITH_NAMES);
      assertThat(error(only(again))).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
    }
    FetchResponse over = fetch(next(session, 3, topic("a", reading(0, 0))), WITH_NAMES);
    assertThat(told(over)).containsExactly("a-0");
    assertThat(error(only(over))).isEqualTo(ErrorCode.NONE);
    assertThat(told(fetch(next(session, 4), WITH_NAMES))).isEmpty();
  }

  @Test
  void a_forgotten_partition_is_not_read_any_more() {
    int session = begin(both());
    append("a", 1, Batches.of("x"));
    append("b", 0, Batches.of("y"));

    FetchResponse response =
        fetch(next(session, 1).forgottenTopicsData(List.of(forgotten("a", 1))), WITH_NAMES);
    assertThat(told(response)).containsExactly("b-0");
    assertThat(told(fetch(next(session, 2), WITH_NAMES))).containsExactly("b-0");
  }

  @Test
  void a_session_ends_when_all_of_it_is_forgotten() {
    int session = begin(both());

    FetchResponse response =
        fetch(
            next(session, 1).forgottenTopicsData(List.of(forgotten("a", 0, 1), forgotten("b", 0))),
            WITH_NAMES);

    assertThat(error(response)).isEqualTo(ErrorCode.NONE);
    assertThat(response.sessionId()).isZero();
    assertThat(response.responses()).isEmpty();
    assertThat(handler.sessionCount(1)).isZero();
  }

  @Test
  void a_partition_that_is_added_and_forgotten_in_one_request_is_forgotten() {
    int session = begin(topic("b", reading(0, 0)));

    FetchResponse response =
        fetch(
            next(session, 1, topic("a", reading(0, 0)))
                .forgottenTopicsData(List.of(forgotten("a", 0))),
            WITH_NAMES);

    assertThat(told(response)).isEmpty();
  }

  @Test
  void a_wrong_epoch_is_refused_and_changes_nothing() {
    int session = begin(both());

    for (int epoch : new int[] {2, 7, Integer.MAX_VALUE, -2}) {
      FetchResponse refused = fetch(next(session, epoch), WITH_NAMES);
      assertThat(error(refused)).isEqualTo(ErrorCode.INVALID_FETCH_SESSION_EPOCH);
      assertThat(refused.sessionId()).isZero();
      assertThat(refused.responses()).isEmpty();
    }
    assertThat(error(fetch(next(session, 1), WITH_NAMES))).isEqualTo(ErrorCode.NONE);
    assertThat(error(fetch(next(session, 1), WITH_NAMES)))
        .as("a request sent twice")
        .isEqualTo(ErrorCode.INVALID_FETCH_SESSION_EPOCH);
  }

  @Test
  void a_session_that_another_request_used_meanwhile_is_not_told_from() {
    int session = begin(both());
    FakeExchange waits = send(next(session, 1).maxWaitMs(100), WITH_NAMES);

    assertThat(error(fetch(next(session, 2), WITH_NAMES))).isEqualTo(ErrorCode.NONE);
    timers.advance(100);

    assertThat(error(waits.response())).isEqualTo(ErrorCode.INVALID_FETCH_SESSION_EPOCH);
    assertThat(waits.response().sessionId()).isEqualTo(session);
  }

  @Test
  void an_unknown_session_is_refused() {
    int session = begin(both());

    assertThat(error(fetch(next(session + 1, 1), WITH_NAMES)))
        .isEqualTo(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
    assertThat(error(sendTo(2, next(session, 1), WITH_NAMES).response()))
        .as("at another broker")
        .isEqualTo(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
    handler.forgetSessions(1);
    assertThat(error(fetch(next(session, 1), WITH_NAMES)))
        .as("after a restart")
        .isEqualTo(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
  }

  @Test
  void a_session_is_closed_by_the_final_epoch_and_by_a_full_fetch() {
    int first = begin(both());
    fetch(next(first, -1), WITH_NAMES);
    assertThat(error(fetch(next(first, 1), WITH_NAMES)))
        .isEqualTo(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);

    int second = begin(both());
    FetchResponse response = fetch(full(both()).sessionId(second), WITH_NAMES);
    assertThat(response.sessionId()).isPositive().isNotEqualTo(second);
    assertThat(handler.sessionCount(1)).isEqualTo(1);
  }

  @Test
  void the_epoch_after_the_largest_is_one() {
    assertThat(FetchSession.epochAfter(0)).isEqualTo(1);
    assertThat(FetchSession.epochAfter(Integer.MAX_VALUE)).isEqualTo(1);
    assertThat(FetchSession.epochAfter(-1)).isEqualTo(-1);
  }

  @Test
  void names_and_ids_do_not_mix_in_a_session() {
    int byName = begin(both());
    assertThat(error(fetch(next(byName, 1), NEWEST)))
        .isEqualTo(ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR);
    assertThat(error(fetch(next(byName, 1), WITH_NAMES))).isEqualTo(ErrorCode.NONE);

    Topic b = create("c", 1);
    int byId = fetch(full(topic(b.id(), reading(0, 0))), NEWEST).sessionId();
    assertThat(error(fetch(next(byId, 1), WITH_NAMES)))
        .isEqualTo(ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR);
  }

  @Test
  void partitions_that_gave_records_go_to_the_end() {
    append("a", 0, Batches.of("x"));
    append("a", 1, Batches.of("y"));
    append("b", 0, Batches.of("z"));
    int session = begin(request(both()).sessionEpoch(0).maxBytes(1));

    List<String> readFirst = new ArrayList<>();
    for (int epoch = 1; epoch <= 4; epoch++) {
      readFirst.addAll(told(fetch(next(session, epoch).maxBytes(1), WITH_NAMES)));
    }

    assertThat(readFirst).containsExactly("a-0", "a-1", "b-0", "a-0");
  }

  @Test
  void a_partition_named_twice_is_asked_as_it_was_last() {
    append("a", 0, Batches.of("x"), Batches.of("y"));

    FetchResponse response = fetch(full(topic("a", reading(0, 0), reading(0, 1))), WITH_NAMES);

    assertThat(values(only(response).records())).containsExactly("y");
  }

  @Test
  void neighbours_of_one_topic_share_its_entry() {
    append("a", 0, Batches.of("x"));
    append("a", 1, Batches.of("y"));
    append("b", 0, Batches.of("z"));
    FetchTopic firstOfA = topic("a", reading(0, 0));
    FetchTopic secondOfA = topic("a", reading(1, 0));

    FetchResponse response =
        fetch(request(firstOfA, secondOfA, topic("b", reading(0, 0))), WITH_NAMES);

    assertThat(response.responses()).hasSize(2);
    assertThat(fetch(request(firstOfA, topic("b", reading(0, 0)), secondOfA), WITH_NAMES))
        .satisfies(apart -> assertThat(apart.responses()).hasSize(3));
  }

  @Test
  void without_a_free_place_there_is_no_session() {
    settings.maxSessions = 1;
    begin(both());

    FetchResponse response = fetch(full(both()), WITH_NAMES);

    assertThat(error(response)).isEqualTo(ErrorCode.NONE);
    assertThat(response.sessionId()).isZero();
    assertThat(told(response)).hasSize(3);
    settings.maxSessions = 0;
    assertThat(fetch(full(both()), WITH_NAMES).sessionId()).isZero();
  }

  @Test
  void a_session_that_nobody_used_for_two_minutes_loses_its_place() {
    settings.maxSessions = 2;
    int unused = begin(both());
    int used = begin(both());
    timers.advance(EVICTABLE_MILLIS);
    fetch(next(used, 1), WITH_NAMES);

    int third = begin(topic("b", reading(0, 0)));

    assertThat(third).isPositive();
    assertThat(error(fetch(next(unused, 1), WITH_NAMES)))
        .isEqualTo(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
    assertThat(error(fetch(next(used, 2), WITH_NAMES))).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void an_old_session_in_use_yields_only_to_a_larger_one() {
    settings.maxSessions = 1;
    int old = begin(topic("a", reading(0, 0), reading(1, 0)));
    timers.advance(EVICTABLE_MILLIS - 1);
    fetch(next(old, 1), WITH_NAMES);
    timers.advance(1);

    assertThat(fetch(full(both()), WITH_NAMES).sessionId()).as("not old enough").isZero();
    fetch(next(old, 2), WITH_NAMES);
    assertThat(fetch(full(topic("a", reading(0, 0), reading(1, 0))), WITH_NAMES).sessionId())
        .as("as large")
        .isZero();
    assertThat(fetch(full(both()), WITH_NAMES).sessionId()).as("larger").isPositive();
    assertThat(error(fetch(next(old, 3), WITH_NAMES)))
        .isEqualTo(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
  }

  @Test
  void a_session_is_as_large_as_it_has_become() {
    settings.maxSessions = 1;
    int old = begin(topic("b", reading(0, 0)));
    timers.advance(EVICTABLE_MILLIS);
    fetch(next(old, 1, topic("a", reading(0, 0), reading(1, 0))), WITH_NAMES);

    assertThat(fetch(full(both()), WITH_NAMES).sessionId()).isZero();
  }

  @Test
  void a_throttled_answer_is_empty_and_the_session_goes_on() {
    int session = begin(both());
    append("a", 0, Batches.of("x"));
    settings.throttleMillis = 70;

    FetchResponse throttled = fetch(next(session, 1), WITH_NAMES);
    assertThat(throttled.throttleTimeMs()).isEqualTo(70);
    assertThat(throttled.sessionId()).isEqualTo(session);
    assertThat(throttled.responses()).isEmpty();
    assertThat(fetch(full(both()), WITH_NAMES).sessionId()).as("of a full fetch").isZero();

    settings.throttleMillis = 0;
    assertThat(told(fetch(next(session, 2), WITH_NAMES))).containsExactly("a-0");
  }

  @Test
  void a_topic_that_was_deleted_is_unknown_and_one_created_again_is_another() {
    Topic first = create("t", 1);
    int session = fetch(full(topic(first.id(), reading(0, 0))), NEWEST).sessionId();

    topics.delete(first);
    FetchResponse deleted = fetch(next(session, 1), NEWEST);
    assertThat(error(only(deleted))).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);

    create("t", 1);
    FetchResponse again = fetch(next(session, 2), NEWEST);
    assertThat(error(only(again))).isEqualTo(ErrorCode.INCONSISTENT_TOPIC_ID);
    assertThat(again.responses().get(0).topicId()).isEqualTo(first.id());
    assertThat(error(only(fetch(request(topic(first.id(), reading(0, 0))), NEWEST))))
        .as("without the session that remembers its name")
        .isEqualTo(ErrorCode.UNKNOWN_TOPIC_ID);
  }

  private static FetchTopic[] both() {
    return new FetchTopic[] {topic("a", reading(0, 0), reading(1, 0)), topic("b", reading(0, 0))};
  }

  private static FetchRequest full(FetchTopic... topics) {
    return request(topics).sessionEpoch(0);
  }

  private static FetchRequest next(int session, int epoch, FetchTopic... topics) {
    return request(topics).sessionId(session).sessionEpoch(epoch);
  }

  private int begin(FetchTopic... topics) {
    return begin(full(topics));
  }

  private int begin(FetchRequest request) {
    int session = fetch(request, WITH_NAMES).sessionId();
    assertThat(session).isPositive();
    return session;
  }

  private static List<String> told(FetchResponse response) {
    List<String> partitions = new ArrayList<>();
    response
        .responses()
        .forEach(
            topic ->
                topic
                    .partitions()
                    .forEach(one -> partitions.add(topic.topic() + "-" + one.partitionIndex())));
    return partitions;
  }
}
