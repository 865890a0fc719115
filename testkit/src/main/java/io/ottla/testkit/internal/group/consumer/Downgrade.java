package io.ottla.testkit.internal.group.consumer;

import io.ottla.protocol.message.JoinGroupRequest;
import io.ottla.testkit.internal.group.ClassicGroup;
import io.ottla.testkit.internal.group.ClassicMember;
import io.ottla.testkit.internal.group.GroupCoordinator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * The way of a consumer group back to a classic one: when the last member goes that does not speak
 * the classic protocol, and the operator's policy allows it. (An empty one is replaced by the
 * handler of JoinGroup.)
 *
 * <p>Thread: the cluster's loop.
 */
final class Downgrade {
  private final GroupCoordinator coordinator;
  private final ConsumerGroup group;

  Downgrade(GroupCoordinator coordinator, ConsumerGroup group) {
    this.coordinator = coordinator;
    this.group = group;
  }

  /**
   * Turns the group into a classic one without these members, if they are all that stands between.
   *
   * @return whether it did; then the consumer group has ended, and the others are told to rejoin
   */
  boolean withoutThem(Collection<Member> leaving) {
    if (!areTheOnlyOnes(leaving) || group.rebalancing().roster().size() == leaving.size()) {
      return false;
    }
    if (!isAllowedFor(group.rebalancing().roster().size() - leaving.size())) {
      return false;
    }
    convert(leaving).rebalance("the last member of the consumer protocol left");
    return true;
  }

  /** Whether a classic member that takes the place of this one makes the group a classic one. */
  boolean isDueWithout(Member replaced) {
    return !replaced.speaksClassic()
        && areTheOnlyOnes(List.of(replaced))
        && isAllowedFor(group.rebalancing().roster().size());
  }

  private boolean areTheOnlyOnes(Collection<Member> members) {
    return group.rebalancing().roster().all().stream()
        .allMatch(member -> member.speaksClassic() || members.contains(member));
  }

  private boolean isAllowedFor(int members) {
    return coordinator.settings().migrationPolicy().downgrades()
        && members <= coordinator.settings().maxSize();
  }

  /** Puts a classic group of all but these in the place of the consumer group. */
  ClassicGroup convert(Collection<Member> leaving) {
    Rebalancing rebalancing = group.rebalancing();
    List<ClassicMember> members = new ArrayList<>();
    for (Member member : rebalancing.roster().all()) {
      if (!leaving.contains(member)) {
        members.add(classic(member));
      }
    }
    ClassicGroup classic = ClassicGroup.of(group.id(), coordinator, rebalancing.epoch(), members);
    coordinator.groups().replace(group, classic);
    return classic;
  }

  /** The member as the classic group has it: with its target, whether it has reached it or not. */
  private ClassicMember classic(Member member) {
    Profile profile = member.profile();
    ClassicSpeech speech = Objects.requireNonNull(profile.classic(), member.id());
    JoinGroupRequest join =
        new JoinGroupRequest()
            .groupId(group.id())
            .memberId(member.id())
            .groupInstanceId(profile.instanceId())
            .protocolType(EmbeddedProtocol.TYPE)
            .rebalanceTimeoutMs(profile.rebalanceTimeoutMillis())
            .sessionTimeoutMs(speech.sessionTimeoutMillis())
            .protocols(speech.protocols());
    return new ClassicMember(member.id(), join, profile.client().id(), profile.client().host())
        .assignment(
            EmbeddedProtocol.writeAssignment(
                group.rebalancing().targets().of(member.id()).partitions(),
                coordinator.topics(),
                speech.first().metadata()));
  }
}
