package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.ottla.protocol.message.CreateTopicsRequest.CreatableReplicaAssignment;
import io.ottla.protocol.message.CreateTopicsRequest.CreatableTopic;
import io.ottla.protocol.message.DescribeProducersRequest;
import io.ottla.protocol.message.DescribeProducersResponse;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchResponse;
import io.ottla.protocol.message.FetchResponse.EpochEndOffset;
import io.ottla.protocol.message.FetchResponse.NodeEndpoint;
import io.ottla.protocol.message.FetchResponse.PartitionData;
import io.ottla.protocol.message.ListOffsetsRequest;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsPartition;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsTopic;
import io.ottla.protocol.message.MetadataResponse.MetadataResponsePartition;
import io.ottla.protocol.message.OffsetForLeaderEpochResponse;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.protocol.message.ProduceResponse.PartitionProduceResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to those who are not the leader, and leaders that change. */
abstract class LeadershipBehaviour extends Behaviour {
  private static final int FIRST = 1;
  private static final int SECOND = 2;
  private static final int THIRD = 3;

  // ---- wrong broker

  @ParameterizedTest
  @ValueSource(ints = {3, 9, 10, 12, 13})
  void a_follower_takes_no_records_and_names_the_leader_from_version_10_on(int version) {
    Topic topic = topicOn(FIRST, SECOND);

    ProduceResponse answer =
        to(SECOND).ask(produceRequest(topic, 0, TestBatch.of("a").bytes(), version), version);

    PartitionProduceResponse refused = only(only(answer.responses()).partitionResponses());
    assertThat(error(refused.errorCode())).isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    assertThat(refused.currentLeader().leaderId()).isEqualTo(version < 10 ? -1 : FIRST);
    assertThat(refused.currentLeader().leaderEpoch()).isEqualTo(version < 10 ? -1 : 0);
    if (version < 10) {
      assertThat(answer.nodeEndpoints()).isEmpty();
    } else {
      assertThat(only(answer.nodeEndpoints()).nodeId()).isEqualTo(FIRST);
      assertThat(only(answer.nodeEndpoints()).port()).isEqualTo(cluster().address(FIRST).getPort());
    }
  }

