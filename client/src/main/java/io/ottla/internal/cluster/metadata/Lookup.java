package io.ottla.internal.cluster.metadata;

import io.ottla.error.SendOutcome;
import io.ottla.error.TimeoutException;
import io.ottla.internal.net.TimeText;
import java.time.Duration;

/** Somebody who waits to be told a coordinator. */
final class Lookup extends Waiter<Coordinator> {
  final String key;

  Lookup(String key, long startNanos, long deadlineNanos) {
    super(startNanos, deadlineNanos);
    this.key = key;
  }

  /**
   * The time is over.
   *
   * @param said what brokers answered last; empty if nothing
   * @param tried what the source tried since {@link #startNanos}, in words
   * @param questions how many there were since it came
   */
  TimeoutException expired(
      CoordinatorType type, String said, String tried, long questions, long nowNanos) {
    long waitedNanos = nowNanos - startNanos;
    String facts = said.isEmpty() || tried.isEmpty() ? said + tried : said + "; " + tried;
    return new TimeoutException(
        "no coordinator for "
            + type.label()
            + " "
            + key
            + " after "
            + TimeText.of(waitedNanos)
            + ": "
            + (facts.isEmpty() ? "no broker answered" : facts),
        SendOutcome.NOT_SENT,
        Duration.ofNanos(waitedNanos),
        (int) questions);
  }
}
