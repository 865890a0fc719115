package io.ottla.cli.produce;

import io.ottla.cli.terminal.Look;
import io.ottla.cli.terminal.ProgressLine;
import io.ottla.cli.terminal.Speed;
import java.util.Locale;

/** How many records are delivered, as a line of text. */
final class DeliveryProgress implements ProgressLine {
  private static final String RED = "\u001b[31m";
  private static final String DEFAULT = "\u001b[39m";

  private final Deliveries deliveries;
  private final Speed speed = new Speed();

  DeliveryProgress(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  @Override
  public String line(long nowNanos, Look look) {
    long delivered = deliveries.delivered();
    long failed = deliveries.failed();
    String line =
        String.format(
            Locale.ROOT,
            "%,d delivered, %,d/s, %,d on the way, ",
            delivered,
            Math.round(speed.at(nowNanos, delivered)),
            deliveries.pending());
    String failures = String.format(Locale.ROOT, "%,d failed", failed);
    return line + (failed > 0 && look.isColoured() ? RED + failures + DEFAULT : failures);
  }
}
