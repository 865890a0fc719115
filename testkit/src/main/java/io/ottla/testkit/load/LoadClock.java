package io.ottla.testkit.load;

import java.util.concurrent.locks.LockSupport;

/** The time of a run, in nanoseconds from some moment. Thread: any. */
interface LoadClock {
  long nanos();

  /** Waits until then, or until the thread is interrupted, or a little less long. */
  void sleepUntil(long nanos);

  static LoadClock system() {
    return new LoadClock() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void sleepUntil(long nanos) {
        LockSupport.parkNanos(nanos - System.nanoTime());
      }
    };
  }
}
