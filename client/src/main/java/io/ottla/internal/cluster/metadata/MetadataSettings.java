package io.ottla.internal.cluster.metadata;

import io.ottla.internal.runtime.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long metadata is good, and how it is asked for. Nanoseconds.
 *
 * @param maxAgeNanos after which the topics in use are asked for again
 * @param maxIdleNanos after which a topic that nobody looked up is forgotten
 * @param backoffFirstNanos how long to wait after a first question that was of no use
 * @param backoffMostNanos how long to wait at most, after many
 * @param attemptTimeoutNanos how long one question may take
 * @param unknownTopicPatienceNanos how long a topic that brokers do not know is asked for: it may
 *     have been created a moment ago
 * @param rebootstrapTriggerNanos after how long without any answer the bootstrap list is asked
 *     again; {@code Long.MAX_VALUE} for never
 * @param createsTopics whether asking for a topic creates it, where brokers do that
 */
public record MetadataSettings(
    long maxAgeNanos,
    long maxIdleNanos,
    long backoffFirstNanos,
    long backoffMostNanos,
    long attemptTimeoutNanos,
    long unknownTopicPatienceNanos,
    long rebootstrapTriggerNanos,
    boolean createsTopics) {
  /** What is good for most. */
  public static MetadataSettings defaults() {
    return new MetadataSettings(
        Duration.ofMinutes(5).toNanos(),
        Duration.ofMinutes(5).toNanos(),
        Duration.ofMillis(100).toNanos(),
        Duration.ofSeconds(1).toNanos(),
        Duration.ofSeconds(10).toNanos(),
        Duration.ofSeconds(5).toNanos(),
        Duration.ofMinutes(5).toNanos(),
        false);
  }

  Backoff backoff(RandomGenerator random) {
    return new Backoff(backoffFirstNanos, backoffMostNanos, random);
  }
}
