package io.ottla.internal.producer;

import io.ottla.error.BufferFullException;
import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.DivertedRecord;
import java.util.function.Consumer;

/** Hands records for which there is no room to where their sender wants them. */
final class Diversion {
  private Diversion() {}

  /** Diverts; what is returned says so, or why it failed. */
  static OttlaException of(Consumer<? super DivertedRecord> to, DivertedRecord record) {
    try {
      to.accept(record);
      return new BufferFullException(
          "record for " + record.topic() + " was diverted: the producer's memory is full");
    } catch (RuntimeException thrown) {
      return new RefusedException(
          "record for " + record.topic() + " not sent, and diverting it failed: " + thrown,
          SendOutcome.NOT_SENT,
          thrown);
    }
  }
}
