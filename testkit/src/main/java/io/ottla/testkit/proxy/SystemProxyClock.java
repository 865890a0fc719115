package io.ottla.testkit.proxy;

/** The time of this machine. */
enum SystemProxyClock implements ProxyClock {
  INSTANCE;

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }
}
