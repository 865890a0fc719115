package io.ottla.admin;

/** Which protocol the members of a group follow. */
public enum GroupType {
  /** The one in which a member assigns. Also what was only committed to. */
  CLASSIC("classic"),
  /** The one in which the broker assigns (KIP-848). */
  CONSUMER("consumer"),
  /** A queue (KIP-932). */
  SHARE("share"),
  /** Kafka Streams' own (KIP-1071). */
  STREAMS("streams"),
  /** The broker does not say (before 3.8), or says something newer than this client. */
  UNKNOWN("unknown");

  private final String label;

  GroupType(String label) {
    this.label = label;
  }

  /** As Kafka writes it, in lower case. */
  public String label() {
    return label;
  }

  /** The type that Kafka calls so, in any case. */
  public static GroupType of(String label) {
    for (GroupType type : values()) {
      if (type.label.equalsIgnoreCase(label)) {
        return type;
      }
    }
    return UNKNOWN;
  }
}
