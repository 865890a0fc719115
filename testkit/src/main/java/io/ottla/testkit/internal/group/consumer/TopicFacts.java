package io.ottla.testkit.internal.group.consumer;

import io.ottla.testkit.internal.group.GroupTopics;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a group knows of a topic; another id or count means that the group has to assign anew. */
record TopicFacts(UUID id, int partitions) {
  /** The facts now, or null if there is no such topic. */
  static @Nullable TopicFacts of(GroupTopics topics, String name) {
    UUID id = topics.id(name);
    return id == null ? null : new TopicFacts(id, topics.partitions(name));
  }
}
