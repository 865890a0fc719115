package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.CreateTopicsRequest.CreatableTopic;
import io.ottla.protocol.message.DeleteTopicsRequest;
import io.ottla.protocol.message.DeleteTopicsRequest.DeleteTopicState;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchResponse;
import io.ottla.protocol.message.FetchResponse.LeaderIdAndEpoch;
import io.ottla.protocol.message.FetchResponse.PartitionData;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetch requests that few readers send, and what happens to a session's topics. */
abstract class FetchDetailsBehaviour extends Behaviour {
  private static final int NEWEST = Fetching.NEWEST;

  @Test
  void a_session_remembers_the_name_of_a_topic_that_is_gone() {
    Topic topic = newTopic(1);
    FetchRequest full = Fetching.of(topic, 0, 0, NEWEST).sessionEpoch(0);
    int session = broker().ask(full).sessionId();
    AtomicInteger epoch = new AtomicInteger();

    delete(topic);
    eventually(
        () ->
            assertThat(nextError(session, epoch)).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
    assertThat(error(fetch(Fetching.of(topic, 0, 0, NEWEST), NEWEST)))
        .as("without session")
        .isEqualTo(ErrorCode.UNKNOWN_TOPIC_ID);

    create(new CreatableTopic().name(topic.name()).numPartitions(1).replicationFactor((short) 1));
    eventually(
        () -> assertThat(nextError(session, epoch)).isEqualTo(ErrorCode.INCONSISTENT_TOPIC_ID));
    assertThat(error(fetch(Fetching.of(topic, 0, 0, NEWEST), NEWEST)))
        .as("without session")
        .isEqualTo(ErrorCode.UNKNOWN_TOPIC_ID);
  }

  @Test
  void a_session_by_name_goes_on_with_the_topic_that_has_the_name_now() {
    Topic topic = newTopic(1);
    FetchRequest full = Fetching.of(topic, 0, 0, 12).sessionEpoch(0);
    int session = broker().ask(full, 12).sessionId();
    delete(topic);
    eventually(
        () ->
            assertThat(error(fetch(Fetching.of(topic, 0, 0, 12), 12)))
                .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
    Topic again =
        create(
            new CreatableTopic().name(topic.name()).numPartitions(1).replicationFactor((short) 1));
    append(again, TestBatch.of("new"));

    FetchResponse answer = broker().ask(Fetching.empty().sessionId(session).sessionEpoch(1), 12);

    assertThat(Fetching.values(only(only(answer.responses()).partitions()))).containsExactly("new");
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, Integer.MIN_VALUE})
  void any_negative_epoch_says_nothing(int epoch) {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of("a"));
    FetchRequest request = Fetching.empty();
    Fetching.add(
        request,
        topic,
        NEWEST,
        Fetching.partition(0, 0).currentLeaderEpoch(epoch).lastFetchedEpoch(epoch));

    assertThat(Fetching.values(fetch(request, NEWEST))).containsExactly("a");
  }

  @Test
  void who_knows_an_epoch_to_come_is_told_no_leader() {
    Topic topic = newTopic(1);
    FetchRequest request = Fetching.empty();
    Fetching.add(request, topic, NEWEST, Fetching.partition(0, 0).currentLeaderEpoch(7));

    FetchResponse answer = broker().ask(request, NEWEST);

    assertThat(only(only(answer.responses()).partitions()).currentLeader())
        .isEqualTo(new LeaderIdAndEpoch());
    assertThat(answer.nodeEndpoints()).isEmpty();
  }

