package io.ottla.testkit.internal.group;

import io.ottla.protocol.message.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All groups of a cluster by id. An id is absent, or of one kind at a time; offsets belong to the
 * id, not to the kind, and outlive a conversion.
 *
 * <p>Thread: the cluster's loop.
 */
public final class Groups {
  private final Map<String, Group> byId = new LinkedHashMap<>();

  /** The group of this id, or null. */
  public @Nullable Group find(String id) {
    return byId.get(id);
  }

  /** The groups there are, in the order in which they were made. */
  public List<Group> all() {
    return new ArrayList<>(byId.values());
  }

  /** Enters a group whose id is absent. */
  public void add(Group group) {
    if (byId.putIfAbsent(group.id(), group) != null) {
      throw new IllegalStateException("group " + group.id() + " is there already");
    }
  }

  /**
   * Puts a group in place of one of the same id: a conversion. Those who wait at the old one are
   * told to join again (REBALANCE_IN_PROGRESS), as Kafka does.
   */
  public void replace(Group old, Group group) {
    if (!old.id().equals(group.id()) || byId.get(old.id()) != old) {
      throw new IllegalStateException("group " + group.id() + " does not take the place of this");
    }
    byId.put(group.id(), group);
    old.close(ErrorCode.REBALANCE_IN_PROGRESS);
  }

  /** Removes a group; whoever waits at it is told that it does not know them. */
  public void remove(Group group) {
    if (byId.remove(group.id(), group)) {
      group.close(ErrorCode.UNKNOWN_MEMBER_ID);
    }
  }
}
