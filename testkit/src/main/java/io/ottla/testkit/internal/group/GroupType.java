package io.ottla.testkit.internal.group;

/** The kinds of group that a fake cluster has. */
public enum GroupType {
  /** Members assign partitions to each other (JoinGroup, SyncGroup), or only commit. */
  CLASSIC("classic"),

  /** The coordinator assigns partitions (KIP-848). */
  CONSUMER("consumer");

  private final String wireName;

  GroupType(String wireName) {
    this.wireName = wireName;
  }

  /** As ListGroups names it. */
  public String wireName() {
    return wireName;
  }
}
