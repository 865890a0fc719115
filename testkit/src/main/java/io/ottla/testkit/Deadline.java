package io.ottla.testkit;

import java.time.Duration;

/** A time that something may take, from now. */
final class Deadline {
  private final long startNanos = System.nanoTime();
  private final Duration patience;

  private Deadline(Duration patience) {
    this.patience = patience;
  }

  static Deadline in(Duration patience) {
    return new Deadline(patience);
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /** Never negative. */
  Duration left() {
    Duration left = patience.minus(elapsed());
    return left.isNegative() ? Duration.ZERO : left;
  }

  boolean isOver() {
    return left().isZero();
  }

  /** The time elapsed as a person reads it: {@code 1.3 s}. */
  String elapsedText() {
    return "%d.%d s".formatted(elapsed().toSeconds(), elapsed().toMillisPart() / 100);
  }
}
