package io.ottla.testkit.internal.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.DeleteRecordsRequest;
import io.ottla.protocol.message.DeleteRecordsRequest.DeleteRecordsPartition;
import io.ottla.protocol.message.DeleteRecordsRequest.DeleteRecordsTopic;
import io.ottla.protocol.message.DeleteRecordsResponse.DeleteRecordsPartitionResult;
import io.ottla.protocol.message.DescribeProducersRequest;
import io.ottla.protocol.message.DescribeProducersRequest.TopicRequest;
import io.ottla.protocol.message.DescribeProducersResponse.PartitionResponse;
import io.ottla.protocol.message.DescribeProducersResponse.ProducerState;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.InitProducerIdRequest;
import io.ottla.protocol.message.InitProducerIdResponse;
import io.ottla.protocol.message.OffsetForLeaderEpochRequest;
import io.ottla.protocol.message.OffsetForLeaderEpochRequest.OffsetForLeaderPartition;
import io.ottla.protocol.message.OffsetForLeaderEpochRequest.OffsetForLeaderTopic;
import io.ottla.protocol.message.OffsetForLeaderEpochResponse.EpochEndOffset;
import io.ottla.testkit.internal.log.TestBatch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** InitProducerId, DescribeProducers, DeleteRecords and OffsetForLeaderEpoch. */
class OtherLogRequestsTest extends LogRequestsTestBase {
  // InitProducerId

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void each_producer_gets_an_id_of_its_own(int version) {
    InitProducerIdResponse first = init(idempotent(), version);
    InitProducerIdResponse second = init(idempotent(), version);

    assertThat(first.producerEpoch()).isZero();
    assertThat(second.producerId()).isNotEqualTo(first.producerId());
  }

  @Test
  void a_producer_that_names_its_id_gets_a_new_one() {
    InitProducerIdResponse first = init(idempotent(), 5);

    InitProducerIdResponse second =
        init(idempotent().producerId(first.producerId()).producerEpoch(first.producerEpoch()), 5);

    assertThat(second.producerId()).isNotEqualTo(first.producerId());
    assertThat(second.producerEpoch()).isZero();
  }

  @Test
  void half_an_identity_and_an_empty_transactional_id_are_invalid() {
    assertThat(init(idempotent().producerId(7), 5).errorCode())
        .isEqualTo(ErrorCode.INVALID_REQUEST.code());
    assertThat(init(idempotent().producerEpoch((short) 7), 5).errorCode())
        .isEqualTo(ErrorCode.INVALID_REQUEST.code());
    assertThat(init(new InitProducerIdRequest().transactionalId(""), 5))
        .isEqualTo(
            new InitProducerIdResponse()
                .errorCode(ErrorCode.INVALID_REQUEST.code())
                .producerId(-1)
                .producerEpoch((short) -1));
  }

  @Test
  void a_transactional_producer_is_refused_loudly() {
    RecordedExchange<InitProducerIdRequest, InitProducerIdResponse> exchange =
        new RecordedExchange<>(new InitProducerIdRequest().transactionalId("pay"), 5, LEADER);

    requests.initProducerId().handle(exchange);

    assertThat(exchange.closed()).contains("cannot").contains("pay");
  }

  // DescribeProducers

  @Test
  void any_replica_tells_what_it_knows_even_above_the_high_watermark() {
    log.holdHighWatermark();
    long now = timers.nowMillis();
    log.append(TestBatch.empty().record(now).record(now + 1).producer(7, 2, 0).bytes(), 0);

    ProducerState expected =
        new ProducerState()
            .producerId(7)
            .producerEpoch(2)
            .lastSequence(1)
            .lastTimestamp(now + 1)
            .coordinatorEpoch(-1)
            .currentTxnStartOffset(-1);
    assertThat(describe("orders", 0, LEADER).activeProducers()).containsExactly(expected);
    assertThat(describe("orders", 0, FOLLOWER).activeProducers()).containsExactly(expected);
    assertThat(describe("orders", 1, LEADER).activeProducers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "orders, 0, 3, NOT_LEADER_OR_FOLLOWER",
    "orders, 9, 1, UNKNOWN_TOPIC_OR_PARTITION",
    "nowhere, 0, 1, UNKNOWN_TOPIC_OR_PARTITION",
    "no/where, 0, 1, INVALID_TOPIC_EXCEPTION"
  })
  void producers_of_what_is_not_there_are_not_described(
      String name, int index, int broker, ErrorCode error) {
    assertThat(ErrorCode.of(describe(name, index, broker).errorCode())).isEqualTo(error);
  }

  // DeleteRecords

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void each_version_deletes_up_to_an_offset(int version) {
    append(5);

    assertThat(delete("orders", 3, version, LEADER).lowWatermark()).isEqualTo(3);
    assertThat(log.startOffset()).isEqualTo(3);
    assertThat(delete("orders", 1, version, LEADER).lowWatermark()).isEqualTo(3);
  }

