package io.ottla.internal.producer;

import io.ottla.stats.SendRates;

/** How much there is per second. Thread: whoever has the meter's lock. */
final class Rates {
  private final Window.Rate records = new Window.Rate();
  private final Window.Rate batches = new Window.Rate();
  private final Window.Rate bytes = new Window.Rate();

  SendRates stats(Window window, Counts.Sum sum) {
    return new SendRates(
        records.perSecond(window, sum.of(Count.DELIVERED)),
        batches.perSecond(window, sum.of(Count.SENT_BATCHES)),
        bytes.perSecond(window, sum.of(Count.SENT_BYTES)));
  }
}
