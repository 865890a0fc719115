package io.ottla.testkit.internal.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceRequest.PartitionProduceData;
import io.ottla.protocol.message.ProduceRequest.TopicProduceData;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.protocol.message.ProduceResponse.BatchIndexAndErrorMessage;
import io.ottla.protocol.message.ProduceResponse.NodeEndpoint;
import io.ottla.protocol.message.ProduceResponse.PartitionProduceResponse;
import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.LegacyConverter;
import io.ottla.protocol.record.LegacyConverter.Timestamps;
import io.ottla.protocol.record.RecordBatches;
import io.ottla.testkit.internal.log.TestBatch;
import io.ottla.testkit.internal.topic.Partition;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProduceHandlerTest extends LogRequestsTestBase {
  private static final int NEWEST = ProduceRequest.HIGHEST_VERSION;

  static IntStream versions() {
    return IntStream.rangeClosed(0, NEWEST);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void each_version_appends(int version) {
    append(2);

    PartitionProduceResponse answer = produce(TestBatch.of(3), version);

    assertThat(error(answer)).isEqualTo(ErrorCode.NONE);
    assertThat(answer.baseOffset()).isEqualTo(2);
    assertThat(answer.logAppendTimeMs()).isEqualTo(-1);
    assertThat(answer.logStartOffset()).isEqualTo(version >= 5 ? 0 : -1);
    assertThat(log.endOffset()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void message_sets_are_for_versions_before_3(int version) {
    ByteBuffer set = messageSet(version < 2 ? 0 : 1);

    assertThat(error(answerTo(write(ALL, set, version), version))).isEqualTo(ErrorCode.NONE);
    assertThat(error(answerTo(write(ALL, set, 3), 3))).isEqualTo(ErrorCode.INVALID_RECORD);
    assertThat(log.endOffset()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 6, 7, 13})
  void zstd_is_for_version_7_and_later(int version) {
    assertThat(error(produce(TestBatch.of(1).codec(Codec.ZSTD), version)))
        .isEqualTo(version < 7 ? ErrorCode.UNSUPPORTED_COMPRESSION_TYPE : ErrorCode.NONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 13})
  void one_batch_is_neither_none_nor_two(int version) {
    ByteBuffer one = TestBatch.of(1).bytes();
    ByteBuffer two = ByteBuffer.allocate(2 * one.limit());
    two.put(one.duplicate()).put(one.duplicate()).flip();

    assertThat(error(answerTo(write(ALL, two, version), version)))
        .isEqualTo(ErrorCode.INVALID_RECORD);
    assertThat(error(answerTo(write(ALL, ByteBuffer.allocate(0), version), version)))
        .isEqualTo(ErrorCode.INVALID_RECORD);
    assertThat(log.endOffset()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void no_whole_message_at_all_is_a_success_of_old(int version) {
    ByteBuffer cutOff = messageSet(0).limit(20).slice();

    for (ByteBuffer nothing : List.of(cutOff, ByteBuffer.allocate(0))) {
      PartitionProduceResponse answer = answerTo(write(ALL, nothing, version), version);

      assertThat(error(answer)).isEqualTo(ErrorCode.NONE);
      assertThat(answer.baseOffset()).isEqualTo(-1);
    }
    assertThat(log.endOffset()).isZero();
  }

  @Test
  void an_unknown_topic_id_and_an_unknown_name_are_different_things() {
    ProduceRequest byId = write(ALL, TestBatch.of(1).bytes(), 13);
    byId.topicData().get(0).topicId(UUID.randomUUID());
    ProduceRequest byName = write(ALL, TestBatch.of(1).bytes(), 12);
    byName.topicData().get(0).name("nowhere");

    ProduceResponse answer = send(byId, 13, LEADER).received();
    assertThat(error(onlyPartition(answer))).isEqualTo(ErrorCode.UNKNOWN_TOPIC_ID);
    assertThat(answer.responses().get(0).topicId()).isEqualTo(byId.topicData().get(0).topicId());
    assertThat(error(answerTo(byName, 12))).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @Test
  void partitions_are_answered_each_for_itself_and_in_order() {
    TopicProduceData data =
        new TopicProduceData()
            .topicId(topic.id())
            .partitionData(
                List.of(
                    new PartitionProduceData().index(1).records(TestBatch.of(1).bytes()),
                    new PartitionProduceData().index(9).records(TestBatch.of(1).bytes()),
                    new PartitionProduceData().index(0).records(damaged())));

    ProduceResponse answer =
        send(new ProduceRequest().acks((short) 1).topicData(List.of(data)), NEWEST, LEADER)
            .received();

    assertThat(answer.responses().get(0).partitionResponses())
        .extracting(PartitionProduceResponse::index, one -> ErrorCode.of(one.errorCode()))
        .containsExactly(
            tuple(1, ErrorCode.NONE),
            tuple(9, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
            tuple(0, ErrorCode.CORRUPT_MESSAGE));
  }

  @Test
  void a_first_batch_that_cannot_be_one_fails_the_whole_request() {
    ByteBuffer good = TestBatch.of(1).bytes();
    ByteBuffer unknownMagic = TestBatch.of(1).bytes().put(16, (byte) 9);
    ProduceRequest request = write(ALL, good, NEWEST);
    request.topicData().add(data(topic, 1, unknownMagic, NEWEST));

    ProduceResponse answer = send(request, NEWEST, LEADER).received();

    assertThat(answer.responses())
        .extracting(one -> ErrorCode.of(one.partitionResponses().get(0).errorCode()))
        .containsExactly(ErrorCode.CORRUPT_MESSAGE, ErrorCode.CORRUPT_MESSAGE);
    assertThat(onlyPartition(answer).errorMessage()).contains("orders-1");
    assertThat(log.endOffset()).isZero();
  }

  @Test
  void a_later_batch_that_cannot_be_one_fails_its_partition() {
    ByteBuffer batch = TestBatch.of(1).bytes();
    ByteBuffer zerosBehind = ByteBuffer.allocate(batch.limit() + 100).put(batch).rewind();
    ProduceRequest request = write(ALL, TestBatch.of(1).bytes(), NEWEST);
    request.topicData().add(data(topic, 1, zerosBehind, NEWEST));

    assertThat(send(request, NEWEST, LEADER).received().responses())
        .extracting(one -> ErrorCode.of(one.partitionResponses().get(0).errorCode()))
        .containsExactly(ErrorCode.NONE, ErrorCode.CORRUPT_MESSAGE);
  }

  @Test
  void what_kafka_never_answers_and_what_it_drops_is_refused_loudly() {
    ProduceRequest twice = write(ALL, TestBatch.of(1).bytes(), NEWEST);
    twice.topicData().add(data(topic, 0, TestBatch.of(1).bytes(), NEWEST));

    assertThat(send(write(ALL, null, NEWEST), NEWEST, LEADER).closed()).contains("orders-0");
    assertThat(send(twice, NEWEST, LEADER).closed()).contains("orders-0");
    assertThat(log.endOffset()).isZero();
  }

  @Test
  void acks_other_than_0_1_and_all_are_invalid() {
    PartitionProduceResponse answer = answerTo(write(2, TestBatch.of(1).bytes(), NEWEST), NEWEST);

    assertThat(error(answer)).isEqualTo(ErrorCode.INVALID_REQUIRED_ACKS);
    assertThat(log.endOffset()).isZero();
  }

  @Test
  void acks_0_is_answered_by_nothing_and_an_error_by_the_end_of_the_connection() {
    RecordedExchange<ProduceRequest, ProduceResponse> good =
        send(write(0, TestBatch.of(1).bytes(), NEWEST), NEWEST, LEADER);
    RecordedExchange<ProduceRequest, ProduceResponse> bad =
        send(write(0, damaged(), NEWEST), NEWEST, LEADER);

    assertThat(good.isAnsweredByNothing()).isTrue();
    assertThat(log.endOffset()).isEqualTo(1);
    assertThat(bad.closed()).contains("orders-0: CORRUPT_MESSAGE");
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 10, 12, 13})
  void a_broker_that_does_not_lead_says_who_does_from_version_10_on(int version) {
    ProduceResponse answer =
        send(write(ALL, TestBatch.of(1).bytes(), version), version, FOLLOWER).received();

    PartitionProduceResponse one = onlyPartition(answer);
    assertThat(error(one)).isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    assertThat(one.currentLeader().leaderId()).isEqualTo(version < 10 ? -1 : LEADER);
    assertThat(answer.nodeEndpoints())
        .isEqualTo(
            version < 10
                ? List.of()
                : List.of(
                    new NodeEndpoint().nodeId(1).host("localhost").port(9001).rack("rack-1")));
  }

  @Test
  void a_partition_without_leader_has_no_endpoint_to_name() {
    partition.elect(Partition.NO_LEADER);

    ProduceResponse answer =
        send(write(ALL, TestBatch.of(1).bytes(), NEWEST), NEWEST, STRANGER).received();

    assertThat(onlyPartition(answer).currentLeader().leaderId()).isEqualTo(-1);
    assertThat(onlyPartition(answer).currentLeader().leaderEpoch()).isEqualTo(1);
    assertThat(answer.nodeEndpoints()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 8, 13})
  void bad_records_are_named_from_version_8_on(int version) {
    topic.config().set("cleanup.policy", "compact");

    PartitionProduceResponse answer =
        produce(TestBatch.empty().record(-1, "k", "a").record(-1, null, "b"), version);

    assertThat(error(answer)).isEqualTo(ErrorCode.INVALID_RECORD);
    assertThat(answer.recordErrors())
        .extracting(BatchIndexAndErrorMessage::batchIndex)
        .isEqualTo(version < 8 ? List.of() : List.of(1));
    assertThat(answer.errorMessage() == null).isEqualTo(version < 8);
  }

  @Test
  void an_error_without_bad_records_has_no_message() {
    produce(TestBatch.of(1).producer(7, 0, 0), NEWEST);

    PartitionProduceResponse answer = produce(TestBatch.of(1).producer(7, 0, 5), NEWEST);

    assertThat(error(answer)).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    assertThat(answer.errorMessage()).isNull();
    assertThat(answer.logStartOffset()).isZero();
    assertThat(answer.baseOffset()).isEqualTo(-1);
  }

  @Test
  void a_batch_that_is_too_large_is_not_told_where_the_log_begins() {
    topic.config().set("max.message.bytes", "70");

    PartitionProduceResponse answer = produce(TestBatch.of(3), NEWEST);

    assertThat(error(answer)).isEqualTo(ErrorCode.MESSAGE_TOO_LARGE);
    assertThat(answer.logStartOffset()).isEqualTo(-1);
  }

  @Test
  void a_duplicate_is_a_success_with_the_first_offset() {
    append(4);
    produce(TestBatch.of(2).producer(7, 0, 0), NEWEST);

    PartitionProduceResponse again = produce(TestBatch.of(2).producer(7, 0, 0), NEWEST);

    assertThat(error(again)).isEqualTo(ErrorCode.NONE);
    assertThat(again.baseOffset()).isEqualTo(4);
    assertThat(log.endOffset()).isEqualTo(6);
  }

  @Test
  void transactional_records_are_refused_loudly_and_without_an_id_as_kafka_does() {
    ByteBuffer records = TestBatch.of(1).transactional().producer(7, 0, 0).bytes();

    RecordedExchange<ProduceRequest, ProduceResponse> named =
        send(write(ALL, records, NEWEST).transactionalId("pay"), NEWEST, LEADER);
    PartitionProduceResponse nameless = answerTo(write(ALL, records, NEWEST), NEWEST);

    assertThat(named.closed()).contains("cannot").contains("pay");
    assertThat(error(nameless)).isEqualTo(ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
    assertThat(log.endOffset()).isZero();
  }

  @Test
  void a_transactional_id_alone_does_no_harm() {
    ProduceRequest request = write(ALL, TestBatch.of(1).bytes(), NEWEST).transactionalId("pay");

    assertThat(error(answerTo(request, NEWEST))).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void only_an_admin_client_writes_to_what_kafka_keeps_for_itself() {
    topics.create("__consumer_offsets", List.of(List.of(1)), Map.of());
    ProduceRequest request = write(ALL, TestBatch.of(1).bytes(), 12);
    request.topicData().get(0).name("__consumer_offsets");
    RecordedExchange<ProduceRequest, ProduceResponse> admin =
        new RecordedExchange<ProduceRequest, ProduceResponse>(request, 12, LEADER)
            .from("__admin_client");

    requests.produce().handle(admin);

    assertThat(error(onlyPartition(admin.received()))).isEqualTo(ErrorCode.NONE);
    assertThat(error(answerTo(request, 12))).isEqualTo(ErrorCode.INVALID_TOPIC_EXCEPTION);
  }

  private PartitionProduceResponse answerTo(ProduceRequest request, int version) {
    return onlyPartition(send(request, version, LEADER).received());
  }

  private static ByteBuffer damaged() {
    ByteBuffer batch = TestBatch.of(1).bytes();
    return batch.put(batch.limit() - 1, (byte) 99);
  }

  private static ByteBuffer messageSet(int magic) {
    return new LegacyConverter(BufferPool.direct(0))
        .convert(
            RecordBatches.of(TestBatch.of(2).bytes()).iterator().next(),
            (byte) magic,
            Compression.none(),
            Timestamps.DROP);
  }
}
