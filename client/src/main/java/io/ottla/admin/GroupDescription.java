package io.ottla.admin;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A group as its coordinator sees it.
 *
 * @param id its id
 * @param type classic or consumer
 * @param state what it is doing
 * @param protocolType what its members do: {@code consumer}, {@code connect}; empty if it was only
 *     committed to
 * @param assignor by what its partitions are assigned; empty if by nothing yet
 * @param epoch of a consumer group, grows with each change of members or topics; else −1
 * @param coordinator the id of the broker in charge of it
 * @param members in no order
 */
public record GroupDescription(
    String id,
    GroupType type,
    GroupState state,
    String protocolType,
    String assignor,
    int epoch,
    int coordinator,
    List<Member> members) {
  /** Copies the list. */
  public GroupDescription {
    members = List.copyOf(members);
  }

  /**
   * One of its members.
   *
   * @param id as the coordinator knows it
   * @param instanceId the name that it keeps when it is restarted, if it has one
   * @param clientId the name that its client gave itself
   * @param host where it runs, as the coordinator sees it
   * @param epoch of a member of a consumer group; else −1
   * @param topics what it subscribed to, as far as that is told
   * @param assigned the partitions that it has
   * @param target the partitions that it is to have; of a classic group the same as it has
   */
  public record Member(
      String id,
      Optional<String> instanceId,
      String clientId,
      String host,
      int epoch,
      List<String> topics,
      SortedSet<TopicPartition> assigned,
      SortedSet<TopicPartition> target) {
    /** Copies list and sets. */
    public Member {
      topics = List.copyOf(topics);
      assigned = new TreeSet<>(assigned);
      target = new TreeSet<>(target);
    }
  }
}
