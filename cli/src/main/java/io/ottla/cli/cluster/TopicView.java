package io.ottla.cli.cluster;

import io.ottla.admin.TopicDescription;
import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.cli.terminal.ExitCode;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Who leads the partitions of a topic, as some broker knew it at some time.
 *
 * @param id zero if the broker is too old to tell
 */
public record TopicView(String name, UUID id, Map<Integer, Integer> leaders) {
  /** In place of a leader's id: there is none now. */
  public static final int NO_LEADER = -1;

  private static final UUID NO_ID = new UUID(0, 0);

  public TopicView {
    leaders = Map.copyOf(leaders);
  }

  static TopicView of(TopicDescription topic) {
    Map<Integer, Integer> leaders = new TreeMap<>();
    for (TopicDescription.Partition partition : topic.partitions()) {
      leaders.put(partition.number(), partition.leader().orElse(NO_LEADER));
    }
    return new TopicView(topic.name(), topic.id().orElse(NO_ID), leaders);
  }

  /** The number of partitions; they are numbered from 0. */
  public int partitions() {
    return leaders.size();
  }

  public int leader(int partition) {
    return leaders.getOrDefault(partition, NO_LEADER);
  }

  /** Makes sure that there is such a partition. */
  public void check(int partition) {
    if (partition >= partitions()) {
      throw new CommandFailedException(
          ExitCode.REFUSED,
          "topic '"
              + name
              + "' has no partition "
              + partition
              + "; it has "
              + partitions()
              + (partitions() == 1 ? ", number 0" : ", numbered from 0"));
    }
  }
}
