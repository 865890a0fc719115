package io.ottla.cli.terminal;

/** How far something has come, as a line of text. Thread: one at a time. */
@FunctionalInterface
public interface ProgressLine {
  /**
   * The line for now.
   *
   * @param nowNanos the time, from some moment on
   */
  String line(long nowNanos, Look look);
}
