package io.ottla.benchmarks.produce;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** What the figures were measured on. */
final class Machine {
  private static final int KB_PER_GB = 1 << 20;

  private Machine() {}

  static String describe() throws IOException {
    return "%s, %d processors · %s GB · %s %s · %s %s"
        .formatted(
            line("/proc/cpuinfo", "model name"),
            Runtime.getRuntime().availableProcessors(),
            memory(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("java.vendor.version", System.getProperty("java.vendor")),
            Runtime.version());
  }

  /** How many threads wanted to run of late, over the last minute. */
  static String load() throws IOException {
    Path file = Path.of("/proc/loadavg");
    return Files.exists(file) ? Files.readString(file).split(" ", 2)[0] : "unknown";
  }

  private static String memory() throws IOException {
    String total = line("/proc/meminfo", "MemTotal");
    String digits = total.replaceAll("[^0-9]", "");
    return digits.isEmpty()
        ? "?"
        : String.format(Locale.ROOT, "%.0f", Double.parseDouble(digits) / KB_PER_GB);
  }

  private static String line(String file, String name) throws IOException {
    if (!Files.exists(Path.of(file))) {
      return "unknown";
    }
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse("unknown");
    }
  }
}
