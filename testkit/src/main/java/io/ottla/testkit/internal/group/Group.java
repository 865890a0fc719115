package io.ottla.testkit.internal.group;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.HeartbeatRequest;
import io.ottla.protocol.message.JoinGroupRequest;
import io.ottla.protocol.message.JoinGroupResponse;
import io.ottla.protocol.message.LeaveGroupRequest.MemberIdentity;
import io.ottla.protocol.message.LeaveGroupResponse.MemberResponse;
import io.ottla.protocol.message.SyncGroupRequest;
import io.ottla.protocol.message.SyncGroupResponse;
import io.ottla.testkit.internal.wire.Exchange;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One group of whatever kind, as the coordinator's handlers see it. Requests of the classic
 * protocol are handed to every kind: a consumer group may have members that still speak it.
 *
 * <p>Thread: the cluster's loop. The broker asked has been found to be the coordinator before any
 * of this is called.
 */
public interface Group {
  /** Its id; never empty. */
  String id();

  /** Its kind. */
  GroupType type();

  /** Its state, as ListGroups and the describing APIs write it: {@code Stable}. */
  String stateName();

  /** What its members are: {@code consumer}, or empty for a group that only commits. */
  String protocolType();

  /** Whether it has no member. */
  boolean isEmpty();

  /** The ids of its members. */
  List<String> memberIds();

  /** Whether somebody of this id is a member. */
  boolean hasMember(String memberId);

  /** Whether a member reads this topic; its offsets are then neither deleted nor expired. */
  boolean isSubscribedTo(String topic);

  /** Whether this committer may commit at all. */
  ErrorCode checkCommit(Committer committer);

  /** Whether this committer, who may commit, may commit for this partition. */
  default ErrorCode checkCommit(Committer committer, String topic, UUID topicId, int partition) {
    return ErrorCode.NONE;
  }

  /** Somebody who may has committed; a classic group takes it for a sign of life. */
  default void onCommit(Committer committer) {}

  /**
   * Whether this member may ask for offsets.
   *
   * @param memberId null or empty for whoever is no member
   * @param memberEpoch -1 for whoever is no member
   */
  ErrorCode checkFetch(@Nullable String memberId, int memberEpoch);

  /** Whether offsets of topics that no member reads may be deleted. */
  ErrorCode checkOffsetDelete();

  /** Whether the group may be deleted: NON_EMPTY_GROUP while it has members. */
  ErrorCode checkDelete();

  /** From when on the broker's retention counts for an offset; empty if it cannot expire now. */
  OptionalLong retentionStart(CommittedOffset offset);

  /** A JoinGroup for this group; the request is valid in itself. Answered now or later. */
  default void join(Exchange<JoinGroupRequest, JoinGroupResponse> exchange) {
    exchange.answer(
        new JoinGroupResponse()
            .memberId(exchange.request().memberId())
            .errorCode(ErrorCode.INCONSISTENT_GROUP_PROTOCOL.code()));
  }

  /** A SyncGroup for this group; the request is valid in itself. Answered now or later. */
  default void sync(Exchange<SyncGroupRequest, SyncGroupResponse> exchange) {
    exchange.answer(new SyncGroupResponse().errorCode(ErrorCode.UNKNOWN_MEMBER_ID.code()));
  }

  /** A Heartbeat of the classic protocol. */
  default ErrorCode heartbeat(HeartbeatRequest request) {
    return ErrorCode.UNKNOWN_MEMBER_ID;
  }

  /** Lets members go (LeaveGroup); answers for each in the order asked. */
  List<MemberResponse> leave(List<MemberIdentity> leaving);

  /**
   * Expires a member at once, as if it had not been heard of for its session timeout.
   *
   * @return false if there is no such member
   */
  boolean expire(String memberId);

  /** Makes the members assign anew, or, in a consumer group, moves the group's epoch. */
  void rebalance(String why);

  /**
   * Another broker, or the same one again, has become its coordinator: answers those who wait with
   * NOT_COORDINATOR, forgets what a coordinator keeps in memory only, and goes on from what it had
   * written.
   */
  void moved();

  /** It is deleted or converted: whoever waits is answered with this error, its timers end. */
  void close(ErrorCode error);
}
