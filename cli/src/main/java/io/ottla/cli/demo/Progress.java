package io.ottla.cli.demo;

import io.ottla.cli.terminal.Look;
import io.ottla.cli.terminal.ProgressLine;
import io.ottla.cli.terminal.Speed;
import java.util.Locale;

/**
 * How far one direction has come, as a line of text.
 *
 * <p>Thread: one at a time; the meter is read only.
 */
final class Progress implements ProgressLine {
  private static final int LABEL_COLUMNS = 9;
  private static final int FIGURES_COLUMNS = 48;
  private static final int WIDEST_BAR = 40;
  private static final long UNKNOWN = -1;
  private static final String GREEN = "\u001b[32m";
  private static final String DEFAULT = "\u001b[39m";

  private final String label;
  private final Meter meter;
  private final Speed records = new Speed();
  private final Speed bytes = new Speed();
  private volatile long total;

  /**
   * Of a direction.
   *
   * @param total how many records there will be; negative if nobody knows yet
   */
  Progress(String label, Meter meter, long total) {
    this.label = label;
    this.meter = meter;
    this.total = total;
  }

  /** Now it is known how many records there are. */
  void total(long newTotal) {
    total = newTotal;
  }

  /** With the rates of the last second, or of all the time when it is over. */
  @Override
  public String line(long nowNanos, Look look) {
    long count = meter.records();
    double recordsPerSecond = records.at(nowNanos, count);
    double bytesPerSecond = bytes.at(nowNanos, meter.bytes());
    String figures =
        meter.isEnded()
            ? figures(count, count / meter.seconds(), meter.bytes() / meter.seconds())
            : figures(count, recordsPerSecond, bytesPerSecond);
    return pad(label) + (total <= UNKNOWN ? "" : bar(count, total, look)) + figures;
  }

  private static String figures(long records, double recordsPerSecond, double bytesPerSecond) {
    return String.format(
        Locale.ROOT,
        "%,13d %,11d/s %7.1f MB/s",
        records,
        Math.round(recordsPerSecond),
        bytesPerSecond / 1e6);
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
