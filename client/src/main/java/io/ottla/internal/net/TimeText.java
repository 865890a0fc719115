package io.ottla.internal.net;

import java.util.Locale;

/** Spans of time as messages write them: {@code 350 ms}, {@code 1.2 s}. */
public final class TimeText {
  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000 * MILLISECOND;

  private TimeText() {}

  /** The span in words. */
  public static String of(long nanos) {
    return nanos < SECOND
        ? Math.max(0, nanos / MILLISECOND) + " ms"
        : String.format(Locale.ROOT, "%.1f s", (double) nanos / SECOND);
  }
}
