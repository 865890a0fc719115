package io.ottla.admin;

/**
 * Something that has a configuration.
 *
 * @param type what it is
 * @param name the topic's or group's name, the broker's id; empty for all brokers together
 */
public record ConfigResource(Type type, String name) {
  /** What can have a configuration. */
  public enum Type {
    /** A topic. */
    TOPIC(2),
    /** A broker, or all of them. */
    BROKER(4),
    /** The levels at which a broker's parts log. */
    BROKER_LOGGER(8),
    /** What clients are asked to measure. */
    CLIENT_METRICS(16),
    /** A group of KIP-848. */
    GROUP(32);

    private final byte number;

    Type(int number) {
      this.number = (byte) number;
    }

    /** Its number on the wire. */
    public byte number() {
      return number;
    }
  }

  /** A topic. */
  public static ConfigResource topic(String name) {
    return new ConfigResource(Type.TOPIC, name);
  }

  /** A broker: what it is configured to, from all sources. */
  public static ConfigResource broker(int id) {
    return new ConfigResource(Type.BROKER, Integer.toString(id));
  }

  /** What was changed at run time for all brokers of the cluster. */
  public static ConfigResource allBrokers() {
    return new ConfigResource(Type.BROKER, "");
  }

  /** A group of consumers. */
  public static ConfigResource group(String id) {
    return new ConfigResource(Type.GROUP, id);
  }

  /** In words: {@code topic orders}. */
  @Override
  public String toString() {
    if (type == Type.BROKER && name.isEmpty()) {
      return "all brokers";
    }
    return switch (type) {
          case TOPIC -> "topic ";
          case BROKER -> "broker ";
          case BROKER_LOGGER -> "loggers of broker ";
          case CLIENT_METRICS -> "client metrics ";
          case GROUP -> "group ";
        }
        + name;
  }
}
