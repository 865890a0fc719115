package io.ottla.internal.cluster.metadata;

import java.time.Duration;

/**
 * How often in a row answers contradicted what is known, and since when. Immutable.
 *
 * <p>A broker that lags, or that lost the cluster without noticing, answers with what used to be
 * true. A cluster that was restored from a backup does so too, and it is right. They are told apart
 * by persistence: both several answers, so that one lagging broker among many is outvoted, and a
 * time that is longer than the nine seconds after which a cluster gives up a silent broker.
 *
 * @param answers how many; 0 for no doubt
 * @param sinceNanos when the first of them came; valid while there are any
 */
record Doubt(int answers, long sinceNanos) {
  static final Doubt NONE = new Doubt(0, 0);

  static final int ANSWERS_TO_PERSIST = 5;
  static final long NANOS_TO_PERSIST = Duration.ofSeconds(10).toNanos();

  /** One more answer that contradicts. */
  Doubt again(long nowNanos) {
    return new Doubt(answers + 1, answers == 0 ? nowNanos : sinceNanos);
  }

  /** Whether what contradicts is to be believed. */
  boolean persists(long nowNanos) {
    return answers >= ANSWERS_TO_PERSIST && nowNanos - sinceNanos >= NANOS_TO_PERSIST;
  }
}
