package io.ottla.testkit.internal.group;

import io.ottla.protocol.message.DeleteGroupsRequest;
import io.ottla.protocol.message.DeleteGroupsResponse;
import io.ottla.protocol.message.DescribeGroupsRequest;
import io.ottla.protocol.message.DescribeGroupsResponse;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FindCoordinatorRequest;
import io.ottla.protocol.message.FindCoordinatorResponse;
import io.ottla.protocol.message.HeartbeatRequest;
import io.ottla.protocol.message.HeartbeatResponse;
import io.ottla.protocol.message.JoinGroupRequest;
import io.ottla.protocol.message.JoinGroupResponse;
import io.ottla.protocol.message.LeaveGroupRequest;
import io.ottla.protocol.message.LeaveGroupResponse;
import io.ottla.protocol.message.ListGroupsRequest;
import io.ottla.protocol.message.ListGroupsResponse;
import io.ottla.protocol.message.OffsetCommitRequest;
import io.ottla.protocol.message.OffsetCommitResponse;
import io.ottla.protocol.message.OffsetDeleteRequest;
import io.ottla.protocol.message.OffsetDeleteResponse;
import io.ottla.protocol.message.OffsetFetchRequest;
import io.ottla.protocol.message.OffsetFetchResponse;
import io.ottla.protocol.message.SyncGroupRequest;
import io.ottla.protocol.message.SyncGroupResponse;
import io.ottla.testkit.internal.loop.Timers;
import io.ottla.testkit.internal.wire.Handler;
import java.util.UUID;

/**
 * The group coordinator of a whole fake cluster: one state for all brokers, each of which serves
 * the groups that {@link Coordinators} gives it.
 *
 * <p>Owns: the groups and their offsets. Thread: the cluster's loop.
 */
public final class GroupCoordinator {
  /** Member ids end in uuids that count; these bits make them uuids of the random kind. */
  private static final long MEMBER_ID_HIGH_BITS = 0x4000L;

  private static final long MEMBER_ID_LOW_BITS = 1L << 63;

  private final Timers timers;
  private final GroupSettings settings;
  private final Coordinators coordinators;
  private final GroupTopics topics;
  private final Groups groups = new Groups();
  private final GroupOffsets offsets = new GroupOffsets();
  private final GroupOffsets zooKeeperOffsets = new GroupOffsets();
  private long memberIds;

  /** A coordinator without groups. */
  public GroupCoordinator(
      Timers timers, GroupSettings settings, Coordinators coordinators, GroupTopics topics) {
    this.timers = timers;
    this.settings = settings;
    this.coordinators = coordinators;
    this.topics = topics;
  }

  /** The cluster's time. */
  public Timers timers() {
    return timers;
  }

  /** What an operator has set. */
  public GroupSettings settings() {
    return settings;
  }

  /** The topics of the cluster. */
  public GroupTopics topics() {
    return topics;
  }

  /** All groups. */
  public Groups groups() {
    return groups;
  }

  /** All committed offsets. */
  public GroupOffsets offsets() {
    return offsets;
  }

  /** What is committed in version 0, which Kafka keeps in ZooKeeper and knows no groups for. */
  GroupOffsets zooKeeperOffsets() {
    return zooKeeperOffsets;
  }

  /**
   * Whether a broker may serve a group: NONE, INVALID_GROUP_ID for an empty id, NOT_COORDINATOR,
   * COORDINATOR_LOAD_IN_PROGRESS or COORDINATOR_NOT_AVAILABLE.
   */
  public ErrorCode check(String groupId, int brokerId) {
    return groupId.isEmpty() ? ErrorCode.INVALID_GROUP_ID : checkAnyId(groupId, brokerId);
  }

  /** As {@link #check}, for the APIs that know a group with an empty id. */
  public ErrorCode checkAnyId(String groupId, int brokerId) {
    return coordinators.check(Coordinators.KeyType.GROUP, groupId, brokerId);
  }

  /**
   * An id for a new member. Unlike Kafka's it is the same every time that the same things happen.
   *
   * @param prefix its client id, or its instance id
   */
  public String newMemberId(String prefix) {
    return prefix + "-" + new UUID(MEMBER_ID_HIGH_BITS, MEMBER_ID_LOW_BITS | ++memberIds);
  }

  /** Begins to look for offsets to expire, as often as the settings say. */
  public void startExpiry() {
    new OffsetExpiry(this).start();
  }

  /** Removes a group and all that it has committed. */
  public void delete(Group group) {
    groups.remove(group);
    offsets.removeGroup(group.id());
  }

  /** The coordinator of a group has moved; see {@link Group#moved}. */
  public void moved(String groupId) {
    Group group = groups.find(groupId);
    if (group != null) {
      group.moved();
    }
  }

  /** A topic is deleted, and what was committed of it with it. */
  public void onTopicDeleted(String topic) {
    offsets.removeTopic(topic);
    zooKeeperOffsets.removeTopic(topic);
  }

  /** Handles FindCoordinator. */
  public Handler<FindCoordinatorRequest, FindCoordinatorResponse> findCoordinator() {
    return new CoordinatorFinder(coordinators)::find;
  }

  /** Handles JoinGroup. */
  public Handler<JoinGroupRequest, JoinGroupResponse> joinGroup() {
    return new MembershipHandlers(this)::join;
  }

  /** Handles SyncGroup. */
  public Handler<SyncGroupRequest, SyncGroupResponse> syncGroup() {
    return new MembershipHandlers(this)::sync;
  }

  /** Handles Heartbeat. */
  public Handler<HeartbeatRequest, HeartbeatResponse> heartbeat() {
    return new MembershipHandlers(this)::heartbeat;
  }

  /** Handles LeaveGroup. */
  public Handler<LeaveGroupRequest, LeaveGroupResponse> leaveGroup() {
    return new MembershipHandlers(this)::leave;
  }

  /** Handles OffsetCommit. */
  public Handler<OffsetCommitRequest, OffsetCommitResponse> offsetCommit() {
    return new OffsetCommitHandler(this)::handle;
  }

  /** Handles OffsetFetch. */
  public Handler<OffsetFetchRequest, OffsetFetchResponse> offsetFetch() {
    return new OffsetFetchHandler(this)::handle;
  }

  /** Handles OffsetDelete. */
  public Handler<OffsetDeleteRequest, OffsetDeleteResponse> offsetDelete() {
    return new GroupAdministration(this)::deleteOffsets;
  }

  /** Handles DescribeGroups. */
  public Handler<DescribeGroupsRequest, DescribeGroupsResponse> describeGroups() {
    return new GroupAdministration(this)::describe;
  }

  /** Handles ListGroups. */
  public Handler<ListGroupsRequest, ListGroupsResponse> listGroups() {
    return new GroupAdministration(this)::list;
  }

  /** Handles DeleteGroups. */
  public Handler<DeleteGroupsRequest, DeleteGroupsResponse> deleteGroups() {
    return new GroupAdministration(this)::delete;
  }
}
