package io.ottla.internal.cluster.metadata;

import java.util.HashSet;
import java.util.Set;

/**
 * What has to be asked for: what may be asked now, and when the rest may.
 *
 * <p>Always: a key that may be asked a little later goes along now, so that pauses that end at
 * different moments do not make a question each.
 */
final class Needs {
  /** Stands for the brokers, and for all topics. No topic has this name. */
  static final String CLUSTER = "";

  private final Pauses<String> pauses;
  private final long nowNanos;
  private final long slackNanos;
  private final Set<String> ready = new HashSet<>();
  private boolean isAnyDue;
  private long leastLeftNanos = Long.MAX_VALUE;

  Needs(Pauses<String> pauses, long nowNanos, long slackNanos) {
    this.pauses = pauses;
    this.nowNanos = nowNanos;
    this.slackNanos = slackNanos;
  }

  void add(String key) {
    long leftNanos = pauses.leftNanos(key, nowNanos);
    leastLeftNanos = Math.min(leastLeftNanos, leftNanos);
    isAnyDue |= leftNanos <= 0;
    if (leftNanos <= slackNanos) {
      ready.add(key);
    }
  }

  boolean isEmpty() {
    return leastLeftNanos == Long.MAX_VALUE;
  }

  /** Whether something may be asked now. */
  boolean isAnyDue() {
    return isAnyDue;
  }

  /** When something may be asked; valid unless empty. */
  long dueNanos() {
    return nowNanos + Math.max(0, leastLeftNanos);
  }

  /** What to ask for, topics by name. */
  Set<String> readyTopics() {
    Set<String> topics = new HashSet<>(ready);
    topics.remove(CLUSTER);
    return topics;
  }
}
