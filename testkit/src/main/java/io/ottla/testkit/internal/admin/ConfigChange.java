package io.ottla.testkit.internal.admin;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.topic.Topic;
import io.ottla.testkit.internal.topic.TopicConfig;
import io.ottla.testkit.internal.topic.TopicNames;
import io.ottla.testkit.internal.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Changes what is configured for a topic: all of it is right, or nothing changes. */
final class ConfigChange {
  private final Topics topics;
  private final TopicConfigs configs;

  ConfigChange(Topics topics, TopicConfigs configs) {
    this.topics = topics;
    this.configs = configs;
  }

  /**
   * Changes a topic's configuration.
   *
   * @param change makes what is to be set out of what is set
   * @throws RefusedException if it cannot be so
   */
  void apply(String name, UnaryOperator<Map<String, String>> change, boolean onlyCheck) {
    if (name.isEmpty()) {
      throw new RefusedException(
          ErrorCode.INVALID_REQUEST, "there are no defaults that are set for all topics");
    }
    if (!TopicNames.isLegal(name)) {
      throw new RefusedException(
          ErrorCode.INVALID_TOPIC_EXCEPTION, "no topic can have the name '" + name + "'");
    }
    Topic topic = topics.find(name);
    Map<String, String> before = topic == null ? Map.of() : topic.config().overrides();
    Map<String, String> after = configs.check(change.apply(before));
    if (topic == null) {
      throw new RefusedException(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    }
    if (!onlyCheck) {
      TopicConfig config = topic.config();
      Set<String> keys = new TreeSet<>(before.keySet());
      keys.addAll(after.keySet());
      keys.forEach(key -> config.set(key, after.get(key)));
    }
  }

  /** Checks what holds for every resource: no key twice, and no value missing. */
  static void checkKeys(List<String> keys, List<String> withoutValue) {
    if (!Repeated.among(keys).isEmpty()) {
      throw new RefusedException(
          ErrorCode.INVALID_REQUEST, "more than once: " + Repeated.among(keys));
    }
    if (!withoutValue.isEmpty()) {
      throw new RefusedException(ErrorCode.INVALID_REQUEST, "without a value: " + withoutValue);
    }
  }

  static RefusedException unknownType(byte type) {
    return new RefusedException(ErrorCode.INVALID_REQUEST, "no resource type " + type);
  }

  static RefusedException repeatedResource() {
    return new RefusedException(ErrorCode.INVALID_REQUEST, "the resource is named more than once");
  }

  /** A list with what was not in it appended. */
  static String append(String list, String added) {
    List<String> elements = new ArrayList<>(ConfigType.elements(list));
    for (String element : ConfigType.elements(added)) {
      if (!elements.contains(element)) {
        elements.add(element);
      }
    }
    return String.join(",", elements);
  }

  /** A list without these. */
  static String subtract(String list, String taken) {
    List<String> elements = new ArrayList<>(ConfigType.elements(list));
    elements.removeAll(ConfigType.elements(taken));
    return String.join(",", elements);
  }
}
