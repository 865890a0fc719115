package io.ottla.internal.producer;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The partitions whose batches are being filled with records that may go anywhere: one at first,
 * and more, one per slot, when threads get in each other's way.
 *
 * <p>Thread: any. Not per thread, because virtual threads come and go.
 */
final class StickySlots {
  /** A slot each per cache line. */
  private static final int STRIDE = 16;

  private static final int CONTENTIONS_PER_SLOT = 64;
  private static final int TRIES = 4;

  private final AtomicIntegerArray slots;
  private final int mostSlots; // a power of two
  private volatile int activeSlots = 1; // a power of two; grows only
  private int contentions; // racy: an estimate

  StickySlots(int partitions, int processors) {
    mostSlots = Integer.highestOneBit(Math.max(1, Math.min(partitions, processors)));
    slots = new AtomicIntegerArray(mostSlots * STRIDE);
    for (int slot = 0; slot < mostSlots; slot++) {
      slots.set(slot * STRIDE, ThreadLocalRandom.current().nextInt(partitions));
    }
  }

  /** The slot of the calling thread. */
  int slot() {
    int active = activeSlots;
    return active == 1 ? 0 : spread(Thread.currentThread()) & (active - 1);
  }

  private static int spread(Thread thread) {
    int hash = System.identityHashCode(thread) * 0x9E3779B9;
    return hash >>> 16;
  }

  /** Where a slot's records go. */
  int partition(int slot) {
    return slots.get(slot * STRIDE);
  }

  /** A thread had to wait for another one. */
  void onContention() {
    if (activeSlots < mostSlots && ++contentions > CONTENTIONS_PER_SLOT) {
      contentions = 0;
      activeSlots = Math.min(mostSlots, 2 * activeSlots);
    }
  }

  /**
   * The batch of a slot is over: chooses where its next one is. Of two partitions at random the one
   * that has less to send, which in the long run loads each as much as it can take.
   *
   * @param from where it was
   * @param queues all partitions
   */
  int next(int slot, int from, PartitionQueue[] queues) {
    int chosen = choose(from, queues);
    slots.compareAndSet(slot * STRIDE, from, chosen);
    return chosen;
  }

  private static int choose(int from, PartitionQueue[] queues) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int best = -1;
    for (int i = 0; i < TRIES && !(i >= 2 && best >= 0); i++) {
      int candidate = random.nextInt(queues.length);
      if (!queues[candidate].isFailing() && (best < 0 || isBetter(queues, candidate, best, from))) {
        best = candidate;
      }
    }
    return best >= 0 ? best : firstHealthy(random.nextInt(queues.length), queues);
  }

  private static boolean isBetter(PartitionQueue[] queues, int one, int other, int from) {
    int difference = queues[one].backlog() - queues[other].backlog();
    return difference < 0 || (difference == 0 && other == from);
  }

  private static int firstHealthy(int start, PartitionQueue[] queues) {
    for (int i = 0; i < queues.length; i++) {
      int candidate = (start + i) % queues.length;
      if (!queues[candidate].isFailing()) {
        return candidate;
      }
    }
    return start;
  }
}
