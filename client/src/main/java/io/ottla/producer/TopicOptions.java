package io.ottla.producer;

/** The options of one topic of a producer, in place of the producer's own. Immutable. */
public final class TopicOptions {
  private TopicOptions() {}

  /** Collects options. */
  public static final class Builder {}
}
