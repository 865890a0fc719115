package io.ottla.testkit.internal.topic;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is configured for one topic, beyond the defaults. Values are as Kafka writes them; who sets
 * them has checked them. Thread: the cluster's loop.
 */
public final class TopicConfig {
  private final SortedMap<String, String> overrides = new TreeMap<>();

  TopicConfig(Map<String, String> overrides) {
    this.overrides.putAll(overrides);
  }

  /** What was set for this topic, by key. A view. */
  public SortedMap<String, String> overrides() {
    return Collections.unmodifiableSortedMap(overrides);
  }

  /** What was set for a key, or null. */
  public @Nullable String override(String key) {
    return overrides.get(key);
  }

  /** The value for a key: as set, else this default. */
  public String valueOr(String key, String defaultValue) {
    return overrides.getOrDefault(key, defaultValue);
  }

  /** The value for a key as a number: as set, else this default. */
  public long numberOr(String key, long defaultValue) {
    String value = overrides.get(key);
    return value == null ? defaultValue : Long.parseLong(value);
  }

  /** Sets a key, or goes back to its default if the value is null. */
  public void set(String key, @Nullable String value) {
    if (value == null) {
      overrides.remove(key);
    } else {
      overrides.put(key, value);
    }
  }
}
