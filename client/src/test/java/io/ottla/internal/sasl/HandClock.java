package io.ottla.internal.sasl;

import io.ottla.internal.runtime.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is moved. */
public final class HandClock implements Clock {
  private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);

  @Override
  public long nanoTime() {
    return millis.get() * 1_000_000;
  }

  @Override
  public long wallMillis() {
    return millis.get();
  }

  /** Moves it on. */
  public void pass(long moreMillis) {
    millis.addAndGet(moreMillis);
  }
}
