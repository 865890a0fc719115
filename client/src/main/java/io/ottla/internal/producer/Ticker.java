package io.ottla.internal.producer;

import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The pulse of a producer while it has open batches: a coarse time for records, and the end of each
 * batch's linger.
 *
 * <p>Thread: {@link #wallMillis} and {@link #opened} any; the rest the loop. Always: while nothing
 * is open nothing ticks. Units: nanoseconds of the injected clock, milliseconds since 1970.
 *
 * <p>Why a pulse: reading the clock costs as much as writing a record, and a timer per batch would
 * wake the loop for batches that are full, and gone, long before.
 */
final class Ticker {
  private static final long PULSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SLOW_PULSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /**
   * @param queue whose batch is open
   * @param dueNanos when its linger is over, or is looked at again
   */
  private record Watched(PartitionQueue queue, long dueNanos) {}

  private final Loop loop;
  private final Clock clock;
  private final Consumer<PartitionQueue> onRipe;
  private final Queue<PartitionQueue> opened = new ConcurrentLinkedQueue<>();
  private volatile boolean isTicking;
  private volatile long coarseMillis;

  // The loop's.
  private final PriorityQueue<Watched> watched =
      new PriorityQueue<>((one, other) -> Long.signum(one.dueNanos - other.dueNanos));

  Ticker(Loop loop, Clock clock, Consumer<PartitionQueue> onRipe) {
    this.loop = loop;
    this.clock = clock;
    this.onRipe = onRipe;
  }

  /** The time, a few milliseconds old at most. */
  long wallMillis() {
    return isTicking ? coarseMillis : clock.wallMillis();
  }

  /** A queue that is not watched has opened a batch. */
  void opened(PartitionQueue queue) {
    opened.add(queue);
    if (!isTicking) {
      try {
        loop.execute(this::start);
      } catch (RejectedExecutionException afterTheLastClose) {
        // Nobody waits for what is open: it was failed when the producer was closed.
      }
    }
  }

  private void start() {
    if (!isTicking) {
      coarseMillis = clock.wallMillis();
      isTicking = true;
      tick();
    }
  }

  private void tick() {
    long now = clock.nanoTime();
    coarseMillis = clock.wallMillis();
    boolean isBusy = takeOpened();
    for (Watched first = watched.peek();
        first != null && first.dueNanos - now <= 0;
        first = watched.peek()) {
      watched.remove();
      look(first.queue, now);
    }
    if (isBusy || !watched.isEmpty()) {
      loop.schedule(this::tick, isBusy ? PULSE_NANOS : pauseNanos(now));
      return;
    }
    isTicking = false;
    if (!opened.isEmpty()) { // came between the two looks, and saw a pulse
      start();
    }
  }

  private boolean takeOpened() {
    boolean isBusy = false;
    for (PartitionQueue queue = opened.poll(); queue != null; queue = opened.poll()) {
      watched.add(new Watched(queue, queue.lingerEndNanos()));
      isBusy = true;
    }
    return isBusy;
  }

  private void look(PartitionQueue queue, long nowNanos) {
    switch (queue.onDue(nowNanos)) {
      case LATER -> watched.add(new Watched(queue, queue.lingerEndNanos()));
      case RIPE -> onRipe.accept(queue);
      case NOTHING -> {}
    }
  }

  private long pauseNanos(long nowNanos) {
    Watched first = watched.peek();
    long leftNanos = first == null ? PULSE_NANOS : first.dueNanos - nowNanos;
    return Math.max(PULSE_NANOS, Math.min(leftNanos, SLOW_PULSE_NANOS));
  }
}
