package io.ottla.benchmarks.produce;

import java.util.Locale;

/** Numbers as the report writes them: three digits that count. */
final class Numbers {
  private Numbers() {}

  static String text(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    double size = Math.abs(value);
    int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** Of sorted ones: the median, and the first and last in brackets. */
  static String spread(double[] sorted) {
    return sorted.length == 0 || Double.isNaN(sorted[0])
        ? "–"
        : "%s (%s–%s)"
            .formatted(
                text(Series.median(sorted)), text(sorted[0]), text(sorted[sorted.length - 1]));
  }
}
