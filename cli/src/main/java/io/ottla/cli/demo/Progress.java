package io.ottla.cli.demo;

import io.ottla.cli.terminal.Look;
import java.util.ArrayDeque;
import java.util.Locale;

/**
 * How far one direction has come, as a line of text.
 *
 * <p>Thread: one at a time; the meter is read only.
 */
final class Progress {
  private static final int LABEL_COLUMNS = 9;
  private static final int FIGURES_COLUMNS = 48;
  private static final int WIDEST_BAR = 40;
  private static final long RATE_WINDOW_NANOS = 1_000_000_000;
  private static final long UNKNOWN = -1;
  private static final String GREEN = "\u001b[32m";
  private static final String DEFAULT = "\u001b[39m";

  private record Sample(long nanos, long records, long bytes) {}

  private final String label;
  private final Meter meter;
  private final ArrayDeque<Sample> samples = new ArrayDeque<>();

  Progress(String label, Meter meter) {
    this.label = label;
    this.meter = meter;
  }

  /**
   * The line for now: with the rates of the last second, or of all the time when it is over.
   *
   * @param total how many records there will be; negative if nobody knows
   */
  String line(long nowNanos, long total, Look look) {
    Sample now = new Sample(nowNanos, meter.records(), meter.bytes());
    while (samples.size() > 1 && nowNanos - samples.getFirst().nanos > RATE_WINDOW_NANOS) {
      samples.removeFirst();
    }
    Sample before = samples.isEmpty() ? now : samples.getFirst();
    samples.addLast(now);
    double seconds = Math.max(1e-3, (now.nanos - before.nanos) / 1e9);
    String figures =
        meter.isEnded()
            ? figures(now.records, now.bytes, meter.seconds())
            : figures(now.records - before.records, now.bytes - before.bytes, seconds);
    return pad(label) + (total <= UNKNOWN ? "" : bar(now.records, total, look)) + figures;
  }

  private String figures(long records, long bytes, double seconds) {
    return String.format(
        Locale.ROOT,
        "%,13d %,11d/s %7.1f MB/s",
        meter.records(),
        Math.round(records / seconds),
        bytes / seconds / 1e6);
  }

  private static String pad(String label) {
    return label + " ".repeat(Math.max(0, LABEL_COLUMNS - label.length()));
  }

  private static String bar(long done, long total, Look look) {
    double share = total == 0 ? 1 : Math.min(1.0, (double) done / total);
    String percent = String.format(Locale.ROOT, " %3d %%", (int) (share * 100));
    if (!look.isLive()) {
      return percent;
    }
    int width = Math.min(WIDEST_BAR, look.columns() - LABEL_COLUMNS - FIGURES_COLUMNS);
    if (width < 4) {
      return percent;
    }
    int full = (int) Math.round(share * width);
    String bar = "█".repeat(full) + "░".repeat(width - full);
    return (look.isColoured() ? GREEN + bar + DEFAULT : bar) + percent;
  }
}
