package io.ottla.testkit.internal.group;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.loop.Timers;

/**
 * The group coordinator of a whole fake cluster: one state for all brokers, each of which serves
 * the groups that {@link Coordinators} gives it.
 *
 * <p>Owns: the groups and their offsets. Thread: the cluster's loop.
 */
public final class GroupCoordinator {
  private final Timers timers;
  private final GroupSettings settings;
  private final Coordinators coordinators;
  private final GroupTopics topics;
  private final Groups groups = new Groups();
  private final GroupOffsets offsets = new GroupOffsets();

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

  /**
   * Whether a broker may serve a group: NONE, INVALID_GROUP_ID for an empty id, NOT_COORDINATOR,
   * COORDINATOR_LOAD_IN_PROGRESS or COORDINATOR_NOT_AVAILABLE.
   */
  public ErrorCode check(String groupId, int brokerId) {
    if (groupId.isEmpty()) {
      return ErrorCode.INVALID_GROUP_ID;
    }
    return coordinators.check(Coordinators.KeyType.GROUP, groupId, brokerId);
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
  }
}
