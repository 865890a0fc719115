package io.ottla.testkit.internal.broker;

import io.ottla.testkit.internal.group.GroupTopics;
import io.ottla.testkit.internal.topic.Topic;
import io.ottla.testkit.internal.topic.Topics;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The cluster's topics, as groups want to know them. */
final class KnownTopics implements GroupTopics {
  private final Topics topics;

  KnownTopics(Topics topics) {
    this.topics = topics;
  }

  @Override
  public Collection<String> names() {
    return topics.all().stream().map(Topic::name).toList();
  }

  @Override
  public int partitions(String name) {
    Topic topic = topics.find(name);
    return topic == null ? 0 : topic.partitions().size();
  }

  @Override
  public @Nullable UUID id(String name) {
    Topic topic = topics.find(name);
    return topic == null ? null : topic.id();
  }

  @Override
  public @Nullable String name(UUID id) {
    Topic topic = topics.find(id);
    return topic == null ? null : topic.name();
  }
}
