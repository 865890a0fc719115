package io.ottla.internal.runtime;

/** The time. Handed to whoever needs it, so that a test can hold it still. */
public interface Clock {
  /** Nanoseconds since some moment; only differences mean something. */
  long nanoTime();

  /** Milliseconds since 1970. */
  long wallMillis();

  /** The time of this machine. */
  static Clock system() {
    return SystemClock.INSTANCE;
  }
}
