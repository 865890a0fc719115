package io.ottla.cli.produce;

import io.ottla.cli.cluster.Answers;
import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.DeliveryListener;
import io.ottla.producer.DeliveryReport;
import io.ottla.protocol.message.ErrorCode;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What became of the records: counts, and what was lost and why.
 *
 * <p>Thread: reports come on the producer's delivery thread, all else on any.
 */
public final class Deliveries implements DeliveryListener {
  /** Small records are many before they fill the producer's memory, and each has some on top. */
  private static final long MOST_PENDING = 200_000;

  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final Losses losses = new Losses();

  /** Counts a record that is about to be sent; waits while too many have no report yet. */
  public void sending() throws InterruptedException {
    while (sent.get() - delivered.get() - failed.get() >= MOST_PENDING) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    sent.lazySet(sent.get() + 1);
  }

  /** The record that was about to be sent was not taken after all. */
  void notSent() {
    sent.lazySet(sent.get() - 1);
  }

  @Override
  public void onReport(DeliveryReport report) {
    OttlaException error = report.error();
    if (error == null) {
      delivered.lazySet(delivered.get() + 1);
      return;
    }
    long line = report.ref() instanceof Long number ? number : 0;
    losses.add(kind(error), Answers.words(error), error.outcome() == SendOutcome.UNKNOWN, line);
    failed.lazySet(failed.get() + 1);
  }

  /** How many were delivered so far. */
  public long delivered() {
    return delivered.get();
  }

  /** How many were lost so far, those that were never sent included. */
  public long failed() {
    return losses.count();
  }

  /** How many have no report yet. */
  long pending() {
    return Math.max(0, sent.get() - delivered.get() - failed.get());
  }

  /** A record that was lost before it could be sent. */
  void neverSent(String words, long line) {
    losses.add("line", words, false, line);
  }

  /** What was lost and why. */
  Losses losses() {
    return losses;
  }

  /** How many of those that were delivered or lost were lost, and why; only if some were. */
  public String headline() {
    return headline(delivered());
  }

  /** The same, where it is known otherwise how many were delivered. */
  public String headline(long ofDelivered) {
    return losses.headline(ofDelivered, line -> "line " + line);
  }

  /** Records that failed for one reason at different places and times belong together. */
  private static String kind(OttlaException error) {
    return error.getClass().getName() + error.errorCode().map(ErrorCode::name).orElse("");
  }
}
