package io.ottla.testkit.proxy;

/**
 * What is done to the bytes that go one way: all faults that last.
 *
 * @param isPaused nothing is read and nothing is written
 * @param isBlackHole what comes is read and dropped, the end included
 * @param delayNanos the time that each byte stays in the proxy at least
 * @param bytesPerSecond the rate, or 0 for no limit
 * @param fragmentBytes the most that is written at once, or 0 for no limit
 * @param fragmentGapNanos the least time between two writes, if they are limited
 */
record Shape(
    boolean isPaused,
    boolean isBlackHole,
    long delayNanos,
    long bytesPerSecond,
    int fragmentBytes,
    long fragmentGapNanos) {
  /** No fault. */
  static final Shape STRAIGHT = new Shape(false, false, 0, 0, 0, 0);

  Shape paused(boolean value) {
    return new Shape(
        value, isBlackHole, delayNanos, bytesPerSecond, fragmentBytes, fragmentGapNanos);
  }

  Shape blackHole() {
    return new Shape(isPaused, true, delayNanos, bytesPerSecond, fragmentBytes, fragmentGapNanos);
  }

  Shape delay(long nanos) {
    return new Shape(isPaused, isBlackHole, nanos, bytesPerSecond, fragmentBytes, fragmentGapNanos);
  }

  Shape throughput(long value) {
    return new Shape(isPaused, isBlackHole, delayNanos, value, fragmentBytes, fragmentGapNanos);
  }

  Shape fragment(int bytes, long gapNanos) {
    return new Shape(isPaused, isBlackHole, delayNanos, bytesPerSecond, bytes, gapNanos);
  }
}
