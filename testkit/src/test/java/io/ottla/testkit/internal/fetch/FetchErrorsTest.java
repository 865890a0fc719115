package io.ottla.testkit.internal.fetch;

import static io.ottla.testkit.internal.fetch.Requests.reading;
import static io.ottla.testkit.internal.fetch.Requests.request;
import static io.ottla.testkit.internal.fetch.Requests.topic;
import static io.ottla.testkit.internal.fetch.Requests.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchRequest.FetchPartition;
import io.ottla.protocol.message.FetchRequest.ReplicaState;
import io.ottla.protocol.message.FetchResponse;
import io.ottla.protocol.message.FetchResponse.LeaderIdAndEpoch;
import io.ottla.protocol.message.FetchResponse.NodeEndpoint;
import io.ottla.protocol.message.FetchResponse.PartitionData;
import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.internal.topic.Topic;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class FetchErrorsTest extends FetchTestBase {
  private final Topic topic = create("a", 1);

  @Test
  void an_error_tells_nothing_of_the_log() {
    append("a", 0, Batches.of("x"));

    PartitionData data = fetchNow(reading(0, 2));

    assertThat(error(data)).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
    assertThat(data.highWatermark()).isEqualTo(-1);
    assertThat(data.lastStableOffset()).isEqualTo(-1);
    assertThat(data.logStartOffset()).isEqualTo(-1);
    assertThat(data.abortedTransactions()).isNull();
    assertThat(size(data)).isZero();
  }

  @Test
  void offsets_from_the_log_start_to_the_end_are_in_range() {
    append("a", 0, Batches.of("x"), Batches.of("y"), Batches.of("z"));
    partition("a", 0).log().deleteRecordsBefore(1);

    assertThat(error(fetchNow(reading(0, 0)))).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
    assertThat(values(fetchNow(reading(0, 1)).records())).containsExactly("y", "z");
    assertThat(error(fetchNow(reading(0, 3)))).isEqualTo(ErrorCode.NONE);
    assertThat(error(fetchNow(reading(0, 4)))).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
  }

  @Test
  void unknown_topics_are_told_by_what_they_were_asked_by() {
    PartitionData byName = only(fetch(request(topic("?", reading(0, 0))), WITH_NAMES));
    assertThat(error(byName)).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(byName.abortedTransactions()).isEmpty();

    UUID id = UUID.randomUUID();
    FetchResponse byId = fetch(request(topic(id, reading(0, 0))), NEWEST);
    assertThat(error(only(byId))).isEqualTo(ErrorCode.UNKNOWN_TOPIC_ID);
    assertThat(byId.responses().get(0).topicId()).isEqualTo(id);

    assertThat(error(fetchNow(reading(1, 0)))).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(error(only(fetch(request(topic("a", reading(-1, 0))), WITH_NAMES))))
        .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @Test
  void the_readers_leader_epoch_must_be_the_present_one() {
    partition("a", 0).elect(1);

    assertThat(error(fetchNow(reading(0, 0).currentLeaderEpoch(0))))
        .isEqualTo(ErrorCode.FENCED_LEADER_EPOCH);
    assertThat(error(fetchNow(reading(0, 0).currentLeaderEpoch(1)))).isEqualTo(ErrorCode.NONE);
    assertThat(error(fetchNow(reading(0, 0).currentLeaderEpoch(2))))
        .isEqualTo(ErrorCode.UNKNOWN_LEADER_EPOCH);
    assertThat(error(fetchNow(reading(0, 0).currentLeaderEpoch(-2)))).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void a_broker_without_replica_knows_who_leads() {
    Partition partition = partition("a", 0);
    partition.reassign(List.of(2, 3));

    FetchResponse response = fetch(request(topic(topic.id(), reading(0, 0))), NEWEST);

    assertThat(error(only(response))).isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    assertThat(only(response).currentLeader())
        .isEqualTo(new LeaderIdAndEpoch().leaderId(2).leaderEpoch(partition.leaderEpoch()));
    assertThat(response.nodeEndpoints())
        .containsExactly(new NodeEndpoint().nodeId(2).host("host2").port(9002).rack("b"));
  }

  @Test
  void who_believes_in_a_past_epoch_is_told_the_present_leader() {
    partition("a", 0).elect(3);

    FetchResponse response =
        fetch(request(topic(topic.id(), reading(0, 0).currentLeaderEpoch(0))), NEWEST);

    assertThat(error(only(response))).isEqualTo(ErrorCode.FENCED_LEADER_EPOCH);
    assertThat(only(response).currentLeader())
        .isEqualTo(new LeaderIdAndEpoch().leaderId(3).leaderEpoch(1));
    assertThat(response.nodeEndpoints()).extracting(NodeEndpoint::nodeId).containsExactly(3);
  }

  @Test
  void other_errors_and_older_versions_name_no_leader() {
    FetchResponse unknownEpoch =
        fetch(request(topic(topic.id(), reading(0, 0).currentLeaderEpoch(9))), NEWEST);
    assertThat(only(unknownEpoch).currentLeader()).isEqualTo(new LeaderIdAndEpoch());
    assertThat(unknownEpoch.nodeEndpoints()).isEmpty();

    partition("a", 0).reassign(List.of(2, 3));
    FetchResponse old = fetch(request(topic(topic.id(), reading(0, 0))), 15);
    assertThat(error(only(old))).isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    assertThat(only(old).currentLeader()).isEqualTo(new LeaderIdAndEpoch());
    assertThat(old.nodeEndpoints()).isEmpty();
  }

  @Test
  void a_leader_that_does_not_run_has_no_address() {
    partition("a", 0).reassign(List.of(2, 3));
    brokers.stop(2);

    FetchResponse response = fetch(request(topic(topic.id(), reading(0, 0))), NEWEST);

    assertThat(only(response).currentLeader().leaderId()).isEqualTo(2);
    assertThat(response.nodeEndpoints()).isEmpty();
  }

  @Test
  void a_reader_that_diverged_is_told_where_the_epoch_ended() {
    append("a", 0, Batches.of("x"), Batches.of("y"));
    partition("a", 0).elect(1);
    append("a", 0, Batches.of("z"));

    assertThat(fetchNow(reading(0, 2).lastFetchedEpoch(0)).divergingEpoch().epoch())
        .as("it has read all of epoch 0")
        .isEqualTo(-1);
    FetchRequest request = request(topic("a", reading(0, 3).lastFetchedEpoch(0))).maxWaitMs(500);
    PartitionData diverged = only(fetch(request, WITH_NAMES));
    assertThat(error(diverged)).isEqualTo(ErrorCode.NONE);
    assertThat(diverged.divergingEpoch().epoch()).isZero();
    assertThat(diverged.divergingEpoch().endOffset()).isEqualTo(2);
    assertThat(diverged.highWatermark()).isEqualTo(3);
    assertThat(size(diverged)).isZero();
    assertThat(error(fetchNow(reading(0, 3).lastFetchedEpoch(7))))
        .as("an epoch that never was")
        .isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
  }

  @Test
  void a_reader_that_diverged_before_the_log_start_is_out_of_range() {
    append("a", 0, Batches.of("1"), Batches.of("2"), Batches.of("3"));
    partition("a", 0).elect(1);
    partition("a", 0).elect(1);
    append("a", 0, Batches.of("4"));
    partition("a", 0).log().deleteRecordsBefore(2);

    assertThat(error(fetchNow(reading(0, 2).lastFetchedEpoch(1))))
        .as("nothing was written in epoch 1")
        .isEqualTo(ErrorCode.NONE);
    assertThat(fetchNow(reading(0, 2).lastFetchedEpoch(1)).divergingEpoch().endOffset())
        .isEqualTo(3);
    assertThat(error(fetchNow(reading(0, 1).lastFetchedEpoch(1))))
        .isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
  }

  @Test
  void brokers_that_fetch_are_refused_aloud() {
    FakeExchange old = send(request(topic("a", reading(0, 0))).replicaId(2), 14);
    ReplicaState replica = new ReplicaState().replicaId(2);
    FakeExchange current =
        send(request(topic(topic.id(), reading(0, 0))).replicaState(replica), NEWEST);

    for (FakeExchange exchange : List.of(old, current)) {
      assertThat(exchange.isAnswered()).isFalse();
      assertThat(exchange.refusal()).contains("serve a replica of another broker");
    }
  }

  @Test
  void a_tool_sees_what_is_beyond_the_high_watermark() {
    partition("a", 0).log().holdHighWatermark();
    append("a", 0, Batches.of("x"));
    FetchRequest request = request(topic("a", reading(0, 0)));

    assertThat(values(only(fetch(request, WITH_NAMES)).records())).isEmpty();
    assertThat(values(only(fetch(request.replicaId(-2), WITH_NAMES)).records()))
        .containsExactly("x");
  }

  private PartitionData fetchNow(FetchPartition partition) {
    return only(fetch(request(topic("a", partition)), WITH_NAMES));
  }
}
