package io.ottla.testkit.internal.group.consumer;

import io.ottla.protocol.message.ErrorCode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in, and who is still who it says it is. Changes nothing.
 *
 * <p>Thread: the cluster's loop.
 */
final class Admission {
  /**
   * Somebody who was let in.
   *
   * @param member as known before this request; a new one is blank
   * @param replaced the static member whose place it takes, and whose partitions it has; or null
   */
  record Arrival(Member member, @Nullable Member replaced) {}

  private final Roster roster;

  Admission(Roster roster) {
    this.roster = roster;
  }

  /** A member that speaks this package's protocol; it joins if its epoch is 0. */
  Arrival admit(
      String memberId,
      @Nullable String instanceId,
      int epoch,
      @Nullable Set<TopicIdPartition> reported) {
    if (epoch != HeartbeatRules.JOINING) {
      Member member = existing(memberId, instanceId);
      checkEpoch(member.holding(), epoch, reported);
      return new Arrival(member, null);
    }
    Member owner = instanceId == null ? null : roster.findStatic(instanceId);
    // Kafka does not look at the ids: not even the owner itself gets in again without leaving.
    if (owner != null && !owner.speaksClassic() && !owner.isAway()) {
      throw new Refusal(
          ErrorCode.UNRELEASED_INSTANCE_ID,
          "instance id " + instanceId + " is still that of member " + owner.id());
    }
    return arrival(memberId, owner);
  }

  /** Somebody new, or again; a static member takes the place of whoever had its instance id. */
  Arrival arrival(String memberId, @Nullable Member owner) {
    if (owner == null) {
      Member same = roster.find(memberId);
      return new Arrival(same == null ? Member.joining(memberId) : same, null);
    }
    return new Arrival(new Member(memberId, owner.profile(), owner.holding().takenOver()), owner);
  }

  /** The member that there must be. */
  Member existing(String memberId, @Nullable String instanceId) {
    if (instanceId == null) {
      Member member = roster.find(memberId);
      if (member == null) {
        throw new Refusal(ErrorCode.UNKNOWN_MEMBER_ID, "no member has the id " + memberId);
      }
      return member;
    }
    Member member = roster.findStatic(instanceId);
    if (member == null) {
      throw new Refusal(ErrorCode.UNKNOWN_MEMBER_ID, "no member has the instance id " + instanceId);
    }
    if (!member.id().equals(memberId)) {
      throw new Refusal(
          ErrorCode.FENCED_INSTANCE_ID,
          "instance id " + instanceId + " is that of member " + member.id() + " now");
    }
    return member;
  }

  /**
   * The epoch must be the member's own, or the one before it if the answer that told of the new one
   * may have been lost: then the member has nothing that it was not given.
   */
  private static void checkEpoch(
      Holding held, int epoch, @Nullable Set<TopicIdPartition> reported) {
    if (epoch == held.epoch()) {
      return;
    }
    boolean mayHaveMissedAnswer =
        epoch < held.epoch()
            && epoch == held.previousEpoch()
            && reported != null
            && held.assigned().keySet().containsAll(reported);
    if (!mayHaveMissedAnswer) {
      throw new Refusal(
          ErrorCode.FENCED_MEMBER_EPOCH,
          "member epoch "
              + epoch
              + " is not the member's, which is "
              + held.epoch()
              + "; it must give up its partitions and join again");
    }
  }
}