  @Test
  void minus_one_is_the_high_watermark() {
    append(2);
    log.holdHighWatermark();
    append(2);

    assertThat(delete("orders", -1, 2, LEADER).lowWatermark()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {-2, 3})
  void what_is_not_below_the_high_watermark_is_out_of_range(long offset) {
    append(2);
    log.holdHighWatermark();
    append(2);

    DeleteRecordsPartitionResult result = delete("orders", offset, 2, LEADER);

    assertThat(ErrorCode.of(result.errorCode())).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
    assertThat(result.lowWatermark()).isEqualTo(-1);
    assertThat(log.startOffset()).isZero();
  }

  @Test
  void records_that_may_not_be_deleted_stay() {
    topics.create("__consumer_offsets", List.of(List.of(1)), Map.of());
    topics.create("compacted", List.of(List.of(1)), Map.of("cleanup.policy", "compact"));

    assertThat(deleteError("__consumer_offsets", LEADER))
        .isEqualTo(ErrorCode.INVALID_TOPIC_EXCEPTION);
    assertThat(deleteError("compacted", LEADER)).isEqualTo(ErrorCode.POLICY_VIOLATION);
    assertThat(deleteError("orders", FOLLOWER)).isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    assertThat(deleteError("nowhere", LEADER)).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }

  // OffsetForLeaderEpoch

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void each_version_tells_where_an_epoch_ends(int version) {
    append(3);
    partition.elect(LEADER);
    append(2);

    EpochEndOffset end = endOf(0, version, -1, LEADER);

    assertThat(end.endOffset()).isEqualTo(3);
    assertThat(end.leaderEpoch()).isEqualTo(version == 0 ? -1 : 0);
    assertThat(endOf(1, version, -1, LEADER).endOffset()).isEqualTo(5);
    assertThat(endOf(2, version, -1, LEADER).endOffset()).isEqualTo(-1);
  }

  @Test
  void the_end_of_an_epoch_is_the_leaders_to_tell() {
    partition.elect(LEADER);

    assertThat(endError(1, LEADER)).isEqualTo(ErrorCode.NONE);
    assertThat(endError(0, LEADER)).isEqualTo(ErrorCode.FENCED_LEADER_EPOCH);
    assertThat(endError(2, LEADER)).isEqualTo(ErrorCode.UNKNOWN_LEADER_EPOCH);
    assertThat(endError(0, FOLLOWER)).isEqualTo(ErrorCode.FENCED_LEADER_EPOCH);
    assertThat(endError(1, FOLLOWER)).isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    assertThat(endError(0, STRANGER)).isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
  }

  private static InitProducerIdRequest idempotent() {
    return new InitProducerIdRequest().transactionalId(null);
  }

  private InitProducerIdResponse init(InitProducerIdRequest request, int version) {
    return ask(requests.initProducerId(), request, version, LEADER);
  }

  private PartitionResponse describe(String name, int index, int brokerId) {
    DescribeProducersRequest request =
        new DescribeProducersRequest()
            .topics(List.of(new TopicRequest().name(name).partitionIndexes(List.of(index))));
    return ask(requests.describeProducers(), request, 0, brokerId)
        .topics()
        .get(0)
        .partitions()
        .get(0);
  }

  private ErrorCode deleteError(String name, int brokerId) {
    return ErrorCode.of(delete(name, 0, 2, brokerId).errorCode());
  }

  private DeleteRecordsPartitionResult delete(String name, long offset, int version, int brokerId) {
    DeleteRecordsTopic asked =
        new DeleteRecordsTopic()
            .name(name)
            .partitions(List.of(new DeleteRecordsPartition().partitionIndex(0).offset(offset)));
    return ask(
            requests.deleteRecords(),
            new DeleteRecordsRequest().topics(List.of(asked)),
            version,
            brokerId)
        .topics()
        .get(0)
        .partitions()
        .get(0);
  }

  private ErrorCode endError(int clientEpoch, int brokerId) {
    return ErrorCode.of(endOf(0, 4, clientEpoch, brokerId).errorCode());
  }

  private EpochEndOffset endOf(int epoch, int version, int clientEpoch, int brokerId) {
    OffsetForLeaderPartition asked = new OffsetForLeaderPartition().partition(0).leaderEpoch(epoch);
    if (version >= 2) {
      asked.currentLeaderEpoch(clientEpoch);
    }
    OffsetForLeaderEpochRequest request =
        new OffsetForLeaderEpochRequest()
            .topics(List.of(new OffsetForLeaderTopic().topic("orders").partitions(List.of(asked))));
    return ask(requests.offsetForLeaderEpoch(), request, version, brokerId)
        .topics()
        .get(0)
        .partitions()
        .get(0);
  }
}
