package io.ottla.testkit.proxy;

/** The time that delays, rates and scripts of a proxy go by. */
public sealed interface ProxyClock permits ManualProxyClock, SystemProxyClock {
  /** Nanoseconds since some moment; only differences mean something. */
  long nanoTime();

  /** The time of this machine. */
  static ProxyClock system() {
    return SystemProxyClock.INSTANCE;
  }

  /** A time of its own that stands still until it is told to pass. */
  static ManualProxyClock manual() {
    return new ManualProxyClock();
  }
}
