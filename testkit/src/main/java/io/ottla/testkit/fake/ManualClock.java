package io.ottla.testkit.fake;

import io.ottla.testkit.internal.loop.Loop;
import io.ottla.testkit.internal.loop.ManualTime;
import java.time.Duration;
import java.time.Instant;

/**
 * The clock of a fake cluster whose time a test moves. Until then nothing expires, and no long poll
 * ends because it waited long enough: sessions, fetches, delays, throttles, producer ids. Clients
 * have clocks of their own, which it does not move.
 *
 * <p>Thread-safe.
 */
public final class ManualClock {
  private final Loop loop;
  private final ManualTime time;

  ManualClock(Loop loop, ManualTime time) {
    this.loop = loop;
    this.time = time;
  }

  /**
   * What time it is in the cluster.
   *
   * @return in whole milliseconds; at first the time at which the cluster started
   */
  public Instant now() {
    return Instant.ofEpochMilli(time.millis());
  }

  /**
   * Lets time pass. What becomes due meanwhile happens at its own time, and has happened when this
   * returns; answers that follow from it are on their way.
   *
   * @param by how much, at least a millisecond
   */
  public void advance(Duration by) {
    if (by.toMillis() < 1) {
      throw new IllegalArgumentException("time passes forward, not by " + by);
    }
    loop.advance(time, by);
  }

  @Override
  public String toString() {
    return "manual clock at " + now();
  }
}
