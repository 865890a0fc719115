package io.ottla.testkit.internal.group.consumer;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Cuts each topic into runs of neighbouring partitions, one run per member that wants the topic; so
 * topics of equal size and equal audience are cut alike. Not sticky: what members had plays no
 * part.
 *
 * <p>Members take their runs in the order of their instance ids, and after all static ones in that
 * of their member ids; the first ones get one partition more where it does not divide evenly.
 */
final class RangeAssignor implements Assignor {
  static final String NAME = "range";

  private static final Comparator<Map.Entry<String, Candidate>> STATIC_MEMBERS_FIRST =
      Comparator.<Map.Entry<String, Candidate>, String>comparing(
              member -> member.getValue().instanceId(),
              Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(Map.Entry::getKey);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Assignment> assign(Group group) {
    List<Map.Entry<String, Candidate>> members =
        group.members().entrySet().stream().sorted(STATIC_MEMBERS_FIRST).toList();
    Map<UUID, Integer> audience = new HashMap<>();
    for (Map.Entry<String, Candidate> member : members) {
      member.getValue().topicIds().forEach(id -> audience.merge(id, 1, Integer::sum));
    }
    Map<UUID, Cut> cuts = new HashMap<>();
    audience.forEach(
        (topic, size) -> cuts.put(topic, new Cut(group.partitionCounts().applyAsInt(topic), size)));

    Map<String, Assignment> assignments = new HashMap<>();
    for (Map.Entry<String, Candidate> member : members) {
      Map<UUID, SortedSet<Integer>> topics = new HashMap<>();
      for (UUID topic : member.getValue().topicIds()) {
        topics.put(topic, Objects.requireNonNull(cuts.get(topic)).nextRun());
      }
      assignments.put(member.getKey(), new Assignment(topics));
    }
    return assignments;
  }

  /** How much of one topic is cut off already. */
  private static final class Cut {
    private final int partitions;
    private final int members;
    private int runs;
    private int next;

    Cut(int partitions, int members) {
      this.partitions = partitions;
      this.members = members;
    }

    SortedSet<Integer> nextRun() {
      int length = partitions / members + (runs < partitions % members ? 1 : 0);
      SortedSet<Integer> run = new TreeSet<>();
      for (int i = 0; i < length; i++) {
        run.add(next++);
      }
      runs++;
      return run;
    }
  }
}
