package io.ottla.internal.cluster.metadata;

import io.ottla.error.SendOutcome;
import io.ottla.error.TimeoutException;
import io.ottla.internal.net.TimeText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Somebody who waits for something of the cluster's metadata. */
final class Wish extends Waiter<ClusterView> {
  final Want want;

  Wish(Want want, long startNanos, long deadlineNanos) {
    super(startNanos, deadlineNanos);
    this.want = want;
  }

  void fulfil(Want.Verdict verdict) {
    ClusterView view = verdict.view();
    if (view != null) {
      future.complete(view);
    } else if (verdict.failure() != null) {
      future.completeExceptionally(verdict.failure());
    }
  }

  /**
   * The time is over.
   *
   * @param tried what the source tried since {@link #startNanos}, in words
   * @param questions how many there were since it came
   */
  TimeoutException expired(ClusterView view, String tried, long questions, long nowNanos) {
    long waitedNanos = nowNanos - startNanos;
    List<String> facts = new ArrayList<>();
    if (!want.said(view).isEmpty()) {
      facts.add(want.said(view));
    }
    if (!tried.isEmpty()) {
      facts.add(tried);
    }
    if (facts.isEmpty()) {
      facts.add(questions == 0 ? "no broker was asked" : "no broker answered");
    }
    return new TimeoutException(
        "no "
            + want.label()
            + " after "
            + TimeText.of(waitedNanos)
            + ": "
            + String.join("; ", facts),
        SendOutcome.NOT_SENT,
        Duration.ofNanos(waitedNanos),
        (int) questions);
  }
}
