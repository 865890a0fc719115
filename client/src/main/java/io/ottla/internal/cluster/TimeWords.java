package io.ottla.internal.cluster;

import java.time.Duration;
import java.util.Locale;

/** Spans of time as messages write them: {@code 350 ms}, {@code 1.2 s}, {@code 30 s}. */
final class TimeWords {
  private static final long SECOND_MS = 1000;

  private TimeWords() {}

  static String of(Duration time) {
    long millis = time.toMillis();
    if (millis < SECOND_MS) {
      return millis + " ms";
    }
    return millis % SECOND_MS < SECOND_MS / 20
        ? millis / SECOND_MS + " s"
        : String.format(Locale.ROOT, "%.1f s", (double) millis / SECOND_MS);
  }
}
