package io.ottla.internal.producer;

import io.ottla.internal.runtime.LoopConfined;

/** What of one partition is on its way to, or comes back from, its leader. */
@LoopConfined
final class Lane {
  private final String topic;
  private final int partition;
  private final TopicSettings settings;
  private final BatchSource source;

  Lane(String topic, int partition, TopicSettings settings, BatchSource source) {
    this.topic = topic;
    this.partition = partition;
    this.settings = settings;
    this.source = source;
  }

  String topic() {
    return topic;
  }

  int partition() {
    return partition;
  }

  TopicSettings settings() {
    return settings;
  }

  BatchSource source() {
    return source;
  }

  /** Whether keyless records had better go elsewhere. Any thread. */
  boolean isFailing() {
    return false;
  }
}
