package io.ottla.testkit.internal.group.consumer;

import io.ottla.protocol.message.ConsumerGroupDescribeResponse;
import io.ottla.testkit.internal.group.GroupTopics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A consumer group as ConsumerGroupDescribe tells of it. Topics that are gone are left out. */
final class Description {
  /** READ, DELETE, DESCRIBE, DESCRIBE_CONFIGS and ALTER_CONFIGS: all there are for a group. */
  private static final int ALL_OPERATIONS = 1 << 3 | 1 << 6 | 1 << 8 | 1 << 10 | 1 << 11;

  private static final byte CLASSIC = 0;
  private static final byte CONSUMER = 1;

  private final ConsumerGroup group;
  private final GroupTopics topics;

  Description(ConsumerGroup group, GroupTopics topics) {
    this.group = group;
    this.topics = topics;
  }

  ConsumerGroupDescribeResponse.DescribedGroup describe(boolean withOperations) {
    Rebalancing rebalancing = group.rebalancing();
    List<ConsumerGroupDescribeResponse.Member> members = new ArrayList<>();
    rebalancing.roster().all().forEach(member -> members.add(describe(member)));
    ConsumerGroupDescribeResponse.DescribedGroup described =
        new ConsumerGroupDescribeResponse.DescribedGroup()
            .groupId(group.id())
            .groupState(rebalancing.state().wireName())
            .groupEpoch(rebalancing.epoch())
            .assignmentEpoch(rebalancing.targets().epoch())
            .assignorName(rebalancing.assignorName())
            .members(members);
    return withOperations ? described.authorizedOperations(ALL_OPERATIONS) : described;
  }

  private ConsumerGroupDescribeResponse.Member describe(Member member) {
    Profile profile = member.profile();
    return new ConsumerGroupDescribeResponse.Member()
        .memberId(member.id())
        .instanceId(profile.instanceId())
        .rackId(profile.rackId())
        .memberEpoch(member.holding().epoch())
        .clientId(profile.client().id())
        .clientHost(profile.client().host())
        .subscribedTopicNames(List.copyOf(profile.subscription().topics()))
        .subscribedTopicRegex(profile.subscription().pattern())
        // What is to be given up is still the member's to answer for.
        .assignment(assignment(member.holding().owned()))
        .targetAssignment(assignment(group.rebalancing().targets().of(member.id()).partitions()))
        .memberType(member.speaksClassic() ? CLASSIC : CONSUMER);
  }

  private ConsumerGroupDescribeResponse.Assignment assignment(
      Collection<TopicIdPartition> partitions) {
    List<ConsumerGroupDescribeResponse.TopicPartitions> described = new ArrayList<>();
    Assignment.byTopic(partitions)
        .forEach(
            (topic, numbers) -> {
              String name = topics.name(topic);
              if (name != null) {
                described.add(
                    new ConsumerGroupDescribeResponse.TopicPartitions()
                        .topicId(topic)
                        .topicName(name)
                        .partitions(List.copyOf(numbers)));
              }
            });
    return new ConsumerGroupDescribeResponse.Assignment().topicPartitions(described);
  }
}
