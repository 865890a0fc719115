package io.ottla.testkit.internal.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ListOffsetsRequest;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsPartition;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsTopic;
import io.ottla.protocol.message.ListOffsetsResponse.ListOffsetsPartitionResponse;
import io.ottla.testkit.internal.log.TestBatch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListOffsetsHandlerTest extends LogRequestsTestBase {
  private static final int NEWEST = ListOffsetsRequest.HIGHEST_VERSION;
  private static final long LATEST = -1;
  private static final long EARLIEST = -2;
  private static final long MAX_TIMESTAMP = -3;

  private final long now = timers.nowMillis();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
  void each_version_finds_the_ends_and_a_time(int version) {
    appendTimes(now, now + 10);
    int epoch = version < 4 ? -1 : 0;

    assertThat(ask(EARLIEST, version)).isEqualTo(found(0, -1, epoch));
    assertThat(ask(LATEST, version)).isEqualTo(found(2, -1, epoch));
    assertThat(ask(now + 1, version)).isEqualTo(found(1, now + 10, epoch));
    assertThat(ask(now + 11, version)).isEqualTo(found(-1, -1, -1));
  }

  @ParameterizedTest
  @CsvSource({"6,-3", "7,-4", "8,-5", "10,-6", "11,-7", "0,-3"})
  void what_a_version_does_not_know_it_refuses(int version, long timestamp) {
    assertThat(ErrorCode.of(ask(timestamp, version).errorCode()))
        .isEqualTo(ErrorCode.UNSUPPORTED_VERSION);
  }

  @Test
  void the_latest_time_is_found() {
    appendTimes(now, now + 10, now + 5);

    assertThat(ask(MAX_TIMESTAMP, 7)).isEqualTo(found(1, now + 10, 0));
  }

  @Test
  void without_tiered_storage_the_local_start_is_the_start_and_there_is_nothing_else() {
    append(3);
    log.deleteRecordsBefore(2);

    assertThat(ask(-4, NEWEST)).isEqualTo(found(2, -1, 0));
    assertThat(ask(-5, NEWEST)).isEqualTo(found(-1, -1, -1));
    assertThat(ask(-6, NEWEST)).isEqualTo(found(-1, -1, -1));
  }

  @Test
  void a_consumer_knows_nothing_behind_the_high_watermark() {
    appendTimes(now);
    log.holdHighWatermark();
    appendTimes(now + 10);

    assertThat(ask(LATEST, NEWEST).offset()).isEqualTo(1);
    assertThat(ask(now + 5, NEWEST)).isEqualTo(found(-1, -1, -1));
    assertThat(ask(MAX_TIMESTAMP, NEWEST)).isEqualTo(found(-1, -1, -1));
  }

  @Test
  void read_committed_ends_at_the_last_stable_offset() {
    append(1);
    log.appendUnchecked(TestBatch.of(2).transactional().producer(7, 0, 0).bytes(), 0);

    assertThat(ask(LATEST, NEWEST).offset()).isEqualTo(3);
    assertThat(answer(request(LATEST).isolationLevel((byte) 1), NEWEST, LEADER).offset())
        .isEqualTo(1);
  }

  @Test
  void a_follower_and_a_debugger_see_the_end() {
    append(1);
    log.holdHighWatermark();
    append(1);

    assertThat(answer(request(LATEST).replicaId(FOLLOWER), NEWEST, LEADER).offset()).isEqualTo(2);
    assertThat(answer(request(LATEST).replicaId(-2), NEWEST, FOLLOWER).offset()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"4,LEADER_NOT_AVAILABLE", "5,OFFSET_NOT_AVAILABLE", "11,OFFSET_NOT_AVAILABLE"})
  void a_new_leader_whose_high_watermark_lags_asks_for_patience(int version, ErrorCode error) {
    appendTimes(now);
    log.holdHighWatermark();
    appendTimes(now + 10);
    partition.elect(LEADER);

    assertThat(ErrorCode.of(ask(LATEST, version).errorCode())).isEqualTo(error);
    assertThat(ErrorCode.of(ask(now + 5, version).errorCode())).isEqualTo(error);
    assertThat(ask(now, version).offset()).isZero();
    assertThat(ask(EARLIEST, version).offset()).isZero();
    assertThat(answer(request(LATEST).replicaId(FOLLOWER), version, LEADER).offset()).isEqualTo(2);

    log.releaseHighWatermark();
    assertThat(ask(LATEST, version).offset()).isEqualTo(2);
  }

  @Test
  void the_leader_epoch_of_the_asker_is_compared() {
    partition.elect(LEADER);

    assertThat(askWithEpoch(0)).isEqualTo(ErrorCode.FENCED_LEADER_EPOCH);
    assertThat(askWithEpoch(1)).isEqualTo(ErrorCode.NONE);
    assertThat(askWithEpoch(2)).isEqualTo(ErrorCode.UNKNOWN_LEADER_EPOCH);
  }

  @Test
  void who_does_not_lead_says_so() {
    assertThat(errorFrom(FOLLOWER)).isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    assertThat(errorFrom(STRANGER)).isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    topics.delete(topic);
    assertThat(errorFrom(LEADER)).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @Test
  void a_partition_that_is_named_twice_is_an_invalid_request() {
    ListOffsetsRequest request = request(LATEST);
    ListOffsetsPartition one = request.topics().get(0).partitions().get(0);
    request.topics().get(0).partitions(List.of(one, one));

    assertThat(ask(requests.listOffsets(), request, NEWEST, LEADER).topics().get(0).partitions())
        .extracting(answer -> ErrorCode.of(answer.errorCode()))
        .containsExactly(ErrorCode.INVALID_REQUEST, ErrorCode.INVALID_REQUEST);
  }

  @Test
  void version_0_tells_where_the_segment_begins_and_ends() {
    timers.advance(100);
    append(3);
    long appended = timers.nowMillis();
    timers.advance(100);

    assertThat(oldOffsets(LATEST, 10)).containsExactly(3L, 0L);
    assertThat(oldOffsets(LATEST, 1)).containsExactly(3L);
    assertThat(oldOffsets(EARLIEST, 10)).containsExactly(0L);
    assertThat(oldOffsets(appended, 10)).containsExactly(0L);
    assertThat(oldOffsets(appended - 1, 10)).isEmpty();
    assertThat(oldOffsets(timers.nowMillis(), 10)).containsExactly(3L, 0L);
  }

  @Test
  void version_0_of_an_empty_log_knows_one_offset() {
    assertThat(oldOffsets(LATEST, 10)).containsExactly(0L);
    assertThat(oldOffsets(EARLIEST, 10)).containsExactly(0L);
  }

  @Test
  void version_0_too_hides_what_is_behind_the_high_watermark() {
    append(2);
    log.holdHighWatermark();
    append(2);

    assertThat(oldOffsets(LATEST, 10)).containsExactly(2L, 0L);
    ListOffsetsRequest followers = request(LATEST).replicaId(FOLLOWER);
    followers.topics().get(0).partitions().get(0).maxNumOffsets(10);
    assertThat(answer(followers, 0, LEADER).oldStyleOffsets()).containsExactly(4L, 0L);
  }

  private void appendTimes(long... times) {
    TestBatch batch = TestBatch.empty();
    for (long time : times) {
      batch.record(time);
    }
    log.append(batch.bytes(), partition.leaderEpoch());
  }

  private List<Long> oldOffsets(long timestamp, int max) {
    ListOffsetsRequest request = request(timestamp);
    request.topics().get(0).partitions().get(0).maxNumOffsets(max);
    return answer(request, 0, LEADER).oldStyleOffsets();
  }

  private ErrorCode askWithEpoch(int epoch) {
    ListOffsetsRequest request = request(LATEST);
    request.topics().get(0).partitions().get(0).currentLeaderEpoch(epoch);
    return ErrorCode.of(answer(request, NEWEST, LEADER).errorCode());
  }

  private ErrorCode errorFrom(int brokerId) {
    return ErrorCode.of(answer(request(LATEST), NEWEST, brokerId).errorCode());
  }

  private ListOffsetsPartitionResponse ask(long timestamp, int version) {
    return answer(request(timestamp), version, LEADER);
  }

  private ListOffsetsPartitionResponse answer(
      ListOffsetsRequest request, int version, int brokerId) {
    return ask(requests.listOffsets(), request, version, brokerId)
        .topics()
        .get(0)
        .partitions()
        .get(0);
  }

  private static ListOffsetsRequest request(long timestamp) {
    ListOffsetsPartition asked =
        new ListOffsetsPartition().partitionIndex(0).currentLeaderEpoch(-1).timestamp(timestamp);
    return new ListOffsetsRequest()
        .replicaId(-1)
        .topics(List.of(new ListOffsetsTopic().name("orders").partitions(List.of(asked))));
  }

  private static ListOffsetsPartitionResponse found(long offset, long timestamp, int epoch) {
    return new ListOffsetsPartitionResponse()
        .offset(offset)
        .timestamp(timestamp)
        .leaderEpoch(epoch);
  }
}
