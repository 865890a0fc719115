package io.ottla.testkit.internal.admin;

import io.ottla.protocol.message.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Checks and tells what is configured for topics. Thread: the cluster's loop. */
final class TopicConfigs {
  private final BrokerConfigs brokers;

  TopicConfigs(BrokerConfigs brokers) {
    this.brokers = brokers;
  }

  /**
   * Checks all that is to be set for a topic.
   *
   * @return the same with values as brokers tell them
   * @throws RefusedException if a key or a value is impossible
   */
  SortedMap<String, String> check(Map<String, String> overrides) {
    SortedMap<String, String> checked = new TreeMap<>();
    overrides.forEach(
        (name, value) -> {
          ConfigKey key = TopicConfigKeys.all().get(name);
          if (key == null) {
            throw new RefusedException(ErrorCode.INVALID_CONFIG, "topics have no config " + name);
          }
          try {
            checked.put(name, key.check(value));
          } catch (IllegalArgumentException wrong) {
            throw new RefusedException(
                ErrorCode.INVALID_CONFIG, "%s = %s: %s".formatted(name, value, wrong.getMessage()));
          }
        });
    long minLag = number(checked, "min.compaction.lag.ms");
    long maxLag = number(checked, "max.compaction.lag.ms");
    if (minLag > maxLag) {
      throw new RefusedException(
          ErrorCode.INVALID_CONFIG,
          "min.compaction.lag.ms = %d is more than max.compaction.lag.ms = %d"
              .formatted(minLag, maxLag));
    }
    return checked;
  }

  /** What holds for a topic for which this is set. */
  List<ConfigEntry> entries(Map<String, String> overrides) {
    List<ConfigEntry> entries = new ArrayList<>();
    for (ConfigKey key : TopicConfigKeys.all().values()) {
      List<ConfigValue> values = new ArrayList<>();
      String override = overrides.get(key.name());
      if (override != null) {
        values.add(new ConfigValue(key.name(), override, ConfigSource.TOPIC));
      }
      if (values.isEmpty() && key.isInternal()) {
        continue;
      }
      values.addAll(brokers.behind(key));
      entries.add(
          new ConfigEntry(
              key, values.isEmpty() ? key.defaultValue() : values.get(0).value(), values, false));
    }
    return entries;
  }

  private static long number(Map<String, String> overrides, String name) {
    ConfigKey key = Objects.requireNonNull(TopicConfigKeys.all().get(name));
    String byDefault = Objects.requireNonNull(key.defaultValue());
    return Long.parseLong(overrides.getOrDefault(name, byDefault));
  }
}
