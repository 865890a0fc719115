package io.ottla.internal.producer;

import io.ottla.internal.runtime.Clock;

/**
 * Since when no broker could be reached. Thread: the loop writes, any reads.
 *
 * <p>Never 0 while there is none, whatever the clock says.
 */
final class Absence {
  private final Clock clock;
  private volatile long sinceNanos; // 0: some broker can be reached, as far as is known

  Absence(Clock clock) {
    this.clock = clock;
  }

  long sinceNanos() {
    return sinceNanos;
  }

  /** A broker could not be reached, or was lost. */
  void onFailure() {
    if (sinceNanos == 0) {
      long nowNanos = clock.nanoTime();
      sinceNanos = nowNanos == 0 ? 1 : nowNanos;
    }
  }

  /** A broker was heard of. */
  void onContact() {
    if (sinceNanos != 0) {
      sinceNanos = 0;
    }
  }
}
