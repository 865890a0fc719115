package io.ottla.internal.producer;

import io.ottla.stats.BatchStats;
import io.ottla.stats.RecordCounts;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * One number for each {@link Count}. Thread: any, without locks; a reader may see a later state of
 * one number than of another.
 */
@SuppressWarnings("EnumOrdinal") // the numbers lie in an array, by constant
final class Counts {
  private static final Count[] ALL = Count.values();

  private final AtomicLongArray numbers = new AtomicLongArray(ALL.length);

  void add(Count what, long more) {
    if (more != 0) {
      numbers.getAndAdd(what.ordinal(), more);
    }
  }

  /** For what counts by its largest. */
  void raise(Count what, long value) {
    int index = what.ordinal();
    for (long now = numbers.get(index); value > now; now = numbers.get(index)) {
      if (numbers.compareAndSet(index, now, value)) {
        return;
      }
    }
  }

  /** The numbers of now. */
  Sum sum() {
    Sum sum = new Sum();
    sum.add(this);
    return sum;
  }

  /** Counts of several, added up. Thread: one. */
  static final class Sum {
    private final long[] numbers = new long[ALL.length];

    void add(Counts counts) {
      for (Count what : ALL) {
        add(what, counts.numbers.get(what.ordinal()));
      }
    }

    void add(Sum other) {
      for (Count what : ALL) {
        add(what, other.of(what));
      }
    }

    private void add(Count what, long more) {
      int index = what.ordinal();
      numbers[index] = what.isLargest ? Math.max(numbers[index], more) : numbers[index] + more;
    }

    long of(Count what) {
      return numbers[what.ordinal()];
    }

    RecordCounts records() {
      return new RecordCounts(
          of(Count.DELIVERED),
          of(Count.FAILED),
          of(Count.RETRIED),
          of(Count.REFUSED),
          of(Count.DROPPED),
          of(Count.DIVERTED));
    }

    BatchStats batches() {
      return new BatchStats(
          of(Count.SEALED_BATCHES),
          of(Count.SEALED_RECORDS),
          of(Count.RAW_BYTES),
          of(Count.SEALED_BYTES),
          of(Count.LARGEST_BYTES));
    }
  }
}
