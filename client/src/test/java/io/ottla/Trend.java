package io.ottla;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/** Figures that a build leaves for who compares builds, in {@code target/reports/trend.txt}. */
final class Trend {
  private Trend() {}

  /** So many records in so many seconds, start-up and warm-up included. */
  static void tell(String what, long records, double seconds) {
    String line =
        String.format(
            Locale.ROOT,
            "%s: %d records in %.2f s, %.0f records/s, JVM cold",
            what,
            records,
            seconds,
            records / seconds);
    System.out.println(line);
    try {
      Path file = Files.createDirectories(Path.of("target/reports")).resolve("trend.txt");
      Files.write(file, List.of(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
