package io.ottla.testkit.proxy;

import org.jspecify.annotations.Nullable;

/** Counts a {@link Flow}, and with it the flow of all connections. Thread: the proxy's loop. */
final class FlowCount {
  private final @Nullable FlowCount total;
  private long received;
  private long passed;
  private long discarded;
  private long writes;

  /**
   * @param total counts the same things, and others; null for the one that is the total
   */
  FlowCount(@Nullable FlowCount total) {
    this.total = total;
  }

  void onReceived(long bytes) {
    received += bytes;
    if (total != null) {
      total.onReceived(bytes);
    }
  }

  void onPassed(long bytes) {
    passed += bytes;
    writes++;
    if (total != null) {
      total.onPassed(bytes);
    }
  }

  void onDiscarded(long bytes) {
    discarded += bytes;
    if (total != null) {
      total.onDiscarded(bytes);
    }
  }

  long received() {
    return received;
  }

  long passed() {
    return passed;
  }

  Flow snapshot() {
    return new Flow(received, passed, discarded, writes);
  }
}
