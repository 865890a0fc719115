package io.ottla.producer;

/**
 * Hears what became of records.
 *
 * <p>Called on the producer's delivery thread, without any lock; may call the producer. While it
 * runs, no other report of this producer is made, so a long task belongs elsewhere. What it throws
 * is logged and changes nothing.
 */
@FunctionalInterface
public interface DeliveryListener {
  /** What became of one record. The report is valid until this method returns. */
  void onReport(DeliveryReport report);
}
