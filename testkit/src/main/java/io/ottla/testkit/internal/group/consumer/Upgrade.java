package io.ottla.testkit.internal.group.consumer;

import io.ottla.protocol.MalformedMessageException;
import io.ottla.protocol.message.ConsumerProtocolAssignment;
import io.ottla.protocol.message.ConsumerProtocolSubscription;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.group.ClassicGroup;
import io.ottla.testkit.internal.group.ClassicMember;
import io.ottla.testkit.internal.group.GroupCoordinator;
import io.ottla.testkit.internal.group.consumer.Profile.Client;
import io.ottla.testkit.internal.group.consumer.Profile.Subscription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The way of a classic group with members to a consumer group, when somebody joins who speaks the
 * consumer protocol. Its members stay, as classic speakers, with what their leader gave them.
 *
 * <p>Thread: the cluster's loop.
 */
final class Upgrade {
  private final GroupCoordinator coordinator;
  private final ClassicGroup classic;

  Upgrade(GroupCoordinator coordinator, ClassicGroup classic) {
    this.coordinator = coordinator;
    this.classic = classic;
  }

  /**
   * A consumer group of the same members, not entered in the registry. Kafka says
   * GROUP_ID_NOT_FOUND whatever the reason why there cannot be one.
   */
  ConsumerGroup consumerGroup() {
    if (!coordinator.settings().migrationPolicy().upgrades()) {
      throw impossible("the migration policy does not allow it");
    }
    if (!classic.isOfConsumers()) {
      throw impossible("its members are no consumers");
    }
    if (classic.members().size() > coordinator.settings().consumerMaxSize()) {
      throw impossible("it has more members than a consumer group may have");
    }
    String protocol = classic.protocolName();
    if (protocol == null) {
      // Kafka stumbles here, too: nobody has joined yet, only asked to.
      throw new Refusal(
          ErrorCode.UNKNOWN_SERVER_ERROR,
          "classic group " + classic.id() + " has not chosen its first assignor yet");
    }
    List<Member> members = new ArrayList<>();
    try {
      classic.members().forEach(member -> members.add(member(member, protocol)));
    } catch (MalformedMessageException e) {
      throw impossible("its members write something else than consumers do");
    }
    ConsumerGroup group = new ConsumerGroup(classic.id(), coordinator);
    group.adopt(members, classic.generation());
    return group;
  }

  private Member member(ClassicMember member, String protocol) {
    ConsumerProtocolSubscription subscription =
        EmbeddedProtocol.readSubscription(member.metadata(protocol));
    Profile profile =
        new Profile(
            member.instanceId(),
            subscription.rackId() == null || subscription.rackId().isEmpty()
                ? null
                : subscription.rackId(),
            member.rebalanceTimeoutMs(),
            new Client(member.clientId(), member.clientHost()),
            new Subscription(new TreeSet<>(subscription.topics()), ""),
            null,
            new ClassicSpeech(member.sessionTimeoutMs(), member.protocols()));
    int generation = classic.generation();
    SortedMap<TopicIdPartition, Integer> assigned = new TreeMap<>();
    assigned(member).forEach(partition -> assigned.put(partition, generation));
    return new Member(
        member.id(),
        profile,
        new Holding(
            MemberState.STABLE, generation, generation, assigned, Collections.emptySortedMap()));
  }

  private Set<TopicIdPartition> assigned(ClassicMember member) {
    if (member.assignment().length == 0) {
      // It has joined, and has not been given anything yet.
      return Set.of();
    }
    ConsumerProtocolAssignment assignment = EmbeddedProtocol.readAssignment(member.assignment());
    byte[] userData = assignment.userData();
    if (userData != null && userData.length > 0) {
      throw impossible("its assignor keeps data of its own in assignments");
    }
    return EmbeddedProtocol.assigned(assignment, coordinator.topics());
  }

  private Refusal impossible(String why) {
    return new Refusal(
        ErrorCode.GROUP_ID_NOT_FOUND,
        "classic group " + classic.id() + " cannot become a consumer group: " + why);
  }
}
