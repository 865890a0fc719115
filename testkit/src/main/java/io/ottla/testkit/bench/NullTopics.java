package io.ottla.testkit.bench;

import io.ottla.protocol.WireReader;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The topics of the null broker, by name and by id. Thread: the broker's. */
final class NullTopics {
  private final Map<String, NullTopic> byName = new LinkedHashMap<>();
  private final Map<UUID, NullTopic> byId = new LinkedHashMap<>();

  NullTopics(Map<String, Integer> partitionsByName) {
    partitionsByName.forEach(
        (name, partitions) -> {
          // The same in every run, as the order of requests must not depend on chance.
          UUID id = new UUID(0x6f74_746c_6100_4000L, 0x8000_0000_0000_0001L + byId.size());
          NullTopic topic = new NullTopic(name, id, partitions);
          byName.put(name, topic);
          byId.put(id, topic);
        });
  }

  Collection<NullTopic> all() {
    return byName.values();
  }

  @Nullable NullTopic named(String name) {
    return byName.get(name);
  }

  /** The topic that a request means, in a version that has ids, or one that has names. */
  @Nullable NullTopic find(@Nullable String name, UUID id) {
    if (!id.equals(WireReader.ZERO_UUID)) {
      return byId.get(id);
    }
    return name == null ? null : byName.get(name);
  }
}
