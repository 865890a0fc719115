package io.ottla.internal.producer;

import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.runtime.LoopConfined;
import org.jspecify.annotations.Nullable;

/** A batch on its way through its lane. */
@LoopConfined
final class Shipment {
  private final ProducerBatch batch;
  private final Lane lane;
  private final long deadlineNanos;
  private ShipmentState state = ShipmentState.WAITING;
  private int failures;
  private boolean isImplied;
  private boolean isDoubted;

  /** The request whose answer is outstanding; also while {@code TOLD}. */
  private @Nullable Dispatch dispatch;

  private long baseOffset = BatchEnds.NO_TIME; // only while WRITTEN
  private long logAppendTimeMs = BatchEnds.NO_TIME; // only while WRITTEN
  private @Nullable OttlaException failure; // only while FAILED

  Shipment(ProducerBatch batch, Lane lane, long deadlineNanos) {
    this.batch = batch;
    this.lane = lane;
    this.deadlineNanos = deadlineNanos;
  }

  ProducerBatch batch() {
    return batch;
  }

  Lane lane() {
    return lane;
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  boolean isDue(long nowNanos) {
    return nowNanos - deadlineNanos >= 0;
  }

  ShipmentState state() {
    return state;
  }

  boolean isWaiting() {
    return state == ShipmentState.WAITING;
  }

  /** Whether its end is known, told or not. */
  boolean hasEnded() {
    return switch (state) {
      case WAITING, IN_FLIGHT -> false;
      case WRITTEN, FAILED, TOLD -> true;
    };
  }

  /** Whether it may be in the log. */
  boolean isUnknown() {
    return state == ShipmentState.IN_FLIGHT || batch.outcome() == SendOutcome.UNKNOWN;
  }

  /** Counts an attempt that was of no use. */
  int countFailure() {
    return ++failures;
  }

  /** A later one of the same sequence was written, so it was. */
  boolean isImplied() {
    return isImplied;
  }

  void imply() {
    isImplied = true;
  }

  /** A leader that may have it says that it is out of order: only a question can tell. */
  boolean isDoubted() {
    return isDoubted;
  }

  void doubt() {
    isDoubted = true;
  }

  @Nullable Dispatch dispatch() {
    return dispatch;
  }

  void leave(Dispatch with) {
    dispatch = with;
    batch.onSent();
    batch.hold();
    moveTo(ShipmentState.IN_FLIGHT);
  }

  /** Its request has ended. */
  void land() {
    dispatch = null;
  }

  /** It goes again. */
  void turnBack(String why) {
    batch.moveTo(BatchPhase.SEALED, why);
    moveTo(ShipmentState.WAITING);
  }

  void written(long offset, long timeMs) {
    baseOffset = offset;
    logAppendTimeMs = timeMs;
    moveTo(ShipmentState.WRITTEN);
  }

  void failed(OttlaException why) {
    failure = why;
    moveTo(ShipmentState.FAILED);
  }

  /** Its records go on in others. */
  void dissolve() {
    batch.moveTo(BatchPhase.DONE, "taken apart");
    moveTo(ShipmentState.TOLD);
  }

  /** It is surely not in the log: its numbers are taken away. */
  void forgetNumbers() {
    batch.number(ProducerBatch.NO_PRODUCER_ID, (short) -1, ProducerBatch.NO_SEQUENCE);
    batch.outcome(SendOutcome.NOT_SENT);
    isDoubted = false;
    isImplied = false;
  }

  /** Tells its end. */
  void tell(BatchEnds ends) {
    OttlaException why = failure;
    batch.moveTo(BatchPhase.DONE, why == null ? "written" : "failed");
    moveTo(ShipmentState.TOLD);
    if (why == null) {
      ends.delivered(batch, lane.topic(), lane.partition(), baseOffset, logAppendTimeMs);
    } else {
      ends.failed(batch, lane.topic(), lane.partition(), why);
    }
  }

  private void moveTo(ShipmentState next) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(
          "a batch for " + lane.topic() + "-" + lane.partition() + ": " + state + " -> " + next);
    }
    state = next;
  }
}
