package io.ottla.internal.producer;

import io.ottla.internal.runtime.Loop;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Has open batches go, whatever their linger, where it is they that fill the memory: else who waits
 * for room would wait for the linger.
 *
 * <p>Thread: {@link #onFull} any; the rest the loop. Always: it looks at all queues at most once
 * per pause, and not at all while there is room.
 */
final class Pressure {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /**
   * What is open is worth sending if it is at least such a part of what is taken. If it is less,
   * what is on its way will make room, and full batches cost less than half-full ones.
   */
  private static final int WORTH_PART = 4;

  private final Loop loop;
  private final Memory memory;
  private final LongSupplier openBytes;
  private final Runnable ripen;
  private final AtomicBoolean isLooking = new AtomicBoolean();

  /**
   * @param openBytes what is open; called on the loop
   * @param ripen has what is open go; likewise
   */
  Pressure(Loop loop, Memory memory, LongSupplier openBytes, Runnable ripen) {
    this.loop = loop;
    this.memory = memory;
    this.openBytes = openBytes;
    this.ripen = ripen;
  }

  /** There is no room for a record. */
  void onFull() {
    if (!isLooking.get() && isLooking.compareAndSet(false, true)) {
      try {
        loop.execute(this::look);
      } catch (RejectedExecutionException afterTheLastClose) {
        // Nothing goes any more.
      }
    }
  }

  private void look() {
    if (openBytes.getAsLong() * WORTH_PART >= memory.taken()) {
      ripen.run();
    }
    loop.schedule(this::lookAgain, PAUSE_NANOS);
  }

  private void lookAgain() {
    isLooking.set(false);
    if (memory.isWanted()) {
      onFull();
    }
  }
}
