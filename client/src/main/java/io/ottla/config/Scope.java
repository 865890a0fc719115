package io.ottla.config;

/** Whose option it is. */
public enum Scope {
  /** Of everything that connects to brokers. */
  CONNECTION("everything that connects"),
  /** Of a broker that is spoken to directly. */
  BROKER("a broker"),
  /** Of a cluster, and of all that stands on one. */
  CLUSTER("a cluster"),
  /** Of a producer. */
  PRODUCER("a producer");

  private final String owner;

  Scope(String owner) {
    this.owner = owner;
  }

  /** Who has such options, for messages. */
  String owner() {
    return owner;
  }

  /** Whether a client of this scope has the options of the other. */
  boolean includes(Scope other) {
    return other == this || other == CONNECTION || (this == PRODUCER && other == CLUSTER);
  }
}
