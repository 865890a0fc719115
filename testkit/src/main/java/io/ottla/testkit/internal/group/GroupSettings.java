package io.ottla.testkit.internal.group;

import java.util.List;

/**
 * What an operator can set about groups; Kafka's defaults, but that new groups do not wait for more
 * members to come, and targets of consumer groups not for a second to pass. May be changed at any
 * time: each value counts when it is next looked at.
 *
 * <p>Thread: the cluster's loop. Units: milliseconds; metadata in chars.
 */
public final class GroupSettings {
  private int initialRebalanceDelayMs;
  private int minSessionTimeoutMs = 6_000;
  private int maxSessionTimeoutMs = 1_800_000;
  private int maxSize = Integer.MAX_VALUE;
  private int newMemberJoinTimeoutMs = 300_000;
  private int maxOffsetMetadata = 4_096;
  private long offsetsRetentionMs = 7L * 24 * 60 * 60 * 1_000;
  private long offsetsRetentionCheckIntervalMs = 600_000;
  private int consumerSessionTimeoutMs = 45_000;
  private int consumerHeartbeatIntervalMs = 5_000;
  private int consumerMaxSize = Integer.MAX_VALUE;
  private int consumerAssignmentIntervalMs;
  private List<String> consumerAssignors = List.of("uniform", "range");
  private MigrationPolicy migrationPolicy = MigrationPolicy.BIDIRECTIONAL;

  /** Which way groups with members may be converted ({@code group.consumer.migration.policy}). */
  public enum MigrationPolicy {
    /** Classic to consumer, and back. */
    BIDIRECTIONAL(true, true),
    /** Classic to consumer only. */
    UPGRADE(true, false),
    /** Consumer to classic only. */
    DOWNGRADE(false, true),
    /** Neither. */
    DISABLED(false, false);

    private final boolean upgrades;
    private final boolean downgrades;

    MigrationPolicy(boolean upgrades, boolean downgrades) {
      this.upgrades = upgrades;
      this.downgrades = downgrades;
    }

    /** Whether a classic group may become a consumer group. */
    public boolean upgrades() {
      return upgrades;
    }

    /** Whether a consumer group may become a classic one. */
    public boolean downgrades() {
      return downgrades;
    }
  }

  /** How long an empty group waits for more members; 0, in Kafka 3 s. */
  public int initialRebalanceDelayMs() {
    return initialRebalanceDelayMs;
  }

  /** Sets {@link #initialRebalanceDelayMs()}. */
  public GroupSettings initialRebalanceDelayMs(int value) {
    this.initialRebalanceDelayMs = value;
    return this;
  }

  /** The shortest session timeout that a classic member may ask for. */
  public int minSessionTimeoutMs() {
    return minSessionTimeoutMs;
  }

  /** Sets {@link #minSessionTimeoutMs()}. */
  public GroupSettings minSessionTimeoutMs(int value) {
    this.minSessionTimeoutMs = value;
    return this;
  }

  /** The longest session timeout that a classic member may ask for. */
  public int maxSessionTimeoutMs() {
    return maxSessionTimeoutMs;
  }

  /** Sets {@link #maxSessionTimeoutMs()}. */
  public GroupSettings maxSessionTimeoutMs(int value) {
    this.maxSessionTimeoutMs = value;
    return this;
  }

  /** How many members a classic group may have. */
  public int maxSize() {
    return maxSize;
  }

  /** Sets {@link #maxSize()}. */
  public GroupSettings maxSize(int value) {
    this.maxSize = value;
    return this;
  }

  /** How long a member that has never been in a generation may wait for its first one. */
  public int newMemberJoinTimeoutMs() {
    return newMemberJoinTimeoutMs;
  }

  /** Sets {@link #newMemberJoinTimeoutMs()}. */
  public GroupSettings newMemberJoinTimeoutMs(int value) {
    this.newMemberJoinTimeoutMs = value;
    return this;
  }

  /** How long the metadata beside an offset may be ({@code offset.metadata.max.bytes}). */
  public int maxOffsetMetadata() {
    return maxOffsetMetadata;
  }

  /** Sets {@link #maxOffsetMetadata()}. */
  public GroupSettings maxOffsetMetadata(int value) {
    this.maxOffsetMetadata = value;
    return this;
  }

  /** How long offsets are kept that nobody uses. */
  public long offsetsRetentionMs() {
    return offsetsRetentionMs;
  }

  /** Sets {@link #offsetsRetentionMs()}. */
  public GroupSettings offsetsRetentionMs(long value) {
    this.offsetsRetentionMs = value;
    return this;
  }

  /** How often offsets are looked through for what has expired. */
  public long offsetsRetentionCheckIntervalMs() {
    return offsetsRetentionCheckIntervalMs;
  }

  /** Sets {@link #offsetsRetentionCheckIntervalMs()}. */
  public GroupSettings offsetsRetentionCheckIntervalMs(long value) {
    this.offsetsRetentionCheckIntervalMs = value;
    return this;
  }

  /** The session timeout of members of consumer groups. */
  public int consumerSessionTimeoutMs() {
    return consumerSessionTimeoutMs;
  }

  /** Sets {@link #consumerSessionTimeoutMs()}. */
  public GroupSettings consumerSessionTimeoutMs(int value) {
    this.consumerSessionTimeoutMs = value;
    return this;
  }

  /** How often members of consumer groups are told to send heartbeats. */
  public int consumerHeartbeatIntervalMs() {
    return consumerHeartbeatIntervalMs;
  }

  /** Sets {@link #consumerHeartbeatIntervalMs()}. */
  public GroupSettings consumerHeartbeatIntervalMs(int value) {
    this.consumerHeartbeatIntervalMs = value;
    return this;
  }

  /** How many members a consumer group may have. */
  public int consumerMaxSize() {
    return consumerMaxSize;
  }

  /** Sets {@link #consumerMaxSize()}. */
  public GroupSettings consumerMaxSize(int value) {
    this.consumerMaxSize = value;
    return this;
  }

  /**
   * How far apart two computations of a consumer group's target are at least ({@code
   * group.consumer.assignment.interval.ms}); 0, in Kafka 1 s.
   */
  public int consumerAssignmentIntervalMs() {
    return consumerAssignmentIntervalMs;
  }

  /** Sets {@link #consumerAssignmentIntervalMs()}. */
  public GroupSettings consumerAssignmentIntervalMs(int value) {
    this.consumerAssignmentIntervalMs = value;
    return this;
  }

  /** The assignors that members of consumer groups may name; the first is the default. */
  public List<String> consumerAssignors() {
    return consumerAssignors;
  }

  /** Sets {@link #consumerAssignors()}. */
  public GroupSettings consumerAssignors(List<String> value) {
    this.consumerAssignors = List.copyOf(value);
    return this;
  }

  /** Which way groups with members may be converted. */
  public MigrationPolicy migrationPolicy() {
    return migrationPolicy;
  }

  /** Sets {@link #migrationPolicy()}. */
  public GroupSettings migrationPolicy(MigrationPolicy value) {
    this.migrationPolicy = value;
    return this;
  }
}