  @Test
  void a_broker_without_replica_takes_no_records_and_names_the_leader_too() {
    Topic topic = topicOn(FIRST, SECOND);

    ProduceResponse answer =
        to(THIRD).ask(produceRequest(topic, 0, TestBatch.of("a").bytes(), 13), 13);

    PartitionProduceResponse refused = only(only(answer.responses()).partitionResponses());
    assertThat(error(refused.errorCode())).isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    assertThat(refused.currentLeader().leaderId()).isEqualTo(FIRST);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 10, 11, 12, 16, 18})
  void a_broker_without_replica_has_nothing_to_read(int version) {
    Topic topic = topicOn(FIRST, SECOND);

    FetchResponse answer = to(THIRD).ask(Fetching.of(topic, 0, 0, version), version);

    PartitionData refused = only(only(answer.responses()).partitions());
    assertThat(error(refused.errorCode())).isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    assertThat(refused.currentLeader().leaderId()).isEqualTo(version < 16 ? -1 : FIRST);
    assertThat(answer.nodeEndpoints()).hasSize(version < 16 ? 0 : 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 11, 18})
  void followers_serve_readers_from_version_11_on(int version) {
    Topic topic = topicOn(FIRST, SECOND);
    append(topic, TestBatch.of("a"));
    FetchRequest request = Fetching.of(topic, 0, 0, version);

    if (version < 11) {
      PartitionData refused = only(only(to(SECOND).ask(request, version).responses()).partitions());
      assertThat(error(refused.errorCode())).isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    } else {
      eventually(
          () -> {
            FetchResponse answer = to(SECOND).ask(request, version);
            assertThat(Fetching.values(only(only(answer.responses()).partitions())))
                .containsExactly("a");
          });
    }
  }

  @Test
  void only_the_leader_tells_offsets_and_epochs_and_deletes() {
    Topic topic = topicOn(FIRST, SECOND);

    for (int broker : List.of(SECOND, THIRD)) {
      assertThat(error(offsetFor(to(broker), topic, 0, -1).errorCode()))
          .isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
      assertThat(error(endOfEpoch(broker, topic, -1, 0).errorCode()))
          .isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
      assertThat(error(DeleteRecordsBehaviour.delete(to(broker), topic, 0, 0, 2).errorCode()))
          .isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    }
  }

  @Test
  void followers_tell_of_producers_too() {
    Topic topic = topicOn(FIRST, SECOND);
    append(topic, TestBatch.ofSize(2).from(newProducer(), 0));

    eventually(() -> assertThat(producers(SECOND, topic).activeProducers()).hasSize(1));
    assertThat(error(producers(THIRD, topic).errorCode()))
        .isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
  }

  // ---- moved leader

  @Test
  void a_leader_that_moves_begins_an_epoch() {
    Topic topic = topicOn(FIRST, SECOND);
    append(topic, TestBatch.of("a"));

    move(topic, SECOND);

    MetadataResponsePartition partition = only(describe(to(THIRD), topic.name()).partitions());
    assertThat(partition.leaderId()).isEqualTo(SECOND);
    assertThat(partition.leaderEpoch()).isPositive();
    assertThat(offsetFor(to(SECOND), topic, 0, -1).leaderEpoch())
        .isEqualTo(partition.leaderEpoch());
  }

  @Test
  void the_old_leader_names_the_new_one() {
    Topic topic = topicOn(FIRST, SECOND);
    move(topic, SECOND);

    PartitionProduceResponse refused = produce(topic, TestBatch.of("a"));

    assertThat(error(refused.errorCode())).isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    assertThat(refused.currentLeader().leaderId()).isEqualTo(SECOND);
    assertThat(refused.currentLeader().leaderEpoch()).isPositive();
  }

  /** The epochs may grow by more than one, because a real move takes two steps. */
  @Test
  void who_has_an_old_epoch_is_fenced() {
    Topic topic = topicOn(FIRST, SECOND);
    append(topic, TestBatch.of("a"));
    int epoch = move(topic, SECOND);

    PartitionData fenced = fetch(SECOND, topic, 0, epoch - 1, -1);
    assertThat(error(fenced.errorCode())).isEqualTo(ErrorCode.FENCED_LEADER_EPOCH);
    assertThat(fenced.currentLeader().leaderId()).isEqualTo(SECOND);
    assertThat(fenced.currentLeader().leaderEpoch()).isEqualTo(epoch);
    assertThat(fetchInEpoch(topic, epoch - 1, 18).nodeEndpoints())
        .extracting(NodeEndpoint::nodeId, NodeEndpoint::port)
        .containsExactly(tuple(SECOND, cluster().address(SECOND).getPort()));
    FetchResponse withoutHint = fetchInEpoch(topic, epoch - 1, 15);
    assertThat(only(only(withoutHint.responses()).partitions()).currentLeader().leaderId())
        .isEqualTo(-1);
    assertThat(withoutHint.nodeEndpoints()).isEmpty();
    assertThat(error(fetch(SECOND, topic, 0, epoch + 1, -1).errorCode()))
        .isEqualTo(ErrorCode.UNKNOWN_LEADER_EPOCH);
    assertThat(error(fetch(SECOND, topic, 0, epoch, -1).errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(error(endOfEpoch(SECOND, topic, epoch - 1, 0).errorCode()))
        .isEqualTo(ErrorCode.FENCED_LEADER_EPOCH);
    assertThat(error(listOffsets(SECOND, topic, epoch - 1)))
        .isEqualTo(ErrorCode.FENCED_LEADER_EPOCH);
  }

  @Test
  void an_epoch_ends_where_the_next_one_begins() {
    Topic topic = topicOn(FIRST, SECOND);
    append(topic, TestBatch.ofSize(2));
    int second = move(topic, SECOND);
    appendVia(SECOND, topic, TestBatch.ofSize(3));
    int third = move(topic, FIRST);
    appendVia(FIRST, topic, TestBatch.ofSize(1));

    assertThat(endOfEpoch(FIRST, topic, -1, 0)).isEqualTo(end(0, 2));
    assertThat(endOfEpoch(FIRST, topic, -1, second)).isEqualTo(end(second, 5));
    assertThat(endOfEpoch(FIRST, topic, -1, third)).isEqualTo(end(third, 6));
    assertThat(endOfEpoch(FIRST, topic, -1, third + 1)).isEqualTo(end(-1, -1));
  }

  @Test
  void batches_tell_the_epoch_in_which_they_were_appended() {
    Topic topic = topicOn(FIRST, SECOND);
    append(topic, TestBatch.of("a"));
    int epoch = move(topic, SECOND);
    appendVia(SECOND, topic, TestBatch.of("b"));

    PartitionData data = fetch(SECOND, topic, 0, epoch, -1);

    assertThat(Fetching.batches(data))
        .extracting(batch -> batch.leaderEpoch())
        .containsExactly(0, epoch);
  }

  @Test
  void who_has_read_what_the_new_leader_does_not_have_is_told_where_it_diverges() {
    Topic topic = topicOn(FIRST, SECOND);
    append(topic, TestBatch.ofSize(2));
    int epoch = move(topic, SECOND);
    appendVia(SECOND, topic, TestBatch.ofSize(5));

    PartitionData data = fetch(SECOND, topic, 4, epoch, 0);

    assertThat(error(data.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(data.divergingEpoch()).isEqualTo(new EpochEndOffset().epoch(0).endOffset(2));
    assertThat(Fetching.values(data)).isEmpty();
  }

  @Test
  void the_new_leader_remembers_the_last_five_batches() {
    Topic topic = topicOn(FIRST, SECOND);
    Producer producer = newProducer();
    for (int i = 0; i < 6; i++) {
      append(topic, TestBatch.ofSize(2).from(producer, 2 * i));
    }

    move(topic, SECOND);

    for (int i = 1; i < 6; i++) {
      PartitionProduceResponse again =
          produce(to(SECOND), topic, TestBatch.ofSize(2).from(producer, 2 * i).bytes(), 13);
      assertThat(error(again.errorCode())).isEqualTo(ErrorCode.NONE);
      assertThat(again.baseOffset()).isEqualTo(2L * i);
    }
    assertThat(produce(to(SECOND), topic, TestBatch.ofSize(2).from(producer, 0).bytes(), 13))
        .isEqualTo(refusedByLog(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER));
    appendVia(SECOND, topic, TestBatch.ofSize(1).from(producer, 12));
  }

  @Test
  void the_new_leader_fences_old_producer_epochs() {
    Topic topic = topicOn(FIRST, SECOND);
    Producer producer = newProducer();
    append(topic, TestBatch.ofSize(1).from(producer.epoch(3), 0));

    move(topic, SECOND);

    assertThat(
            produce(to(SECOND), topic, TestBatch.ofSize(1).from(producer.epoch(2), 0).bytes(), 13))
        .isEqualTo(refusedByLog(ErrorCode.INVALID_PRODUCER_EPOCH));
  }

  // ---- a broker that is away

  /** One test, because a real broker takes seconds. */
  @Test
  void while_a_broker_is_away_others_lead_or_nobody_does() {
    Topic replicated = topicOn(THIRD, FIRST, SECOND);
    Topic alone = topicOn(THIRD);
    Topic strict = topicOn(FIRST, SECOND, THIRD);
    appendVia(THIRD, replicated, TestBatch.of("a"));
    setMinInSync(strict, 3);

    cluster().stop(THIRD);
    reconnect(THIRD);

    eventually(
        () -> {
          MetadataResponsePartition moved = only(describe(replicated.name()).partitions());
          assertThat(moved.leaderId()).isEqualTo(FIRST);
          assertThat(moved.isrNodes()).containsExactlyInAnyOrder(FIRST, SECOND);
          assertThat(moved.replicaNodes()).containsExactly(THIRD, FIRST, SECOND);
          assertThat(moved.offlineReplicas()).containsExactly(THIRD);
          MetadataResponsePartition lost = only(describe(alone.name()).partitions());
          assertThat(lost.leaderId()).isEqualTo(-1);
          assertThat(error(lost.errorCode())).isEqualTo(ErrorCode.LEADER_NOT_AVAILABLE);
        });
    eventually(() -> appendVia(FIRST, replicated, TestBatch.of("b")));
    eventually(
        () ->
            assertThat(error(produce(strict, TestBatch.of("a")).errorCode()))
                .isEqualTo(ErrorCode.NOT_ENOUGH_REPLICAS));

    cluster().start(THIRD);

    eventually(
        () -> {
          assertThat(only(describe(alone.name()).partitions()).leaderId()).isEqualTo(THIRD);
          assertThat(only(describe(replicated.name()).partitions()).isrNodes()).hasSize(3);
          assertThat(error(produce(strict, TestBatch.of("a")).errorCode()))
              .isEqualTo(ErrorCode.NONE);
        });
  }

  private void setMinInSync(Topic topic, int replicas) {
    ConfigsBehaviour.setTopicConfig(
        broker(), topic, "min.insync.replicas", Integer.toString(replicas));
    eventually(
        () ->
            assertThat(ConfigsBehaviour.topicConfig(broker(), topic, "min.insync.replicas"))
                .isEqualTo(Integer.toString(replicas)));
  }

  private Topic topicOn(Integer... replicas) {
    return create(
        new CreatableTopic()
            .name(uniqueName("placed"))
            .numPartitions(-1)
            .replicationFactor((short) -1)
            .assignments(List.of(new CreatableReplicaAssignment().brokerIds(List.of(replicas)))));
  }

  /** Moves the leader of partition 0, and returns the new epoch when all brokers know it. */
  private int move(Topic topic, int toBroker) {
    cluster().moveLeader(topic.name(), 0, toBroker);
    awaitLeaders(topic, 1);
    for (int id : cluster().brokerIds()) {
      eventually(
          () ->
              assertThat(only(describe(to(id), topic.name()).partitions()).leaderId())
                  .isEqualTo(toBroker));
    }
    return only(describe(to(toBroker), topic.name()).partitions()).leaderEpoch();
  }

  private void appendVia(int leader, Topic topic, TestBatch batch) {
    assertThat(error(produce(to(leader), topic, batch.bytes(), 13).errorCode()))
        .isEqualTo(ErrorCode.NONE);
  }

  private PartitionData fetch(
      int broker, Topic topic, long offset, int currentEpoch, int lastFetchedEpoch) {
    FetchRequest request = Fetching.empty();
    Fetching.add(
        request,
        topic,
        18,
        Fetching.partition(0, offset)
            .currentLeaderEpoch(currentEpoch)
            .lastFetchedEpoch(lastFetchedEpoch));
    return only(only(to(broker).ask(request).responses()).partitions());
  }

  private FetchResponse fetchInEpoch(Topic topic, int currentEpoch, int version) {
    FetchRequest request = Fetching.empty();
    Fetching.add(
        request, topic, version, Fetching.partition(0, 0).currentLeaderEpoch(currentEpoch));
    return to(SECOND).ask(request, version);
  }

  private OffsetForLeaderEpochResponse.EpochEndOffset endOfEpoch(
      int broker, Topic topic, int currentEpoch, int epoch) {
    return LeaderEpochBehaviour.ask(
        to(broker), LeaderEpochBehaviour.request(topic, 0, currentEpoch, epoch), 4);
  }

  private short listOffsets(int broker, Topic topic, int currentEpoch) {
    ListOffsetsPartition wanted =
        new ListOffsetsPartition().currentLeaderEpoch(currentEpoch).timestamp(-1);
    ListOffsetsRequest request =
        new ListOffsetsRequest()
            .replicaId(-1)
            .topics(List.of(new ListOffsetsTopic().name(topic.name()).partitions(List.of(wanted))));
    return only(only(to(broker).ask(request).topics()).partitions()).errorCode();
  }

  private DescribeProducersResponse.PartitionResponse producers(int broker, Topic topic) {
    DescribeProducersRequest request =
        new DescribeProducersRequest()
            .topics(
                List.of(
                    new DescribeProducersRequest.TopicRequest()
                        .name(topic.name())
                        .partitionIndexes(List.of(0))));
    return only(only(to(broker).ask(request).topics()).partitions());
  }

  private static OffsetForLeaderEpochResponse.EpochEndOffset end(int epoch, long offset) {
    return new OffsetForLeaderEpochResponse.EpochEndOffset().leaderEpoch(epoch).endOffset(offset);
  }
}
