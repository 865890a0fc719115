package io.ottla.internal.net;

import io.ottla.internal.runtime.LoopConfined;
import java.util.random.RandomGenerator;

/**
 * How long to wait after the failures in a row so far: doubling from the first wait to the longest,
 * each a little longer or shorter at random, so that many clients do not come back together.
 *
 * <p>Thread: the link's loop. Units: nanoseconds.
 */
@LoopConfined
final class Backoff {
  private static final int MOST_DOUBLINGS = 62;

  private final Reconnect settings;
  private final RandomGenerator random;
  private int failures;

  Backoff(Reconnect settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
  }

  /** Failures since the last success. */
  int failures() {
    return failures;
  }

  /** Another failure; returns how long to wait now. */
  long onFailure() {
    long base = base(failures);
    if (failures < Integer.MAX_VALUE) {
      failures++;
    }
    double spread = settings.jitter() * (2 * random.nextDouble() - 1);
    return base + (long) (base * spread);
  }

  /** A connection was ready. */
  void onSuccess() {
    failures = 0;
  }

  private long base(int doublings) {
    long first = settings.firstNanos();
    long most = settings.mostNanos();
    boolean isMost = doublings > MOST_DOUBLINGS || first > most >> doublings;
    return isMost ? most : first << doublings;
  }
}
