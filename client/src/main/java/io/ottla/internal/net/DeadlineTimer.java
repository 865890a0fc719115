package io.ottla.internal.net;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.LoopConfined;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One timer for many deadlines: it fires at the earliest that it was armed for, and its owner then
 * looks which are due and arms it again.
 *
 * <p>A deadline that is met in time leaves the timer as it is; it then fires once for nothing.
 * Thread: the loop's.
 */
@LoopConfined
final class DeadlineTimer {
  private final EventExecutor loop;
  private final Clock clock;
  private final Runnable onDue;
  private @Nullable Future<?> armed;
  private long armedNanos; // valid while armed

  DeadlineTimer(EventExecutor loop, Clock clock, Runnable onDue) {
    this.loop = loop;
    this.clock = clock;
    this.onDue = onDue;
  }

  /** Makes it fire at this time, or earlier if it is armed for earlier. */
  void armFor(long deadlineNanos) {
    assert loop.inEventLoop();
    if (armed != null) {
      if (armedNanos - deadlineNanos <= 0) {
        return;
      }
      armed.cancel(false);
    }
    armedNanos = deadlineNanos;
    long delayNanos = Math.max(0, deadlineNanos - clock.nanoTime());
    armed = loop.schedule(this::fire, delayNanos, TimeUnit.NANOSECONDS);
  }

  void cancel() {
    if (armed != null) {
      armed.cancel(false);
      armed = null;
    }
  }

  private void fire() {
    armed = null;
    onDue.run();
  }
}
