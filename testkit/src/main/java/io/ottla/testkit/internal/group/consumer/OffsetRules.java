package io.ottla.testkit.internal.group.consumer;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.group.Committer;
import org.jspecify.annotations.Nullable;

/**
 * Who may commit and fetch offsets of a consumer group. A commit in an older epoch than the
 * member's is let through for partitions that the member has had since then (KIP-1251).
 */
final class OffsetRules {
  /** From this version on OffsetCommit tells member epochs from generations. */
  private static final int MEMBER_EPOCH_VERSION = 9;

  private final Roster roster;

  OffsetRules(Roster roster) {
    this.roster = roster;
  }

  ErrorCode checkCommit(Committer committer) {
    if (committer.epoch() < 0 && roster.isEmpty()) {
      return ErrorCode.NONE;
    }
    Member member = roster.find(committer.memberId());
    if (member == null) {
      return ErrorCode.UNKNOWN_MEMBER_ID;
    }
    if (!member.speaksClassic() && committer.version() < MEMBER_EPOCH_VERSION) {
      return ErrorCode.UNSUPPORTED_VERSION;
    }
    return committer.epoch() > member.holding().epoch() ? staleness(member) : ErrorCode.NONE;
  }

  /** For a commit that passed the other check. */
  ErrorCode checkCommit(Committer committer, TopicIdPartition committed) {
    Member member = roster.find(committer.memberId());
    if (member == null || committer.epoch() == member.holding().epoch()) {
      return ErrorCode.NONE;
    }
    Holding held = member.holding();
    Integer since = held.assigned().get(committed);
    if (since == null) {
      since = held.pendingRevocation().get(committed);
    }
    return since == null || committer.epoch() < since ? staleness(member) : ErrorCode.NONE;
  }

  ErrorCode checkFetch(@Nullable String memberId, int memberEpoch) {
    if (memberId == null && memberEpoch < 0) {
      return ErrorCode.NONE;
    }
    Member member = memberId == null ? null : roster.find(memberId);
    if (member == null) {
      return ErrorCode.UNKNOWN_MEMBER_ID;
    }
    return memberEpoch == member.holding().epoch() ? ErrorCode.NONE : staleness(member);
  }

  private static ErrorCode staleness(Member member) {
    return member.speaksClassic() ? ErrorCode.ILLEGAL_GENERATION : ErrorCode.STALE_MEMBER_EPOCH;
  }
}
