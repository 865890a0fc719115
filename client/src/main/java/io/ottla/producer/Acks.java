package io.ottla.producer;

/** Who must have a record before the broker answers. */
public enum Acks {
  /** Nobody: there is no answer, and no offset is known. */
  NONE((short) 0),
  /** The partition's leader. */
  LEADER((short) 1),
  /** All replicas that are in sync. */
  ALL((short) -1);

  private final short wireValue;

  Acks(short wireValue) {
    this.wireValue = wireValue;
  }

  /** As a Produce request carries it. */
  public short wireValue() {
    return wireValue;
  }
}
