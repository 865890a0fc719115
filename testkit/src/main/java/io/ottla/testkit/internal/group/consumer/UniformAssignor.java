package io.ottla.testkit.internal.group.consumer;

import java.util.HashMap;
import java.util.Map;

/**
 * Kafka's default: as even as the subscriptions allow, and then with as few partitions moved as
 * possible. Members that all want the same are a matter of quotas; members that want different
 * topics are balanced step by step.
 */
final class UniformAssignor implements Assignor {
  static final String NAME = "uniform";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Assignment> assign(Group group) {
    boolean nothingWanted =
        group.members().values().stream().allMatch(member -> member.topicIds().isEmpty());
    if (nothingWanted) {
      Map<String, Assignment> nothing = new HashMap<>();
      group.members().keySet().forEach(id -> nothing.put(id, Assignment.NOTHING));
      return nothing;
    }
    return group.homogeneous() ? new EvenQuotas(group).assign() : new EvenLoad(group).assign();
  }
}
