package io.ottla.admin;

import java.util.Optional;

/**
 * One config of a resource, as it is in force.
 *
 * @param key by Kafka's name
 * @param value its value; empty if it has none, or if it is secret
 * @param source where the value comes from
 * @param isReadOnly whether it can be changed only by restarting the broker
 * @param isSensitive whether it is a secret, which brokers do not tell
 */
public record ConfigEntry(
    String key, Optional<String> value, Source source, boolean isReadOnly, boolean isSensitive) {
  /** Where a value comes from. */
  public enum Source {
    /** Set on the topic. */
    TOPIC(1),
    /** Set on this broker at run time. */
    BROKER(2),
    /** Set on all brokers at run time. */
    ALL_BROKERS(3),
    /** In the broker's file. */
    FILE(4),
    /** What Kafka takes if nobody says. */
    DEFAULT(5),
    /** Set on the broker's logger. */
    LOGGER(6),
    /** Set on the client's metrics. */
    CLIENT_METRICS(7),
    /** Set on the group. */
    GROUP(8),
    /** The broker does not say (before 1.1), or says something newer than this client. */
    UNKNOWN(0);

    private final int number;

    Source(int number) {
      this.number = number;
    }

    /** The source with this number on the wire. */
    public static Source of(int number) {
      for (Source source : values()) {
        if (source.number == number) {
          return source;
        }
      }
      return UNKNOWN;
    }

    /** Whether somebody set the value on the very resource. */
    public boolean isOfResource() {
      return switch (this) {
        case TOPIC, BROKER, LOGGER, CLIENT_METRICS, GROUP -> true;
        case ALL_BROKERS, FILE, DEFAULT, UNKNOWN -> false;
      };
    }
  }
}
