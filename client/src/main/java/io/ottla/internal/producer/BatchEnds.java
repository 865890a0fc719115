package io.ottla.internal.producer;

import io.ottla.error.OttlaException;

/** Hears how batches end; each one exactly once. On the loop. */
interface BatchEnds {
  /** In place of a time that the broker gave. */
  long NO_TIME = -1;

  /**
   * The records were written; or, with acks=0, have left.
   *
   * @param baseOffset the first one's offset, or −1 if nobody knows
   * @param logAppendTimeMs the time that the broker gave all of them, or {@link #NO_TIME}
   */
  void delivered(
      ProducerBatch batch, String topic, int partition, long baseOffset, long logAppendTimeMs);

  /** The records were not written; or perhaps, if the failure's outcome is UNKNOWN. */
  void failed(ProducerBatch batch, String topic, int partition, OttlaException failure);

  /**
   * A batch was taken apart; its records go on in others, made of it, which have its tickets. It
   * holds nothing any more and has no report of its own.
   */
  void replaced(ProducerBatch batch);
}
