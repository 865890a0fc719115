package io.ottla.admin;

import io.ottla.error.OttlaException;
import java.util.List;
import java.util.Map;

/**
 * The groups of a cluster, gathered from its brokers.
 *
 * @param groups by id
 * @param unanswered why some brokers, by id, could not be asked: their groups are missing
 */
public record GroupList(List<GroupListing> groups, Map<Integer, OttlaException> unanswered) {
  /** Copies both. */
  public GroupList {
    groups = List.copyOf(groups);
    unanswered = Map.copyOf(unanswered);
  }

  /** Whether every broker answered. */
  public boolean isComplete() {
    return unanswered.isEmpty();
  }
}
