package io.ottla.internal.producer;

import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;
import io.ottla.internal.runtime.LoopConfined;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Which lane is to be looked at next for batches whose time is over.
 *
 * <p>A lane stands here once, from its first batch on, and leaves when it is looked at and found
 * empty: nothing is done per batch, and nobody goes over all lanes.
 */
@LoopConfined
final class Deadlines {
  private static final class Entry {
    final Lane lane;
    final long dueNanos;

    Entry(Lane lane, long dueNanos) {
      this.lane = lane;
      this.dueNanos = dueNanos;
    }
  }

  private final Loop loop;
  private final Clock clock;
  private final PriorityQueue<Entry> entries;
  private Loop.@Nullable Delayed timer;
  private long timerNanos; // only while there is a timer

  Deadlines(Loop loop, Clock clock) {
    this.loop = loop;
    this.clock = clock;
    long originNanos = clock.nanoTime();
    entries = new PriorityQueue<>(Comparator.comparingLong(entry -> entry.dueNanos - originNanos));
  }

  /** Looks at a lane then; {@link Lane#onDeadline} is called once. */
  void add(Lane lane, long dueNanos) {
    entries.add(new Entry(lane, dueNanos));
    arm();
  }

  private void arm() {
    Entry first = entries.peek();
    if (first == null || (timer != null && timerNanos - first.dueNanos <= 0)) {
      return;
    }
    if (timer != null) {
      timer.cancel();
    }
    timerNanos = first.dueNanos;
    timer = loop.schedule(this::onTimer, first.dueNanos - clock.nanoTime());
  }

  private void onTimer() {
    timer = null;
    long nowNanos = clock.nanoTime();
    for (Entry first = entries.peek();
        first != null && nowNanos - first.dueNanos >= 0;
        first = entries.peek()) {
      entries.remove();
      first.lane.onDeadline(nowNanos);
    }
    arm();
  }

  void close() {
    entries.clear();
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
