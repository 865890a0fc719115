package io.ottla.cli.produce;

import org.jspecify.annotations.Nullable;

/**
 * How much is under way and what became of the rest; where the appending thread waits for room.
 *
 * <p>Thread-safe.
 */
final class Ledger {
  private final int maxBufferedBytes;

  // All guarded by this.
  private int bufferedBytes;
  private long delivered;
  private long failed;
  private long unknown;
  private @Nullable String why;

  Ledger(int maxBufferedBytes) {
    this.maxBufferedBytes = maxBufferedBytes;
  }

  /** Waits until the bytes fit in; what is larger than all room goes when it is empty. */
  synchronized void take(int bytes) throws InterruptedException, WriteFailedException {
    while (why == null && bufferedBytes > 0 && bufferedBytes + bytes > maxBufferedBytes) {
      wait();
    }
    checkNoFailure();
    bufferedBytes += bytes;
  }

  synchronized void checkNoFailure() throws WriteFailedException {
    if (why != null) {
      throw new WriteFailedException(why);
    }
  }

  synchronized void delivered(int records, int bytes) {
    delivered += records;
    give(bytes);
  }

  /** Counts records that were never under way, so that no room is held for them. */
  synchronized void failedEarly(int records, String reason) {
    failed(records, 0, false, reason);
  }

  synchronized void failed(int records, int bytes, boolean mayHaveArrived, String reason) {
    failed += records;
    unknown += mayHaveArrived ? records : 0;
    if (why == null) {
      why = reason;
    }
    give(bytes);
  }

  synchronized long delivered() {
    return delivered;
  }

  /** Waits until nothing is under way; not longer than the given time. */
  synchronized WriteReport awaitEnd(long timeoutMs) throws InterruptedException {
    long deadline = System.nanoTime() + timeoutMs * 1_000_000;
    long leftMs = timeoutMs;
    while (bufferedBytes > 0 && leftMs > 0) {
      wait(leftMs);
      leftMs = (deadline - System.nanoTime()) / 1_000_000;
    }
    return new WriteReport(delivered, failed, unknown, why);
  }

  private void give(int bytes) {
    bufferedBytes -= bytes;
    notifyAll();
  }
}
