package io.ottla.admin;

import org.jspecify.annotations.Nullable;

/**
 * A change of one config.
 *
 * @param key by Kafka's name
 * @param kind what is done
 * @param value the new value, or the element of a list; null for a deletion
 */
public record ConfigChange(String key, Kind kind, @Nullable String value) {
  /** What is done to a config. */
  public enum Kind {
    /** It gets a value. */
    SET(0),
    /** It falls back to what it is without having been set. */
    DELETE(1),
    /** A list gets one element more. */
    APPEND(2),
    /** A list loses an element. */
    SUBTRACT(3);

    private final byte number;

    Kind(int number) {
      this.number = (byte) number;
    }

    /** Its number on the wire. */
    public byte number() {
      return number;
    }
  }

  /** Checks that there is a value where one is needed. */
  public ConfigChange {
    if ((value == null) != (kind == Kind.DELETE)) {
      throw new IllegalArgumentException(kind + " of " + key + " with the value " + value);
    }
  }

  /** Gives a config a value. */
  public static ConfigChange set(String key, String value) {
    return new ConfigChange(key, Kind.SET, value);
  }

  /** Lets a config fall back to what it is without having been set. */
  public static ConfigChange delete(String key) {
    return new ConfigChange(key, Kind.DELETE, null);
  }

  /** Adds an element to a config that is a list; elements are separated by commas. */
  public static ConfigChange append(String key, String element) {
    return new ConfigChange(key, Kind.APPEND, element);
  }

  /** Takes an element out of a config that is a list. */
  public static ConfigChange subtract(String key, String element) {
    return new ConfigChange(key, Kind.SUBTRACT, element);
  }

  /** Without the value, which may be a secret. */
  @Override
  public String toString() {
    return kind + " " + key;
  }
}
