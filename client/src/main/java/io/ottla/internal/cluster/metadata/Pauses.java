package io.ottla.internal.cluster.metadata;

import io.ottla.internal.runtime.Backoff;
import java.util.HashMap;
import java.util.Map;

/**
 * Until when what was asked in vain is not asked again.
 *
 * <p>Owns: a count of vain questions for each key. One that has not been asked for long begins
 * anew. Thread: the cluster's loop.
 *
 * @param <K> what is asked for
 */
final class Pauses<K> {
  private record Pause(int attempts, long endNanos) {}

  private static final int ROUNDS_UNTIL_FORGOTTEN = 10;

  private final Map<K, Pause> pauses = new HashMap<>();
  private final Backoff backoff;

  Pauses(Backoff backoff) {
    this.backoff = backoff;
  }

  /** It was asked in vain once more. */
  void lengthen(K key, long nowNanos) {
    Pause last = pauses.get(key);
    int attempts = last == null || isForgotten(last, nowNanos) ? 1 : last.attempts + 1;
    pauses.put(key, new Pause(attempts, nowNanos + backoff.nanos(attempts)));
  }

  /** It was answered. */
  void end(K key) {
    pauses.remove(key);
  }

  /** How long it still lasts; 0 or less if it is over. */
  long leftNanos(K key, long nowNanos) {
    Pause pause = pauses.get(key);
    return pause == null ? 0 : pause.endNanos - nowNanos;
  }

  /** Forgets what has not been asked for long. */
  void prune(long nowNanos) {
    pauses.values().removeIf(pause -> isForgotten(pause, nowNanos));
  }

  boolean isEmpty() {
    return pauses.isEmpty();
  }

  private boolean isForgotten(Pause pause, long nowNanos) {
    return nowNanos - pause.endNanos > ROUNDS_UNTIL_FORGOTTEN * backoff.mostNanos();
  }
}
