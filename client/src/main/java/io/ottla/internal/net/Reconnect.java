package io.ottla.internal.net;

import java.time.Duration;

/**
 * How a link waits after attempts that failed, and how many it lets a call see. Durations in
 * nanoseconds.
 *
 * @param firstNanos the wait after the first failure; each further one doubles it
 * @param mostNanos the longest wait
 * @param jitter the share by which a wait is longer or shorter at random, 0 to 1
 * @param retries how many failed attempts a waiting call outlives; −1 for all, to its deadline
 */
public record Reconnect(long firstNanos, long mostNanos, double jitter, int retries) {
  /** As many as there are, to the deadline. */
  public static final int UNLIMITED = -1;

  /** Of a single broker: 50 ms to 1 s, a fifth more or less, and a call sees the first failure. */
  public static final Reconnect DEFAULT =
      backoff(Duration.ofMillis(50), Duration.ofSeconds(1), 0.2, 0);

  /** Rejects what makes no sense; users' values are checked where they are given. */
  public Reconnect {
    if (firstNanos < 0 || mostNanos < firstNanos || retries < UNLIMITED) {
      throw new IllegalArgumentException(
          "back-off of " + firstNanos + " to " + mostNanos + " ns, " + retries + " retries");
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("a jitter of " + jitter + " is not in 0 to 1");
    }
  }

  /** Waits that grow. */
  public static Reconnect backoff(Duration first, Duration most, double jitter, int retries) {
    return new Reconnect(first.toNanos(), most.toNanos(), jitter, retries);
  }

  /** The same wait each time. */
  public static Reconnect every(Duration interval, int retries) {
    return new Reconnect(interval.toNanos(), interval.toNanos(), 0, retries);
  }
}
