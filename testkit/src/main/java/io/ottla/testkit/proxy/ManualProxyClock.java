package io.ottla.testkit.proxy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A time that stands still until it is told to pass, so that a test can see the moment before a
 * delay is over, and the moment after.
 *
 * <p>Thread-safe.
 */
public final class ManualProxyClock implements ProxyClock {
  private final AtomicLong nanos = new AtomicLong();
  private final List<ProxyLoop> loops = new CopyOnWriteArrayList<>();

  ManualProxyClock() {}

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  /**
   * Lets time pass. When this returns, all that became due has been done, in the order in which it
   * was due: bytes lie in the receivers' sockets, as far as those had room, and the steps of
   * scripts are taken.
   *
   * @param by how much, not negative
   */
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("advance(" + by + "): time does not go back");
    }
    nanos.addAndGet(by.toNanos());
    loops.forEach(ProxyLoop::catchUp);
  }

  void attach(ProxyLoop loop) {
    loops.add(loop);
  }

  void detach(ProxyLoop loop) {
    loops.remove(loop);
  }
}