  @Test
  void a_negative_limit_is_no_limit_that_a_broker_knows() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of("a"));
    FetchRequest request = Fetching.empty();
    Fetching.add(request, topic, NEWEST, Fetching.partition(0, 0).partitionMaxBytes(-1));

    assertThat(error(fetch(request, NEWEST))).isEqualTo(ErrorCode.UNKNOWN_SERVER_ERROR);
  }

  @Test
  void an_answer_may_have_no_room_at_all_and_still_has_a_batch() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of("a"));
    append(topic, TestBatch.of("b"));
    FetchRequest request = Fetching.empty().maxBytes(0);
    Fetching.add(request, topic, NEWEST, Fetching.partition(0, 0).partitionMaxBytes(0));

    assertThat(Fetching.values(fetch(request, NEWEST))).containsExactly("a");
  }

  @Test
  void what_is_known_comes_before_what_is_not() {
    Topic topic = newTopic(2);
    FetchRequest request = Fetching.empty();
    Fetching.add(
        request,
        topic,
        NEWEST,
        Fetching.partition(9, 0),
        Fetching.partition(1, 0),
        Fetching.partition(8, 0),
        Fetching.partition(0, 0));

    assertThat(only(broker().ask(request, NEWEST).responses()).partitions())
        .extracting(PartitionData::partitionIndex)
        .containsExactly(1, 0, 9, 8);
  }

  @Test
  void a_partition_named_twice_is_read_as_it_was_named_last() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of("a"));
    append(topic, TestBatch.of("b"));
    FetchRequest request = Fetching.empty();
    Fetching.add(request, topic, NEWEST, Fetching.partition(0, 0), Fetching.partition(0, 1));

    assertThat(Fetching.values(fetch(request, NEWEST))).containsExactly("b");
  }

  @Test
  void a_topic_named_twice_has_one_entry_where_its_partitions_are_neighbours() {
    Topic topic = newTopic(2);
    Topic other = newTopic(1);
    FetchRequest neighbours = Fetching.of(topic, 0, 0, NEWEST);
    Fetching.add(neighbours, topic, NEWEST, Fetching.partition(1, 0));
    FetchRequest apart = Fetching.of(topic, 0, 0, NEWEST);
    Fetching.add(apart, other, NEWEST, Fetching.partition(0, 0));
    Fetching.add(apart, topic, NEWEST, Fetching.partition(1, 0));

    assertThat(broker().ask(neighbours, NEWEST).responses()).hasSize(1);
    assertThat(broker().ask(apart, NEWEST).responses()).hasSize(3);
  }

  @Test
  void a_partition_that_is_added_and_forgotten_at_once_is_forgotten() {
    Topic topic = newTopic(2);
    int session = broker().ask(Fetching.of(topic, 0, 0, NEWEST).sessionEpoch(0)).sessionId();
    FetchRequest request = Fetching.of(topic, 1, 0, NEWEST).sessionId(session).sessionEpoch(1);
    request
        .forgottenTopicsData()
        .add(new FetchRequest.ForgottenTopic().topicId(topic.id()).partitions(List.of(1)));

    assertThat(broker().ask(request).responses()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 18})
  void a_tool_that_looks_into_the_log_is_served_too(int version) {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of("a"));
    FetchRequest request = Fetching.of(topic, 0, 0, version);
    if (version < 15) {
      request.replicaId(-2);
    } else {
      request.replicaState(new FetchRequest.ReplicaState().replicaId(-2));
    }

    assertThat(Fetching.values(fetch(request, version))).containsExactly("a");
  }

  @Test
  void without_a_rack_to_choose_by_the_leader_serves_all() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of("a"));

    PartitionData data = fetch(Fetching.of(topic, 0, 0, NEWEST).rackId("elsewhere"), NEWEST);

    assertThat(data.preferredReadReplica()).isEqualTo(-1);
    assertThat(Fetching.values(data)).containsExactly("a");
  }

  private void delete(Topic topic) {
    DeleteTopicsRequest request =
        new DeleteTopicsRequest()
            .timeoutMs(10_000)
            .topics(List.of(new DeleteTopicState().name(topic.name())));
    assertThat(error(only(broker().ask(request).responses()).errorCode()))
        .isEqualTo(ErrorCode.NONE);
  }

  /** What a session is told next of its only partition. */
  private ErrorCode nextError(int session, AtomicInteger epoch) {
    FetchResponse answer =
        broker()
            .ask(Fetching.empty().sessionId(session).sessionEpoch(epoch.incrementAndGet()), NEWEST);
    return answer.responses().isEmpty()
        ? ErrorCode.NONE
        : error(only(only(answer.responses()).partitions()));
  }

  private PartitionData fetch(FetchRequest request, int version) {
    return only(only(broker().ask(request, version).responses()).partitions());
  }

  private static ErrorCode error(PartitionData data) {
    return error(data.errorCode());
  }
}
