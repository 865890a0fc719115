package io.ottla.testkit.internal.group.consumer;

import io.ottla.testkit.internal.group.GroupTopics;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Topics that a test creates, grows and deletes; ids count up, so that they sort by creation. */
final class FakeTopics implements GroupTopics {
  private record Topic(UUID id, int partitions) {}

  private final Map<String, Topic> topics = new TreeMap<>();
  private int created;

  UUID create(String name, int partitions) {
    UUID id = new UUID(0, ++created);
    topics.put(name, new Topic(id, partitions));
    return id;
  }

  void grow(String name, int partitions) {
    topics.computeIfPresent(name, (n, topic) -> new Topic(topic.id, partitions));
  }

  void delete(String name) {
    topics.remove(name);
  }

  @Override
  public Collection<String> names() {
    return topics.keySet();
  }

  @Override
  public int partitions(String topic) {
    Topic found = topics.get(topic);
    return found == null ? 0 : found.partitions;
  }

  @Override
  public @Nullable UUID id(String topic) {
    Topic found = topics.get(topic);
    return found == null ? null : found.id;
  }

  @Override
  public @Nullable String name(UUID topicId) {
    for (Map.Entry<String, Topic> topic : topics.entrySet()) {
      if (topic.getValue().id.equals(topicId)) {
        return topic.getKey();
      }
    }
    return null;
  }
}
