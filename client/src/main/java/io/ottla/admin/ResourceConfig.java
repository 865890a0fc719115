package io.ottla.admin;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The configuration of a resource, as it is in force.
 *
 * @param resource whose
 * @param entries by key
 */
public record ResourceConfig(ConfigResource resource, SortedMap<String, ConfigEntry> entries) {
  /** Copies the map. */
  public ResourceConfig {
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
  }

  /** The value of a config; empty if there is none, or none that is told. */
  public Optional<String> value(String key) {
    return Optional.ofNullable(entries.get(key)).flatMap(ConfigEntry::value);
  }

  /** What was set on this very resource. */
  public Map<String, ConfigEntry> own() {
    SortedMap<String, ConfigEntry> own = new TreeMap<>(entries);
    own.values().removeIf(entry -> !entry.source().isOfResource());
    return own;
  }
}
