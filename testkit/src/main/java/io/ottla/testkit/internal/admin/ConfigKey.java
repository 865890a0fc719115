package io.ottla.testkit.internal.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be configured.
 *
 * @param name the key
 * @param type of its values
 * @param defaultValue Kafka's; null if it has none
 * @param rule which values of that type are allowed
 * @param brokerName for a topic's key the brokers' key that gives the default; null if there is
 *     none, or if none is set in a cluster where nothing is configured
 * @param purpose what it is for
 */
record ConfigKey(
    String name,
    ConfigType type,
    @Nullable String defaultValue,
    Rule rule,
    @Nullable String brokerName,
    String purpose) {
  /** Which values are allowed, of those that have the right type. */
  interface Rule {
    /** All of them. */
    Rule NONE = value -> null;

    /** What is wrong with a value, or null. */
    @Nullable String complaint(String value);

    /** A number that is not less. */
    static Rule atLeast(long least) {
      return value -> Long.parseLong(value) < least ? "must be at least " + least : null;
    }

    /** A whole number within bounds. */
    static Rule between(long least, long most) {
      return value ->
          Long.parseLong(value) < least || Long.parseLong(value) > most
              ? "must be between %d and %d".formatted(least, most)
              : null;
    }

    /** One of these. */
    static Rule oneOf(String... values) {
      return value -> List.of(values).contains(value) ? null : "must be one of " + List.of(values);
    }
  }

  ConfigKey(String name, ConfigType type, @Nullable String defaultValue) {
    this(name, type, defaultValue, Rule.NONE, null, "");
  }

  /** Whether only tests of Kafka's set it, so that it is not told where it is not set. */
  boolean isInternal() {
    return name.startsWith("internal.");
  }

  ConfigKey rule(Rule value) {
    return new ConfigKey(name, type, defaultValue, value, brokerName, purpose);
  }

  ConfigKey broker(String value) {
    return new ConfigKey(name, type, defaultValue, rule, value, purpose);
  }

  ConfigKey purpose(String value) {
    return new ConfigKey(name, type, defaultValue, rule, brokerName, value);
  }

  /**
   * A value as brokers tell it.
   *
   * @throws IllegalArgumentException says what is wrong with it
   */
  String check(String value) {
    String normal;
    try {
      normal = type.normalise(value);
    } catch (IllegalArgumentException notOfThisType) {
      throw new IllegalArgumentException("must be of type " + type, notOfThisType);
    }
    String complaint = rule.complaint(normal);
    if (complaint != null) {
      throw new IllegalArgumentException(complaint);
    }
    return normal;
  }
}
