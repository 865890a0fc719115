package io.ottla.internal.net;

import io.netty.util.concurrent.EventExecutor;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.LoopConfined;
import org.jspecify.annotations.Nullable;

/**
 * What time does to a connection: calls run out of theirs, a pause that the broker asked for ends,
 * and without anything to do it is idle.
 *
 * <p>Thread: the connection's loop. Units: nanoseconds of the injected clock.
 */
@LoopConfined
final class Watch {
  private final Pipeline pipeline;
  private final Outflow outflow;
  private final long idleNanos;
  private final Clock clock;
  private final DeadlineTimer timer;

  /**
   * @param idleNanos how long it may be idle; 0 for ever
   * @param onDue calls {@link #look}
   */
  Watch(
      Pipeline pipeline,
      Outflow outflow,
      long idleNanos,
      Clock clock,
      EventExecutor loop,
      Runnable onDue) {
    this.pipeline = pipeline;
    this.outflow = outflow;
    this.idleNanos = idleNanos;
    this.clock = clock;
    timer = new DeadlineTimer(loop, clock, onDue);
  }

  /** A call came. */
  void onCall(Call<?> call) {
    timer.armFor(call.deadlineNanos());
    armForPause();
  }

  /**
   * Something ended, or began.
   *
   * @param mayIdle whether it is idle with nothing to do
   */
  void onProgress(boolean mayIdle) {
    if (!pipeline.isEmpty()) {
      armForPause();
    } else if (mayIdle && idleNanos > 0) {
      timer.armFor(outflow.lastUseNanos() + idleNanos);
    }
  }

  /**
   * Ends what is due, and sets the next time to look.
   *
   * @return why the connection has to end too, or null
   */
  @Nullable Loss look(boolean mayIdle) {
    long now = clock.nanoTime();
    outflow.write();
    Loss overdue = pipeline.expire(now, outflow.hint());
    if (overdue != null) {
      return overdue;
    }
    long unusedNanos = now - outflow.lastUseNanos();
    if (mayIdle && idleNanos > 0 && pipeline.isEmpty() && unusedNanos >= idleNanos) {
      return Loss.closed("idle for " + TimeText.of(unusedNanos));
    }
    if (!pipeline.isEmpty()) {
      timer.armFor(pipeline.nextDeadlineNanos());
    }
    onProgress(mayIdle);
    return null;
  }

  void cancel() {
    timer.cancel();
  }

  /** What waits for the end of a pause goes then. */
  private void armForPause() {
    Throttle throttle = outflow.throttle();
    if (throttle.isOn() && !pipeline.hasNoneQueued()) {
      timer.armFor(throttle.endNanos());
    }
  }
}
