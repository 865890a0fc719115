package io.ottla.testkit.proxy;

/**
 * How many bytes a rate allows. Counts from the moment at which bytes were ready to go; nothing is
 * saved up while none are, or while the receiver takes none.
 *
 * <p>Thread: the proxy's loop. Units: bytes, nanoseconds of the proxy's clock.
 */
final class Throttle {
  private static final long SECOND = 1_000_000_000L;
  private static final int SLICES_PER_SECOND = 200;

  private long bytesPerSecond;
  private long sinceNanos;
  private long sent;
  private boolean hasReady;

  /** Sets the rate; 0 for none. */
  void rate(long value, long nowNanos) {
    if (value != bytesPerSecond) {
      bytesPerSecond = value;
      restart(nowNanos);
    }
  }

  /** Forgets what could have been sent until now. */
  void restart(long nowNanos) {
    sinceNanos = nowNanos;
    sent = 0;
  }

  /** Says whether bytes are ready to go now. */
  void onReady(boolean ready, long nowNanos) {
    if (ready && !hasReady) {
      restart(nowNanos);
    }
    hasReady = ready;
  }

  void onSent(long bytes) {
    sent += bytes;
  }

  /** How many bytes may go now. */
  long allowed(long nowNanos) {
    if (bytesPerSecond == 0) {
      return Long.MAX_VALUE;
    }
    long elapsed = nowNanos - sinceNanos;
    return elapsed / SECOND * bytesPerSecond + elapsed % SECOND * bytesPerSecond / SECOND - sent;
  }

  /** When the next slice may go, or all that wait if that is less. */
  long nextDueNanos(int waiting) {
    long slice = Math.min(waiting, Math.max(1, bytesPerSecond / SLICES_PER_SECOND));
    long total = sent + slice;
    long rest = total % bytesPerSecond * SECOND;
    return sinceNanos
        + total / bytesPerSecond * SECOND
        + rest / bytesPerSecond
        + (rest % bytesPerSecond == 0 ? 0 : 1);
  }
}
