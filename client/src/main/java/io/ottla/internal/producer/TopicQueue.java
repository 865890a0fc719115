package io.ottla.internal.producer;

/** A topic of a producer: its partitions' queues, and where keyless records go. */
final class TopicQueue {
  private final String name;

  TopicQueue(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }
}
