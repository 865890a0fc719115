package io.ottla.internal.admin;

import io.ottla.admin.GroupDescription;
import io.ottla.admin.GroupDescription.Member;
import io.ottla.admin.GroupState;
import io.ottla.admin.GroupType;
import io.ottla.admin.TopicPartition;
import io.ottla.protocol.ProtocolException;
import io.ottla.protocol.WireReader;
import io.ottla.protocol.message.ConsumerGroupDescribeResponse;
import io.ottla.protocol.message.ConsumerProtocolAssignment;
import io.ottla.protocol.message.ConsumerProtocolSubscription;
import io.ottla.protocol.message.DescribeGroupsResponse;
import io.ottla.protocol.message.Message;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Groups as their coordinators describe them, into ours. Pure. */
final class GroupMembers {
  private static final String CONSUMER = "consumer";
  private static final int VERSION_BYTES = 2;

  private GroupMembers() {}

  static GroupDescription consumer(int broker, ConsumerGroupDescribeResponse.DescribedGroup group) {
    return new GroupDescription(
        group.groupId(),
        GroupType.CONSUMER,
        GroupState.of(group.groupState()),
        CONSUMER,
        group.assignorName(),
        group.groupEpoch(),
        broker,
        group.members().stream().map(GroupMembers::member).toList());
  }

  private static Member member(ConsumerGroupDescribeResponse.Member member) {
    String pattern = member.subscribedTopicRegex();
    return new Member(
        member.memberId(),
        Optional.ofNullable(member.instanceId()),
        member.clientId(),
        member.clientHost(),
        member.memberEpoch(),
        Stream.concat(
                member.subscribedTopicNames().stream(),
                Stream.ofNullable(pattern).filter(p -> !p.isEmpty()))
            .toList(),
        partitions(member.assignment()),
        partitions(member.targetAssignment()));
  }

  private static SortedSet<TopicPartition> partitions(
      ConsumerGroupDescribeResponse.Assignment assignment) {
    SortedSet<TopicPartition> partitions = new TreeSet<>();
    for (ConsumerGroupDescribeResponse.TopicPartitions topic : assignment.topicPartitions()) {
      topic.partitions().forEach(i -> partitions.add(new TopicPartition(topic.topicName(), i)));
    }
    return partitions;
  }

  static GroupDescription classic(int broker, DescribeGroupsResponse.DescribedGroup group) {
    boolean isOfConsumers = group.protocolType().equals(CONSUMER);
    return new GroupDescription(
        group.groupId(),
        GroupType.CLASSIC,
        GroupState.of(group.groupState()),
        group.protocolType(),
        group.protocolData(),
        -1,
        broker,
        group.members().stream().map(member -> member(member, isOfConsumers)).toList());
  }

  private static Member member(
      DescribeGroupsResponse.DescribedGroupMember member, boolean isConsumer) {
    SortedSet<TopicPartition> assigned =
        isConsumer ? assigned(member.memberAssignment()) : new TreeSet<>();
    return new Member(
        member.memberId(),
        Optional.ofNullable(member.groupInstanceId()),
        member.clientId(),
        member.clientHost(),
        -1,
        isConsumer ? topics(member.memberMetadata()) : List.of(),
        assigned,
        assigned);
  }

  /** What members write is their own business: what cannot be read is shown as nothing. */
  private static SortedSet<TopicPartition> assigned(byte[] bytes) {
    SortedSet<TopicPartition> partitions = new TreeSet<>();
    ConsumerProtocolAssignment assignment = new ConsumerProtocolAssignment();
    if (read(assignment, bytes)) {
      for (ConsumerProtocolAssignment.TopicPartition topic : assignment.assignedPartitions()) {
        topic.partitions().forEach(i -> partitions.add(new TopicPartition(topic.topic(), i)));
      }
    }
    return partitions;
  }

  private static List<String> topics(byte[] bytes) {
    ConsumerProtocolSubscription subscription = new ConsumerProtocolSubscription();
    return read(subscription, bytes) ? subscription.topics() : List.of();
  }

  /** A version ahead of ours only has more at its end. */
  private static boolean read(Message message, byte[] bytes) {
    if (bytes.length < VERSION_BYTES) {
      return false;
    }
    short version = ByteBuffer.wrap(bytes).getShort();
    try {
      message.read(
          WireReader.of(ByteBuffer.wrap(Arrays.copyOfRange(bytes, VERSION_BYTES, bytes.length))),
          Math.min(version, message.highestVersion()));
      return true;
    } catch (ProtocolException unreadable) {
      return false;
    }
  }
}
