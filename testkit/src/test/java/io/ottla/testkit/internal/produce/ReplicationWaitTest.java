package io.ottla.testkit.internal.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.protocol.message.ProduceResponse.PartitionProduceResponse;
import io.ottla.testkit.internal.log.TestBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** acks=all, and what can happen while it is waited for. */
class ReplicationWaitTest extends LogRequestsTestBase {
  private static final int NEWEST = ProduceRequest.HIGHEST_VERSION;

  @Test
  void the_answer_comes_when_the_high_watermark_has_passed_the_records() {
    log.holdHighWatermark();
    RecordedExchange<ProduceRequest, ProduceResponse> exchange = send(ALL, TestBatch.of(3));
    assertThat(exchange.isOver()).isFalse();

    log.advanceHighWatermarkTo(2);
    assertThat(exchange.isOver()).isFalse();

    log.advanceHighWatermarkTo(3);
    assertThat(error(exchange)).isEqualTo(ErrorCode.NONE);
    assertThat(timers.waiting()).isZero();
  }

  @Test
  void acks_1_does_not_wait() {
    log.holdHighWatermark();

    assertThat(error(send(1, TestBatch.of(3)))).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void what_takes_too_long_times_out_and_stays_appended() {
    log.holdHighWatermark();
    RecordedExchange<ProduceRequest, ProduceResponse> exchange = send(ALL, TestBatch.of(3));

    timers.advance(TIMEOUT_MILLIS - 1);
    assertThat(exchange.isOver()).isFalse();
    timers.advance(1);

    assertThat(error(exchange)).isEqualTo(ErrorCode.REQUEST_TIMED_OUT);
    assertThat(onlyPartition(exchange.received()).baseOffset()).isZero();
    assertThat(log.endOffset()).isEqualTo(3);
    log.releaseHighWatermark(); // must not be answered twice
  }

  @Test
  void a_duplicate_waits_as_the_first_one_did() {
    log.holdHighWatermark();
    send(1, TestBatch.of(1).producer(7, 0, 0));

    RecordedExchange<ProduceRequest, ProduceResponse> again =
        send(ALL, TestBatch.of(1).producer(7, 0, 0));

    assertThat(again.isOver()).isFalse();
    log.releaseHighWatermark();
    assertThat(error(again)).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void a_leader_that_is_none_any_more_says_so() {
    log.holdHighWatermark();
    RecordedExchange<ProduceRequest, ProduceResponse> exchange = send(ALL, TestBatch.of(1));

    partition.elect(FOLLOWER);

    PartitionProduceResponse answer = onlyPartition(exchange.received());
    assertThat(error(answer)).isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    assertThat(answer.currentLeader().leaderId()).isEqualTo(FOLLOWER);
  }

  @Test
  void a_topic_that_is_gone_is_unknown() {
    log.holdHighWatermark();
    RecordedExchange<ProduceRequest, ProduceResponse> exchange = send(ALL, TestBatch.of(1));

    topics.delete(topic);

    assertThat(error(exchange)).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @Test
  void with_too_few_in_sync_nothing_is_appended() {
    topic.config().set("min.insync.replicas", "2");
    partition.setInSync(List.of(LEADER));

    RecordedExchange<ProduceRequest, ProduceResponse> exchange = send(ALL, TestBatch.of(1));

    assertThat(error(exchange)).isEqualTo(ErrorCode.NOT_ENOUGH_REPLICAS);
    assertThat(onlyPartition(exchange.received()).logStartOffset()).isZero();
    assertThat(log.endOffset()).isZero();
  }

  @Test
  void min_insync_replicas_beyond_the_replicas_means_all_of_them() {
    topic.config().set("min.insync.replicas", "5");

    assertThat(error(send(ALL, TestBatch.of(1)))).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void with_too_few_in_sync_acks_1_appends_and_the_high_watermark_waits() {
    topic.config().set("min.insync.replicas", "2");
    partition.setInSync(List.of(LEADER));

    assertThat(error(send(1, TestBatch.of(1)))).isEqualTo(ErrorCode.NONE);
    assertThat(log.endOffset()).isEqualTo(1);
    assertThat(log.highWatermark()).isZero();

    partition.setInSync(List.of(LEADER, FOLLOWER));
    assertThat(log.highWatermark()).isEqualTo(1);
  }

  @Test
  void with_too_few_in_sync_after_the_append_the_error_says_so() {
    topic.config().set("min.insync.replicas", "2");
    log.holdHighWatermark();
    RecordedExchange<ProduceRequest, ProduceResponse> exchange = send(ALL, TestBatch.of(1));
    partition.setInSync(List.of(LEADER));
    assertThat(exchange.isOver()).isFalse();

    log.advanceHighWatermarkTo(1);

    assertThat(error(exchange)).isEqualTo(ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND);
    assertThat(onlyPartition(exchange.received()).baseOffset()).isZero();
  }

  @Test
  void one_partition_that_waits_keeps_the_answer_of_all() {
    log.holdHighWatermark();
    ProduceRequest request = write(ALL, TestBatch.of(1).bytes(), NEWEST);
    request.topicData().add(data(topic, 1, TestBatch.of(1).bytes(), NEWEST));
    request.topicData().add(data(topic, 5, TestBatch.of(1).bytes(), NEWEST));
    RecordedExchange<ProduceRequest, ProduceResponse> exchange = send(request, NEWEST, LEADER);
    assertThat(exchange.isOver()).isFalse();

    timers.advance(TIMEOUT_MILLIS);

    assertThat(exchange.received().responses())
        .extracting(one -> ErrorCode.of(one.partitionResponses().get(0).errorCode()))
        .containsExactly(
            ErrorCode.REQUEST_TIMED_OUT, ErrorCode.NONE, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @Test
  void nobody_is_waited_for_who_has_gone() {
    log.holdHighWatermark();
    RecordedExchange<ProduceRequest, ProduceResponse> exchange = send(ALL, TestBatch.of(1));

    exchange.disconnect();

    assertThat(timers.waiting()).isZero();
    log.releaseHighWatermark();
    assertThat(exchange.isOver()).isFalse();
  }

  private RecordedExchange<ProduceRequest, ProduceResponse> send(int acks, TestBatch batch) {
    return send(write(acks, batch.bytes(), NEWEST), NEWEST, LEADER);
  }

  private static ErrorCode error(RecordedExchange<ProduceRequest, ProduceResponse> exchange) {
    return error(onlyPartition(exchange.received()));
  }
}
