package io.ottla.testkit.internal.loop;

/**
 * Time that stands still until it is moved. Thread: moved on the loop, read on any.
 *
 * <p>Always: what is due is run by {@link Loop#advance}, which is the only one to move it.
 */
public final class ManualTime implements Clock {
  private volatile long millis;

  /**
   * @param startMillis what time it is first
   */
  public ManualTime(long startMillis) {
    millis = startMillis;
  }

  @Override
  public long millis() {
    return millis;
  }

  void moveTo(long newMillis) {
    if (newMillis < millis) {
      throw new IllegalArgumentException("time does not go back");
    }
    millis = newMillis;
  }
}
