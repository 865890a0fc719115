package io.ottla.internal.producer;

import java.util.concurrent.TimeUnit;

/**
 * The time that rates and latencies are of. Nothing moves it but the questions: who asks every ten
 * seconds or more seldom gets what was since the last time, who asks more often gets what was in
 * the last ten to twenty seconds.
 *
 * @param beginNanos when it began
 * @param endNanos the time of the question
 * @param isFull whether it is that since the last full one, and the next one begins at its end;
 *     else the last full one belongs to it
 */
record Window(long beginNanos, long endNanos, boolean isFull) {
  static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** When windows begin. Thread: whoever has the meter's lock. */
  static final class Pace {
    private long lastNanos; // when the last full one began
    private long currentNanos; // when the present one began

    Pace(long nowNanos) {
      lastNanos = nowNanos;
      currentNanos = nowNanos;
    }

    /** The window that ends now. */
    Window at(long nowNanos) {
      if (nowNanos - currentNanos < LEAST_NANOS) {
        return new Window(lastNanos, nowNanos, false);
      }
      lastNanos = currentNanos;
      currentNanos = nowNanos;
      return new Window(lastNanos, nowNanos, true);
    }
  }

  long nanos() {
    return endNanos - beginNanos;
  }

  /** Something that grows, seen at the windows' begins. Thread: as {@link Pace}. */
  static final class Rate {
    private long last;
    private long current;

    /** How much it grows in a second. */
    double perSecond(Window window, long now) {
      long since = window.isFull ? current : last;
      if (window.isFull) {
        last = current;
        current = now;
      }
      long nanos = window.nanos();
      return nanos <= 0 ? 0 : (double) (now - since) * TimeUnit.SECONDS.toNanos(1) / nanos;
    }
  }
}
