package io.ottla.internal.cluster;

/**
 * The time that a request has.
 *
 * @param startNanos when it was made
 * @param deadlineNanos when it must have ended
 */
record Span(long startNanos, long deadlineNanos) {
  long lengthNanos() {
    return deadlineNanos - startNanos;
  }

  long leftNanos(long nowNanos) {
    return deadlineNanos - nowNanos;
  }
}
