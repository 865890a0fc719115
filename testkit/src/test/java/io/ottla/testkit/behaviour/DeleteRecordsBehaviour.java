package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.DeleteRecordsRequest;
import io.ottla.protocol.message.DeleteRecordsRequest.DeleteRecordsPartition;
import io.ottla.protocol.message.DeleteRecordsRequest.DeleteRecordsTopic;
import io.ottla.protocol.message.DeleteRecordsResponse.DeleteRecordsPartitionResult;
import io.ottla.protocol.message.ErrorCode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cutting off the begin of a log. */
abstract class DeleteRecordsBehaviour extends Behaviour {
  private static final long TO_HIGH_WATERMARK = -1;
  private static final long EARLIEST = -2;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void each_version_moves_the_log_start(int version) {
    Topic topic = newTopic(1);
    append(topic, TestBatch.ofSize(5));

    assertThat(delete(topic, 0, 3, version)).isEqualTo(done(3));
    assertThat(offsetFor(topic, EARLIEST).offset()).isEqualTo(3);
    assertThat(endOffset(topic)).isEqualTo(5);
  }

  @Test
  void all_there_is_can_be_deleted() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.ofSize(5));

    assertThat(delete(topic, 0, TO_HIGH_WATERMARK, 2)).isEqualTo(done(5));
    assertThat(append(topic, TestBatch.of("a"))).isEqualTo(5);
  }

  @Test
  void what_is_gone_cannot_come_back() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.ofSize(5));
    deleteRecords(broker(), topic, 3);

    assertThat(delete(topic, 0, 1, 2)).isEqualTo(done(3));
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 100, -2})
  void an_offset_beyond_the_end_or_below_0_is_out_of_range(long offset) {
    Topic topic = newTopic(1);
    append(topic, TestBatch.ofSize(5));

    assertThat(delete(topic, 0, offset, 2)).isEqualTo(failed(ErrorCode.OFFSET_OUT_OF_RANGE));
    assertThat(offsetFor(topic, EARLIEST).offset()).isZero();
  }

  @Test
  void readers_below_the_new_start_are_out_of_range_and_those_above_it_read_whole_batches() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of("a", "b", "c"));
    deleteRecords(broker(), topic, 1);

    assertThat(error(fetch(topic, 0).errorCode())).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
    assertThat(fetch(topic, 1).logStartOffset()).isEqualTo(1);
    assertThat(Fetching.values(fetch(topic, 1))).containsExactly("a", "b", "c");
  }

  @Test
  void producers_are_told_the_new_start_and_are_not_forgotten() {
    Topic topic = newTopic(1);
    Producer producer = newProducer();
    append(topic, TestBatch.ofSize(2).from(producer, 0));
    deleteRecords(broker(), topic, TO_HIGH_WATERMARK);

    assertThat(append(topic, TestBatch.ofSize(2).from(producer, 0))).isZero();
    assertThat(produce(topic, TestBatch.ofSize(1).from(producer, 2)).logStartOffset()).isEqualTo(2);
    assertThat(produce(topic, TestBatch.ofSize(1).from(producer, 9)))
        .isEqualTo(refused(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER).logStartOffset(2));
  }

  @Test
  void unknown_topics_and_partitions_are_told() {
    Topic topic = newTopic(1);
    Topic nowhere = new Topic(uniqueName("nowhere"), UUID.randomUUID());

    assertThat(delete(nowhere, 0, 0, 2)).isEqualTo(failed(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
    assertThat(delete(topic, 4, 0, 2))
        .isEqualTo(failed(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION).partitionIndex(4));
  }

  @Test
  void a_topic_that_is_only_compacted_keeps_its_records() {
    Topic topic = newTopic(1, "cleanup.policy=compact");
    append(topic, TestBatch.ofSize(2));

    assertThat(delete(topic, 0, 1, 2)).isEqualTo(failed(ErrorCode.POLICY_VIOLATION));
  }

  /** Cuts off partition 0 below an offset, or below the high watermark for −1. */
  static void deleteRecords(RawConnection connection, Topic topic, long offset) {
    assertThat(delete(connection, topic, 0, offset, 2).errorCode()).isZero();
  }

  private io.ottla.protocol.message.FetchResponse.PartitionData fetch(Topic topic, long offset) {
    return only(only(broker().ask(Fetching.of(topic, 0, offset, 18)).responses()).partitions());
  }

  private DeleteRecordsPartitionResult delete(
      Topic topic, int partition, long offset, int version) {
    return delete(broker(), topic, partition, offset, version);
  }

  static DeleteRecordsPartitionResult delete(
      RawConnection connection, Topic topic, int partition, long offset, int version) {
    DeleteRecordsTopic wanted =
        new DeleteRecordsTopic()
            .name(topic.name())
            .partitions(
                List.of(new DeleteRecordsPartition().partitionIndex(partition).offset(offset)));
    DeleteRecordsRequest request =
        new DeleteRecordsRequest().timeoutMs(10_000).topics(List.of(wanted));
    return only(only(connection.ask(request, version).topics()).partitions());
  }

  private static DeleteRecordsPartitionResult done(long lowWatermark) {
    return new DeleteRecordsPartitionResult().lowWatermark(lowWatermark);
  }

  private static DeleteRecordsPartitionResult failed(ErrorCode why) {
    return new DeleteRecordsPartitionResult().lowWatermark(-1).errorCode(why.code());
  }
}
