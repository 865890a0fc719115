package io.ottla.testkit.internal.group;

import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The cluster's topics, as far as groups must know them. Thread: the cluster's loop. */
public interface GroupTopics {
  /** The topics that exist now. */
  Collection<String> names();

  /** How many partitions a topic has; 0 if there is no such topic. */
  int partitions(String topic);

  /** The id of a topic, or null if there is no such topic. */
  @Nullable UUID id(String topic);

  /** The topic of this id, or null if there is none now. */
  @Nullable String name(UUID topicId);
}
