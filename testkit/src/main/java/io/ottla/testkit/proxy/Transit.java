package io.ottla.testkit.proxy;

import java.util.ArrayDeque;

/**
 * When bytes on their way through may go on, if they are delayed.
 *
 * <p>Thread: the proxy's loop. Always: what came first goes first, whatever the delay became since.
 * Units: positions in bytes since the connection began, times in nanoseconds of the proxy's clock.
 */
final class Transit {
  private record Mark(long end, long dueNanos) {}

  private final ArrayDeque<Mark> marks = new ArrayDeque<>();
  private long free;

  /** Notes that all up to a position has come, and may go on then. */
  void onArrival(long end, long nowNanos, long delayNanos) {
    Mark last = marks.peekLast();
    if (last == null && delayNanos == 0) {
      free = end;
      return;
    }
    long due = nowNanos + delayNanos;
    if (last != null && due <= last.dueNanos) {
      marks.removeLast();
      due = last.dueNanos;
    }
    marks.addLast(new Mark(end, due));
  }

  /** Up to which position bytes may go on now. */
  long free(long nowNanos) {
    Mark first = marks.peekFirst();
    while (first != null && first.dueNanos <= nowNanos) {
      free = first.end;
      marks.removeFirst();
      first = marks.peekFirst();
    }
    return free;
  }

  /** When more may go on; only while something waits. */
  long nextDueNanos() {
    return marks.getFirst().dueNanos;
  }

  boolean isEmpty() {
    return marks.isEmpty();
  }

  /** Lets all go on now. */
  void release() {
    if (!marks.isEmpty()) {
      free = marks.getLast().end;
      marks.clear();
    }
  }
}
