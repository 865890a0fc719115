package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ConsumerGroupHeartbeatRequest;
import io.ottla.protocol.message.ConsumerGroupHeartbeatRequest.TopicPartitions;
import io.ottla.protocol.message.ConsumerGroupHeartbeatResponse;
import io.ottla.protocol.message.ConsumerGroupHeartbeatResponse.Assignment;
import io.ottla.protocol.message.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A member of a KIP-848 group that does one heartbeat at a time. */
final class ConsumerMember {
  private final RawConnection connection;
  private final String group;
  private final Topic topic;
  private String memberId = UUID.randomUUID().toString();
  private @Nullable String instanceId;
  private int epoch;
  private List<Integer> owned = List.of();

  ConsumerMember(RawConnection connection, String group, Topic topic) {
    this.connection = connection;
    this.group = group;
    this.topic = topic;
  }

  ConsumerMember instance(String value) {
    instanceId = value;
    return this;
  }

  ConsumerMember memberId(String value) {
    memberId = value;
    return this;
  }

  ConsumerMember epoch(int value) {
    epoch = value;
    return this;
  }

  String memberId() {
    return memberId;
  }

  int epoch() {
    return epoch;
  }

  /** The partitions that it was told to own, and has told that it owns. */
  List<Integer> owned() {
    return owned;
  }

  /** A request that says all, as the first one must. */
  ConsumerGroupHeartbeatRequest full() {
    return next()
        .memberEpoch(0)
        .rebalanceTimeoutMs(30_000)
        .subscribedTopicNames(List.of(topic.name()))
        .topicPartitions(List.of());
  }

  /** A request that says nothing new. */
  ConsumerGroupHeartbeatRequest next() {
    return new ConsumerGroupHeartbeatRequest()
        .groupId(group)
        .memberId(memberId)
        .instanceId(instanceId)
        .rackId(null)
        .memberEpoch(epoch)
        .rebalanceTimeoutMs(-1)
        .subscribedTopicNames(null)
        .topicPartitions(null);
  }

  ConsumerGroupHeartbeatResponse send(ConsumerGroupHeartbeatRequest request) {
    return connection.ask(request);
  }

  /** Joins, or heartbeats and tells what it owns; takes and gives up what it is told to. */
  ConsumerGroupHeartbeatResponse heartbeat() {
    ConsumerGroupHeartbeatRequest request = epoch == 0 ? full() : next().topicPartitions(mine());
    ConsumerGroupHeartbeatResponse answer = send(request);
    assertThat(ErrorCode.of(answer.errorCode()))
        .as(answer.errorMessage())
        .isEqualTo(ErrorCode.NONE);
    epoch = answer.memberEpoch();
    Assignment assignment = answer.assignment();
    if (assignment != null) {
      List<Integer> told = new ArrayList<>();
      assignment.topicPartitions().forEach(of -> told.addAll(of.partitions()));
      told.sort(null);
      owned = told;
    }
    return answer;
  }

  ConsumerGroupHeartbeatResponse leave(int leaveEpoch) {
    ConsumerGroupHeartbeatResponse left = send(next().memberEpoch(leaveEpoch));
    epoch = 0;
    owned = List.of();
    return left;
  }

  private List<TopicPartitions> mine() {
    return owned.isEmpty()
        ? List.of()
        : List.of(new TopicPartitions().topicId(topic.id()).partitions(owned));
  }
}
