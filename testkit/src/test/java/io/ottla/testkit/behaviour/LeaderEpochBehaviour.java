package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.OffsetForLeaderEpochRequest;
import io.ottla.protocol.message.OffsetForLeaderEpochRequest.OffsetForLeaderPartition;
import io.ottla.protocol.message.OffsetForLeaderEpochRequest.OffsetForLeaderTopic;
import io.ottla.protocol.message.OffsetForLeaderEpochResponse.EpochEndOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the epochs of leaders end, as long as there is one epoch. */
abstract class LeaderEpochBehaviour extends Behaviour {
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void the_present_epoch_ends_at_the_end_of_the_log(int version) {
    Topic topic = newTopic(1);
    append(topic, TestBatch.ofSize(4));

    assertThat(ask(request(topic, 0, -1, 0), version))
        .isEqualTo(new EpochEndOffset().leaderEpoch(0).endOffset(4));
  }

  @Test
  void a_later_epoch_has_no_end() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.ofSize(4));

    assertThat(ask(request(topic, 0, -1, 1), 4)).isEqualTo(nothing(ErrorCode.NONE));
  }

  @Test
  void an_empty_log_has_an_epoch_too() {
    assertThat(ask(request(newTopic(1), 0, -1, 0), 4))
        .isEqualTo(new EpochEndOffset().leaderEpoch(0).endOffset(0));
  }

  @Test
  void the_askers_idea_of_the_leader_epoch_is_checked() {
    Topic topic = newTopic(1);

    assertThat(ask(request(topic, 0, 0, 0), 4).errorCode()).isZero();
    assertThat(ask(request(topic, 0, 1, 0), 4)).isEqualTo(nothing(ErrorCode.UNKNOWN_LEADER_EPOCH));
  }

  @Test
  void unknown_topics_and_partitions_are_told() {
    Topic topic = newTopic(1);
    Topic nowhere = new Topic(uniqueName("nowhere"), UUID.randomUUID());

    assertThat(ask(request(nowhere, 0, -1, 0), 4))
        .isEqualTo(nothing(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
    assertThat(ask(request(topic, 8, -1, 0), 4))
        .isEqualTo(nothing(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION).partition(8));
  }

  private EpochEndOffset ask(OffsetForLeaderEpochRequest request, int version) {
    return ask(broker(), request, version);
  }

  static EpochEndOffset ask(
      RawConnection connection, OffsetForLeaderEpochRequest request, int version) {
    return only(only(connection.ask(request, version).topics()).partitions());
  }

  static OffsetForLeaderEpochRequest request(
      Topic topic, int partition, int currentEpoch, int epoch) {
    OffsetForLeaderPartition wanted =
        new OffsetForLeaderPartition()
            .partition(partition)
            .currentLeaderEpoch(currentEpoch)
            .leaderEpoch(epoch);
    return new OffsetForLeaderEpochRequest()
        .replicaId(-1)
        .topics(
            List.of(new OffsetForLeaderTopic().topic(topic.name()).partitions(List.of(wanted))));
  }

  private static EpochEndOffset nothing(ErrorCode why) {
    return new EpochEndOffset().errorCode(why.code()).leaderEpoch(-1).endOffset(-1);
  }
}
