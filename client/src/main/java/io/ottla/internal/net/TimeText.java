package io.ottla.internal.net;

import java.util.Locale;

/** Spans of time as messages write them: {@code 350 ms}, {@code 1.2 s}, {@code 30 s}. */
public final class TimeText {
  private static final long MILLISECOND = 1_000_000;
  private static final long TENTH = 100 * MILLISECOND;
  private static final long SECOND = 10 * TENTH;

  private TimeText() {}

  /** The span in words. */
  public static String of(long nanos) {
    if (nanos < SECOND) {
      return Math.max(0, nanos / MILLISECOND) + " ms";
    }
    return nanos % SECOND < TENTH / 2
        ? nanos / SECOND + " s"
        : String.format(Locale.ROOT, "%.1f s", (double) nanos / SECOND);
  }
}
