package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchResponse;
import io.ottla.protocol.message.FetchResponse.EpochEndOffset;
import io.ottla.protocol.message.FetchResponse.PartitionData;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.RecordBatch;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetch requests without a session. */
abstract class FetchBehaviour extends Behaviour {
  private static final int LONG_MS = 20_000;
  private static final int SHORT_MS = 50;

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18})
  void each_version_serves_what_was_appended(int version) {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of("a", "b"));
    append(topic, TestBatch.of("c"));

    FetchResponse answer = broker().ask(Fetching.of(topic, 0, 0, version), version);
    PartitionData data = only(only(answer.responses()).partitions());

    assertThat(answer.errorCode()).isZero();
    assertThat(answer.sessionId()).isZero();
    assertThat(only(answer.responses()).topic()).isEqualTo(version < 13 ? topic.name() : "");
    assertThat(only(answer.responses()).topicId()).isEqualTo(version < 13 ? NO_ID : topic.id());
    assertThat(error(data.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(Fetching.values(data)).containsExactly("a", "b", "c");
    assertThat(data.highWatermark()).isEqualTo(3);
    assertThat(data.lastStableOffset()).isEqualTo(3);
    assertThat(data.logStartOffset()).isEqualTo(version < 5 ? -1 : 0);
    assertThat(data.preferredReadReplica()).isEqualTo(-1);
  }

  @Test
  void a_batch_is_served_as_it_was_sent_but_for_its_place() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of("before", "it"));
    ByteBuffer sent = TestBatch.of("a", "b").from(newProducer(), 0).bytes();
    append(topic, sent.duplicate());

    RecordBatch served = Fetching.batches(fetch(topic, 2)).get(0);

    served.verifyCrc();
    ByteBuffer expected = sent.putLong(0, 2).putInt(TestBatch.LEADER_EPOCH, 0);
    assertThat(served.bytes()).isEqualTo(expected);
  }

  @Test
  void an_offset_within_a_batch_serves_the_whole_batch() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of("a", "b", "c"));
    append(topic, TestBatch.of("d"));

    assertThat(Fetching.values(fetch(topic, 1))).containsExactly("a", "b", "c", "d");
    assertThat(Fetching.values(fetch(topic, 3))).containsExactly("d");
  }

  @Test
  void at_the_end_there_is_nothing_and_no_error() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of("a"));

    assertThat(fetch(topic, 1))
        .isEqualTo(
            new PartitionData()
                .highWatermark(1)
                .lastStableOffset(1)
                .logStartOffset(0)
                .abortedTransactions(null)
                .records(ByteBuffer.allocate(0)));
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 99, -1, -2})
  void an_offset_that_the_log_does_not_have_is_out_of_range(long offset) {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of("a"));

    assertThat(fetch(topic, offset)).isEqualTo(failed(ErrorCode.OFFSET_OUT_OF_RANGE));
  }

  @Test
  void an_unknown_topic_is_told_by_name() {
    Topic nowhere = new Topic(uniqueName("nowhere"), UUID.randomUUID());

    assertThat(fetch(Fetching.of(nowhere, 0, 0, 12), 12))
        .isEqualTo(unknown(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
  }

  @Test
  void an_unknown_topic_id_is_told() {
    Topic nowhere = new Topic("nowhere", UUID.randomUUID());

    assertThat(fetch(nowhere, 0)).isEqualTo(unknown(ErrorCode.UNKNOWN_TOPIC_ID));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 12, 13, 18})
  void an_unknown_partition_is_told(int version) {
    Topic topic = newTopic(1);

    PartitionData data = fetch(Fetching.of(topic, 5, 0, version), version);

    assertThat(data).isEqualTo(unknown(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION).partitionIndex(5));
  }

  @Test
  void a_request_for_nothing_is_answered_with_nothing() {
    assertThat(broker().ask(Fetching.empty())).isEqualTo(new FetchResponse());
  }

  // ---- how much

  @Test
  void the_first_batch_comes_whole_however_large() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of("a".repeat(500)));
    append(topic, TestBatch.of("b"));
    FetchRequest request = Fetching.empty().maxBytes(10);
    Fetching.add(request, topic, 18, Fetching.partition(0, 0).partitionMaxBytes(10));

    assertThat(Fetching.values(fetch(request, 18))).containsExactly("a".repeat(500));
  }

  @Test
  void what_goes_beyond_a_partitions_bytes_is_cut_off_within_a_batch() {
    Topic topic = newTopic(1);
    int first = TestBatch.of("a").bytes().limit();
    append(topic, TestBatch.of("a"));
    append(topic, TestBatch.of("b"));
    FetchRequest request = Fetching.empty();
    Fetching.add(request, topic, 18, Fetching.partition(0, 0).partitionMaxBytes(first + 20));

    PartitionData data = fetch(request, 18);

    assertThat(present(data.records()).remaining()).isEqualTo(first + 20);
    assertThat(Fetching.values(data)).containsExactly("a");
  }

  @Test
  void once_a_partition_has_filled_the_answer_the_next_ones_have_nothing() {
    Topic topic = newTopic(2);
    append(topic, TestBatch.of("a"));
    appendTo(topic, 1, TestBatch.of("b"));
    FetchRequest request = Fetching.empty().maxBytes(10);
    Fetching.add(request, topic, 18, Fetching.partition(1, 0), Fetching.partition(0, 0));

    List<PartitionData> data = only(broker().ask(request).responses()).partitions();

    assertThat(data).extracting(PartitionData::partitionIndex).containsExactly(1, 0);
    assertThat(Fetching.values(data.get(0))).containsExactly("b");
    assertThat(Fetching.values(data.get(1))).isEmpty();
    assertThat(data.get(1).highWatermark()).isEqualTo(1);
  }

  @Test
  void the_rest_of_the_answer_may_be_a_piece_of_a_batch() {
    Topic topic = newTopic(2);
    int size = TestBatch.of("a").bytes().limit();
    append(topic, TestBatch.of("a"));
    appendTo(topic, 1, TestBatch.of("b"));
    FetchRequest request = Fetching.empty().maxBytes(size + 30);
    Fetching.add(request, topic, 18, Fetching.partition(0, 0), Fetching.partition(1, 0));

    List<PartitionData> data = only(broker().ask(request).responses()).partitions();

    assertThat(Fetching.values(data.get(0))).containsExactly("a");
    assertThat(present(data.get(1).records()).remaining()).isIn(0, 30);
    assertThat(Fetching.values(data.get(1))).isEmpty();
  }

  // ---- how long

  @Test
  void with_nothing_to_tell_the_answer_waits_for_a_record() {
    Topic topic = newTopic(1);
    RawConnection reader = anotherConnection();
    FetchRequest request = Fetching.of(topic, 0, 0, 18).maxWaitMs(LONG_MS).minBytes(1);

    reader.send(request, 18);
    append(topic, TestBatch.of("a"));

    FetchResponse answer = reader.receive(request, 18);
    assertThat(Fetching.values(only(only(answer.responses()).partitions()))).containsExactly("a");
  }

  @Test
  void the_answer_waits_for_as_many_bytes_as_asked_for() {
    Topic topic = newTopic(1);
    RawConnection reader = anotherConnection();
    int size = TestBatch.of("a").bytes().limit();
    FetchRequest request = Fetching.of(topic, 0, 0, 18).maxWaitMs(LONG_MS).minBytes(2 * size);

    reader.send(request, 18);
    append(topic, TestBatch.of("a"));
    append(topic, TestBatch.of("b"));

    FetchResponse answer = reader.receive(request, 18);
    assertThat(Fetching.values(only(only(answer.responses()).partitions())))
        .containsExactly("a", "b");
  }

  @Test
  void when_the_time_is_over_the_answer_has_what_there_is() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of("a"));

    PartitionData data =
        fetch(Fetching.of(topic, 0, 0, 18).maxWaitMs(SHORT_MS).minBytes(1 << 20), 18);

    assertThat(Fetching.values(data)).containsExactly("a");
  }

  @Test
  void when_the_time_is_over_the_answer_may_be_empty() {
    Topic topic = newTopic(1);

    PartitionData data = fetch(Fetching.of(topic, 0, 0, 18).maxWaitMs(SHORT_MS), 18);

    assertThat(Fetching.values(data)).isEmpty();
  }

  @Test
  void min_bytes_of_0_waits_for_nothing() {
    Topic topic = newTopic(1);

    PartitionData data = fetch(Fetching.of(topic, 0, 0, 18).maxWaitMs(LONG_MS).minBytes(0), 18);

    assertThat(Fetching.values(data)).isEmpty();
  }

  @Test
  void an_error_of_the_log_is_told_without_waiting() {
    Topic topic = newTopic(2);
    FetchRequest request = Fetching.of(topic, 0, 0, 18).maxWaitMs(LONG_MS);
    Fetching.add(request, topic, 18, Fetching.partition(1, 99));

    FetchResponse answer = broker().ask(request);

    assertThat(codes(answer))
        .containsExactlyInAnyOrder(ErrorCode.NONE, ErrorCode.OFFSET_OUT_OF_RANGE);
  }

  @Test
  void an_unknown_partition_beside_a_known_one_does_not_end_the_wait() {
    Topic topic = newTopic(1);
    RawConnection reader = anotherConnection();
    FetchRequest request = Fetching.of(topic, 0, 0, 18).maxWaitMs(LONG_MS);
    Fetching.add(request, topic, 18, Fetching.partition(6, 0));

    reader.send(request, 18);
    append(topic, TestBatch.of("a"));

    FetchResponse answer = reader.receive(request, 18);
    assertThat(codes(answer))
        .containsExactlyInAnyOrder(ErrorCode.NONE, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(partitions(answer)).flatExtracting(Fetching::values).containsExactly("a");
  }

  @Test
  void where_nothing_is_known_there_is_nothing_to_wait_for() {
    FetchRequest request = Fetching.of(newTopic(1), 6, 0, 18).maxWaitMs(LONG_MS);

    assertThat(codes(broker().ask(request))).containsExactly(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @Test
  void requests_behind_one_that_waits_wait_too() {
    Topic topic = newTopic(1);
    RawConnection reader = anotherConnection();
    FetchRequest waits = Fetching.of(topic, 0, 0, 18).maxWaitMs(LONG_MS);
    FetchRequest follows = Fetching.of(topic, 0, 0, 18);

    reader.send(waits, 18);
    reader.send(follows, 18);
    append(topic, TestBatch.of("a"));

    assertThat(only(reader.receive(waits, 18).responses()).partitions()).hasSize(1);
    assertThat(only(reader.receive(follows, 18).responses()).partitions()).hasSize(1);
  }

  // ---- isolation

  @Test
  void read_committed_tells_of_no_aborted_transactions_where_there_are_none() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of("a"));

    PartitionData committed = fetch(Fetching.of(topic, 0, 0, 18).isolationLevel((byte) 1), 18);
    PartitionData uncommitted = fetch(topic, 0);

    assertThat(committed.abortedTransactions()).isEmpty();
    assertThat(committed.lastStableOffset()).isEqualTo(1);
    assertThat(Fetching.values(committed)).containsExactly("a");
    assertThat(uncommitted.abortedTransactions()).isNull();
  }

  // ---- epochs

  @Test
  void the_readers_idea_of_the_leader_epoch_is_checked() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of("a"));

    assertThat(fetchInEpoch(topic, 0).errorCode()).isZero();
    assertThat(fetchInEpoch(topic, 1)).isEqualTo(failed(ErrorCode.UNKNOWN_LEADER_EPOCH));
  }

  @Test
  void who_has_read_further_than_its_epoch_goes_is_told_where_to_go_back_to() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of("a", "b"));

    PartitionData data = fetchAfterEpoch(topic, 7, 0);

    assertThat(error(data.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(data.divergingEpoch()).isEqualTo(new EpochEndOffset().epoch(0).endOffset(2));
    assertThat(Fetching.values(data)).isEmpty();
  }

  @Test
  void who_has_read_of_an_epoch_that_never_was_is_out_of_range() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of("a", "b"));

    assertThat(fetchAfterEpoch(topic, 2, 3)).isEqualTo(failed(ErrorCode.OFFSET_OUT_OF_RANGE));
  }

  @Test
  void who_has_read_what_is_there_reads_on() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of("a"));
    append(topic, TestBatch.of("b"));

    PartitionData data = fetchAfterEpoch(topic, 1, 0);

    assertThat(data.divergingEpoch()).isEqualTo(new EpochEndOffset());
    assertThat(Fetching.values(data)).containsExactly("b");
  }

  // ---- compression

  @ParameterizedTest
  @MethodSource("io.ottla.testkit.behaviour.BatchRulesBehaviour#codecs")
  void a_compressed_batch_is_served_compressed(Compression compression) {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of("a", "b").compressed(compression));

    PartitionData data = fetch(topic, 0);

    assertThat(only(Fetching.batches(data)).codec()).isEqualTo(compression.codec());
    assertThat(Fetching.values(data)).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 9, 10})
  void zstd_is_served_to_those_who_ask_in_old_versions_too(int version) {
    Topic topic = newTopic(1, "compression.type=zstd");
    append(topic, TestBatch.of("a").compressed(Compression.zstd()));

    PartitionData data = fetch(Fetching.of(topic, 0, 0, version), version);

    assertThat(Fetching.values(data)).containsExactly("a");
  }

  @Test
  void a_topic_may_ask_for_another_codec_than_the_producer_chose() {
    Topic topic = newTopic(1, "compression.type=gzip");
    append(topic, TestBatch.of("a", "b"));

    PartitionData data = fetch(topic, 0);

    assertThat(only(Fetching.batches(data)).codec()).isEqualTo(Compression.gzip().codec());
    assertThat(Fetching.values(data)).containsExactly("a", "b");
  }

  private PartitionData fetchInEpoch(Topic topic, int currentLeaderEpoch) {
    FetchRequest request = Fetching.empty();
    Fetching.add(
        request, topic, 18, Fetching.partition(0, 0).currentLeaderEpoch(currentLeaderEpoch));
    return fetch(request, 18);
  }

  private PartitionData fetchAfterEpoch(Topic topic, long offset, int lastFetchedEpoch) {
    FetchRequest request = Fetching.empty();
    Fetching.add(
        request,
        topic,
        18,
        Fetching.partition(0, offset).currentLeaderEpoch(0).lastFetchedEpoch(lastFetchedEpoch));
    return fetch(request, 18);
  }

  private PartitionData fetch(Topic topic, long offset) {
    return fetch(Fetching.of(topic, 0, offset, Fetching.NEWEST), Fetching.NEWEST);
  }

  private PartitionData fetch(FetchRequest request, int version) {
    return only(only(broker().ask(request, version).responses()).partitions());
  }

  private static List<PartitionData> partitions(FetchResponse answer) {
    return answer.responses().stream().flatMap(topic -> topic.partitions().stream()).toList();
  }

  private static List<ErrorCode> codes(FetchResponse answer) {
    return partitions(answer).stream().map(data -> error(data.errorCode())).toList();
  }

  /** What is told of a partition that is not known. */
  private static PartitionData unknown(ErrorCode why) {
    return failed(why).abortedTransactions(List.of());
  }

  /** What is told of a partition whose log has no answer. */
  private static PartitionData failed(ErrorCode why) {
    return new PartitionData()
        .errorCode(why.code())
        .highWatermark(-1)
        .lastStableOffset(-1)
        .logStartOffset(-1)
        .abortedTransactions(null)
        .records(ByteBuffer.allocate(0));
  }
}
