package io.ottla.testkit.internal.topic;

import java.util.ArrayList;
import java.util.List;

/** Spreads the replicas of new partitions over brokers, one after another. */
public final class Placement {
  private Placement() {}

  /**
   * The replicas of new partitions.
   *
   * @param brokers who may have replicas; not empty
   * @param partitions how many are new
   * @param factor how many replicas each gets; at most as many as there are brokers
   * @param first the number of the first new partition, so that a topic that grows goes on in turn
   */
  public static List<List<Integer>> spread(
      List<Integer> brokers, int partitions, int factor, int first) {
    if (factor < 1 || factor > brokers.size()) {
      throw new IllegalArgumentException(
          "%d replicas over %d brokers".formatted(factor, brokers.size()));
    }
    List<List<Integer>> all = new ArrayList<>();
    for (int partition = first; partition < first + partitions; partition++) {
      List<Integer> replicas = new ArrayList<>();
      for (int replica = 0; replica < factor; replica++) {
        replicas.add(brokers.get((partition + replica) % brokers.size()));
      }
      all.add(replicas);
    }
    return all;
  }
}
