package io.ottla.internal.cluster.metadata;

import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;
import io.ottla.internal.runtime.LoopConfined;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One timer for many moments: it fires at the earliest that it was armed for, and its owner then
 * looks what is due and arms it again. It may fire for nothing.
 *
 * <p>Thread: the cluster's loop.
 */
@LoopConfined
final class Alarm {
  private final Loop loop;
  private final Clock clock;
  private final Runnable onDue;
  private Loop.@Nullable Delayed armed;
  private long armedNanos; // valid while armed

  Alarm(Loop loop, Clock clock, Runnable onDue) {
    this.loop = loop;
    this.clock = clock;
    this.onDue = onDue;
  }

  /** Makes it fire at this time, or earlier if it is armed for earlier. */
  void armFor(long atNanos) {
    assert loop.inLoop();
    if (armed != null) {
      if (armedNanos - atNanos <= 0) {
        return;
      }
      armed.cancel();
    }
    armedNanos = atNanos;
    try {
      armed = loop.schedule(this::fire, Math.max(0, atNanos - clock.nanoTime()));
    } catch (RejectedExecutionException loopIsGone) {
      armed = null;
    }
  }

  void cancel() {
    if (armed != null) {
      armed.cancel();
      armed = null;
    }
  }

  private void fire() {
    armed = null;
    onDue.run();
  }
}
