package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ListOffsetsRequest;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsPartition;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsTopic;
import io.ottla.protocol.message.ListOffsetsResponse.ListOffsetsPartitionResponse;
import io.ottla.protocol.record.Compression;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Offsets by time, and the ends of a log. */
abstract class ListOffsetsBehaviour extends Behaviour {
  private static final long LATEST = -1;
  private static final long EARLIEST = -2;
  private static final long MAX_TIMESTAMP = -3;
  private static final long EARLIEST_LOCAL = -4;
  private static final long LATEST_TIERED = -5;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
  void each_version_tells_both_ends_and_finds_a_time(int version) {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of().recordAt(1000, "a").recordAt(2000, "b"));
    append(topic, TestBatch.of().recordAt(3000, "c"));
    int epoch = version < 4 ? -1 : 0;

    assertThat(ask(topic, EARLIEST, version)).isEqualTo(found(0, -1, epoch));
    assertThat(ask(topic, LATEST, version)).isEqualTo(found(3, -1, epoch));
    assertThat(ask(topic, 1500, version)).isEqualTo(found(1, 2000, epoch));
  }

  @Test
  void an_empty_log_has_two_ends_and_no_time() {
    Topic topic = newTopic(1);

    assertThat(ask(topic, EARLIEST)).isEqualTo(found(0, -1, 0));
    assertThat(ask(topic, LATEST)).isEqualTo(found(0, -1, 0));
    assertThat(ask(topic, 0)).isEqualTo(found(-1, -1, -1));
    assertThat(ask(topic, MAX_TIMESTAMP)).isEqualTo(found(-1, -1, -1));
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 1000", "1000, 0, 1000", "1001, 1, 3000", "2500, 1, 3000", "3000, 1, 3000"})
  void the_first_record_at_or_after_a_time_is_found(long time, long offset, long timestamp) {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of().recordAt(1000, "a").recordAt(3000, "b").recordAt(2000, "c"));
    append(topic, TestBatch.of().recordAt(2500, "d"));

    assertThat(ask(topic, time)).isEqualTo(found(offset, timestamp, 0));
  }

  @Test
  void after_the_last_time_there_is_nothing() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of().recordAt(1000, "a"));

    assertThat(ask(topic, 1001)).isEqualTo(found(-1, -1, -1));
  }

  @ParameterizedTest
  @MethodSource("io.ottla.testkit.behaviour.BatchRulesBehaviour#codecs")
  void a_time_within_a_compressed_batch_is_found(Compression compression) {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of().recordAt(1000, "a").recordAt(2000, "b").compressed(compression));

    assertThat(ask(topic, 1001)).isEqualTo(found(1, 2000, 0));
    assertThat(ask(topic, MAX_TIMESTAMP)).isEqualTo(found(1, 2000, 0));
  }

  @Test
  void the_greatest_time_is_found_at_its_first_record() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of().recordAt(1000, "a").recordAt(5000, "b").recordAt(5000, "c"));
    append(topic, TestBatch.of().recordAt(2000, "d").recordAt(5000, "e"));

    assertThat(ask(topic, MAX_TIMESTAMP)).isEqualTo(found(1, 5000, 0));
  }

  @Test
  void with_log_append_time_a_time_is_that_of_the_batch() {
    Topic topic = newTopic(1, "message.timestamp.type=LogAppendTime");
    long appendedAt = produce(topic, TestBatch.of("a", "b").at(1000)).logAppendTimeMs();

    assertThat(ask(topic, 1001)).isEqualTo(found(0, appendedAt, 0));
    assertThat(ask(topic, MAX_TIMESTAMP)).isEqualTo(found(0, appendedAt, 0));
  }

  @Test
  void what_is_deleted_is_not_found() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of().recordAt(1000, "a"));
    append(topic, TestBatch.of().recordAt(2000, "b"));
    DeleteRecordsBehaviour.deleteRecords(broker(), topic, 1);

    assertThat(ask(topic, EARLIEST)).isEqualTo(found(1, -1, 0));
    assertThat(ask(topic, 0)).isEqualTo(found(1, 2000, 0));
  }

  @Test
  void without_tiers_the_local_start_is_the_start() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.ofSize(2));

    assertThat(ask(topic, EARLIEST_LOCAL)).isEqualTo(found(0, -1, 0));
    assertThat(ask(topic, LATEST_TIERED)).isEqualTo(found(-1, -1, -1));
  }

  @ParameterizedTest
  @CsvSource({"6, -3", "7, -4", "8, -5"})
  void a_question_that_the_version_does_not_know_is_refused(int version, long question) {
    Topic topic = newTopic(1);

    assertThat(ask(topic, question, version)).isEqualTo(failed(ErrorCode.UNSUPPORTED_VERSION));
  }

  @Test
  void read_committed_without_transactions_ends_at_the_high_watermark() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.ofSize(2));

    ListOffsetsRequest request = request(topic, 0, LATEST).isolationLevel((byte) 1);

    assertThat(answer(request, 11)).isEqualTo(found(2, -1, 0));
  }

  @Test
  void unknown_topics_and_partitions_are_told() {
    Topic topic = newTopic(1);
    Topic nowhere = new Topic(uniqueName("nowhere"), UUID.randomUUID());

    assertThat(ask(nowhere, LATEST)).isEqualTo(failed(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
    assertThat(answer(request(topic, 3, LATEST), 11))
        .isEqualTo(failed(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION).partitionIndex(3));
  }

  @Test
  void the_askers_idea_of_the_leader_epoch_is_checked() {
    Topic topic = newTopic(1);
    ListOffsetsRequest request = request(topic, 0, LATEST);
    only(only(request.topics()).partitions()).currentLeaderEpoch(5);

    assertThat(answer(request, 11)).isEqualTo(failed(ErrorCode.UNKNOWN_LEADER_EPOCH));
  }

  @Test
  void a_partition_asked_for_twice_is_an_invalid_request() {
    Topic topic = newTopic(1);
    ListOffsetsRequest request = request(topic, 0, LATEST);
    ListOffsetsPartition again = only(only(request.topics()).partitions());
    only(request.topics()).partitions(List.of(again, again));

    assertThat(only(broker().ask(request).topics()).partitions())
        .allMatch(told -> error(told.errorCode()) == ErrorCode.INVALID_REQUEST);
  }

  private ListOffsetsPartitionResponse ask(Topic topic, long timestamp) {
    return ask(topic, timestamp, ListOffsetsRequest.HIGHEST_VERSION);
  }

  private ListOffsetsPartitionResponse ask(Topic topic, long timestamp, int version) {
    return answer(request(topic, 0, timestamp), version);
  }

  private ListOffsetsPartitionResponse answer(ListOffsetsRequest request, int version) {
    return only(only(broker().ask(request, version).topics()).partitions());
  }

  private static ListOffsetsRequest request(Topic topic, int partition, long timestamp) {
    ListOffsetsPartition wanted =
        new ListOffsetsPartition()
            .partitionIndex(partition)
            .currentLeaderEpoch(-1)
            .timestamp(timestamp);
    return new ListOffsetsRequest()
        .replicaId(-1)
        .topics(List.of(new ListOffsetsTopic().name(topic.name()).partitions(List.of(wanted))));
  }

  private static ListOffsetsPartitionResponse found(long offset, long timestamp, int epoch) {
    return new ListOffsetsPartitionResponse()
        .offset(offset)
        .timestamp(timestamp)
        .leaderEpoch(epoch);
  }

  private static ListOffsetsPartitionResponse failed(ErrorCode why) {
    return found(-1, -1, -1).errorCode(why.code());
  }
}
