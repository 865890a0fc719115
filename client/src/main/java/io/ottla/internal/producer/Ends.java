package io.ottla.internal.producer;

import io.ottla.error.OttlaException;
import io.ottla.internal.runtime.Clock;

/** Counts batches out, and hands them to whoever reports. */
record Ends(Rounds rounds, Reports reports, ProducerMeter meter, Clock clock) implements BatchEnds {
  @Override
  public void delivered(
      ProducerBatch batch, String topic, int partition, long baseOffset, long logAppendTimeMs) {
    meter
        .partition(topic, partition)
        .onDelivered(
            batch.count(), batch.sealed().sizeInBytes(), clock.nanoTime() - batch.openedNanos());
    reports.delivered(batch, topic, partition, baseOffset, logAppendTimeMs);
    leave(batch);
  }

  @Override
  public void failed(ProducerBatch batch, String topic, int partition, OttlaException failure) {
    if (partition < 0) {
      meter.onRefused(topic, batch.count());
    } else {
      meter.partition(topic, partition).onFailed(batch.count(), batch.sealed().sizeInBytes());
    }
    reports.failed(batch, topic, partition, failure);
    leave(batch);
  }

  @Override
  public void replaced(ProducerBatch batch) {
    batch.letGo();
    leave(batch);
  }

  /** Last: whoever waits for the round hears of it behind the batch's reports. */
  private void leave(ProducerBatch batch) {
    Rounds.Round round = batch.round();
    if (round != null) {
      rounds.leave(round);
    }
  }
}
