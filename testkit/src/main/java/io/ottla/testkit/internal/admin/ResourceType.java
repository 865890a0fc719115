package io.ottla.testkit.internal.admin;

/** What can be configured, with the numbers of the wire. */
final class ResourceType {
  static final byte TOPIC = 2;
  static final byte BROKER = 4;
  static final byte BROKER_LOGGER = 8;
  static final byte CLIENT_METRICS = 16;
  static final byte GROUP = 32;

  private ResourceType() {}

  /** Whether Kafka has this type. */
  static boolean isKnown(byte type) {
    return type == TOPIC || type == BROKER || isOnlyReal(type);
  }

  /** Whether a real broker knows it and a fake one does not. */
  static boolean isOnlyReal(byte type) {
    return type == BROKER_LOGGER || type == CLIENT_METRICS || type == GROUP;
  }
}
