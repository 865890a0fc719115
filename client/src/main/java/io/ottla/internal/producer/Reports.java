package io.ottla.internal.producer;

import io.ottla.error.OttlaException;
import io.ottla.producer.DeliveryListener;
import io.ottla.protocol.record.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the reports, on a thread of its own; those that nobody wants it does not make.
 *
 * <p>Thread: any; reports are made in the order of the calls. Always: each record that comes here
 * is counted once by the {@link Tally}, and each batch is let go once.
 */
final class Reports implements BatchEnds {
  /** Hears that reports were made, for who waits until all are. On any thread; throws nothing. */
  interface Tally {
    /** So many records of batches have their reports now. */
    void onReported(int records);

    /** A record that never was in a batch has its report now. */
    void onRefusalReported(Refusal refusal);
  }

  private final Teller teller;
  private final DeliveryThread thread;

  Reports(ProducerSettings settings, Tally tally) {
    this(settings.listener(), settings.isErrorsOnly(), tally);
  }

  /**
   * @param listener hears of all records; null for nobody
   * @param isErrorsOnly whether it hears only of those that failed
   */
  Reports(@Nullable DeliveryListener listener, boolean isErrorsOnly, Tally tally) {
    this.teller = new Teller(listener, isErrorsOnly, tally);
    this.thread = new DeliveryThread(teller);
  }

  @Override
  public void delivered(
      ProducerBatch batch, String topic, int partition, long baseOffset, long logAppendTimeMs) {
    if (batch.hasTickets() || teller.isHeard(true)) {
      thread.put(new BatchReport(thread, batch, topic, partition, baseOffset, logAppendTimeMs));
    } else {
      letGo(batch);
    }
  }

  @Override
  public void failed(ProducerBatch batch, String topic, int partition, OttlaException failure) {
    if (batch.hasTickets() || teller.isHeard(false)) {
      thread.put(new BatchReport(thread, batch, topic, partition, failure));
    } else {
      teller.onUnheard(topic, partition, batch.count(), failure);
      letGo(batch);
    }
  }

  private void letGo(ProducerBatch batch) {
    int count = batch.count();
    batch.letGo();
    teller.onReported(count);
  }

  /** Nothing is to be told: those that the records went on in have their reports. */
  @Override
  public void replaced(ProducerBatch batch) {}

  /** A record that never was in a batch failed. Any thread, also after the end; never waits. */
  void refused(Refusal refusal) {
    if (Teller.isAwaited(refusal.ticket()) || teller.isHeard(false)) {
      thread.put(new RefusalReport(thread, refusal));
    } else {
      teller.onUnheard(refusal.topic(), refusal.partition(), 1, refusal.failure());
      teller.onReported(refusal);
    }
  }

  /**
   * Runs something on the delivery thread when all reports are made that were handed over before;
   * also after the end.
   */
  void afterAll(Runnable then) {
    thread.put(new AfterAll(thread, then));
  }

  /** Whether the calling thread makes the reports: it must not wait for room. */
  boolean isReporting() {
    return thread.isCurrent();
  }

  /** Ends the thread when all reports are made that were handed over. May be called again. */
  void close() {
    thread.close();
  }

  /**
   * Waits until all reports are made and the thread has ended, which {@link #close} asked for.
   *
   * @return false if the time was over before, or on the delivery thread itself
   */
  boolean awaitEnd(long nanos) throws InterruptedException {
    return thread.awaitEnd(nanos);
  }

  /**
   * The time to wait for listeners is over: one that waits now is interrupted, and those that are
   * called later find their thread interrupted. Reports go on being made.
   */
  void stopWaiting() {
    thread.stopWaiting();
  }

  /**
   * A record that never was in a batch, and why.
   *
   * @param partition as asked for; −1 for none
   * @param key a copy, or null
   * @param value a copy, or null
   * @param ticket see {@link Ticket}; null if nobody wants to hear
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Refusal(
      String topic,
      int partition,
      long timestampMs,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<Header> headers,
      @Nullable Object ticket,
      OttlaException failure) {}
}
