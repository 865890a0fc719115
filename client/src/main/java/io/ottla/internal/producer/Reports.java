package io.ottla.internal.producer;

import io.ottla.error.OttlaException;
import org.jspecify.annotations.Nullable;

/** Makes the reports, on a thread of its own. */
final class Reports implements BatchEnds {
  /** Hears that reports were made, for who waits until all are. On any thread. */
  interface Tally {
    /** So many records have their reports now. */
    void onReported(int records);
  }

  Reports(ProducerSettings settings, Tally tally) {}

  @Override
  public void delivered(
      ProducerBatch batch, String topic, int partition, long baseOffset, long logAppendTimeMs) {}

  @Override
  public void failed(ProducerBatch batch, String topic, int partition, OttlaException failure) {}

  @Override
  public void replaced(ProducerBatch batch) {}

  /** A record that never was in a batch failed. Any thread; never waits. */
  void refused(Refusal refusal) {}

  /** Whether the calling thread makes the reports: it must not wait for room. */
  boolean isReporting() {
    return false;
  }

  /** Ends the thread when all reports are made that were handed over. */
  void close() {}

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
      java.util.List<io.ottla.protocol.record.Header> headers,
      @Nullable Object ticket,
      OttlaException failure) {}
}
