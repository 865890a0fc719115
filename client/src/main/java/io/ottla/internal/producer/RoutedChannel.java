package io.ottla.internal.producer;

import io.ottla.error.ClosedException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.DeliveryListener;
import io.ottla.producer.ProducerChannel;
import io.ottla.producer.ProducerRecord;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * A producer as a queue. Thread: any.
 *
 * <p>Always: what is counted as pending was taken, and has its report to come.
 */
final class RoutedChannel<K, V> implements ProducerChannel<K, V> {
  private static final long FOREVER_NANOS = TimeUnit.DAYS.toNanos(365);

  private final Intake<K, V> intake;
  private final BooleanSupplier isProducerClosed;
  private final String name;
  private final AtomicLong pending = new AtomicLong();
  private final DeliveryListener onReport = report -> pending.decrementAndGet();
  private volatile boolean isClosed;

  RoutedChannel(Intake<K, V> intake, BooleanSupplier isProducerClosed, String name) {
    this.intake = intake;
    this.isProducerClosed = isProducerClosed;
    this.name = name;
  }

  @Override
  public void put(ProducerRecord<K, V> record) throws InterruptedException {
    boolean isIn = false;
    while (!isIn) {
      isIn = waitFor(record, FOREVER_NANOS);
    }
  }

  @Override
  public boolean offer(ProducerRecord<K, V> record) {
    return take(record, Waiting.NEVER);
  }

  @Override
  public boolean offer(ProducerRecord<K, V> record, Duration timeout) throws InterruptedException {
    long nanos = TimeUnit.NANOSECONDS.convert(timeout);
    return nanos > 0 ? waitFor(record, nanos) : offer(record);
  }

  private boolean waitFor(ProducerRecord<K, V> record, long nanos) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the sender was interrupted; its record was not sent");
    }
    boolean isIn = take(record, Waiting.atMost(Math.min(nanos, FOREVER_NANOS)));
    if (!isIn && Thread.interrupted()) {
      throw new InterruptedException("interrupted while it waited for room; nothing was sent");
    }
    return isIn;
  }

  private boolean take(ProducerRecord<K, V> record, Waiting waiting) {
    if (isClosed || isProducerClosed.getAsBoolean()) {
      throw new ClosedException(
          "record for "
              + Intake.present(record).topic()
              + " not sent: "
              + (isClosed ? "its channel" : "producer " + name)
              + " is closed",
          SendOutcome.NOT_SENT);
    }
    pending.incrementAndGet();
    boolean isIn = false;
    try {
      isIn = intake.take(Intake.present(record), onReport, waiting);
    } finally {
      if (!isIn) {
        pending.decrementAndGet();
      }
    }
    return isIn;
  }

  @Override
  public long pending() {
    return pending.get();
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
