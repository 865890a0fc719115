package io.ottla.internal.producer;

import io.ottla.stats.BrokerStats;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what is asked of one broker.
 *
 * <p>Thread: the loop; {@link #stats} under the producer's meter's lock.
 */
final class BrokerMeter {
  private final int id;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong batches = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicInteger requestsInFlight = new AtomicInteger();
  private final AtomicInteger batchesInFlight = new AtomicInteger();
  private final Latency roundTrip = new Latency();
  private final Latency allRoundTrips;

  // Under the producer's meter's lock.
  private final Window.Rate requestRate = new Window.Rate();
  private final Window.Rate byteRate = new Window.Rate();

  /**
   * @param allRoundTrips those of all brokers together
   */
  BrokerMeter(int id, Latency allRoundTrips) {
    this.id = id;
    this.allRoundTrips = allRoundTrips;
  }

  /** A request was handed to its link. */
  void onRequest(int newBatches, int newBytes) {
    requests.incrementAndGet();
    batches.addAndGet(newBatches);
    bytes.addAndGet(newBytes);
    requestsInFlight.incrementAndGet();
    batchesInFlight.addAndGet(newBatches);
  }

  /** A request was answered; or, with acks=0, has left. */
  void onResponse(long latencyNanos) {
    roundTrip.record(latencyNanos, 1);
    allRoundTrips.record(latencyNanos, 1);
  }

  /** A request was not answered, or no connection could be opened. */
  void onFailure() {
    failures.incrementAndGet();
  }

  /** A request has ended, this way or that. */
  void onOver(int itsBatches) {
    requestsInFlight.decrementAndGet();
    batchesInFlight.addAndGet(-itsBatches);
  }

  /** In words. */
  BrokerStats stats(Window window) {
    return new BrokerStats(
        id,
        requests.get(),
        batches.get(),
        bytes.get(),
        failures.get(),
        requestsInFlight.get(),
        batchesInFlight.get(),
        requestRate.perSecond(window, requests.get()),
        byteRate.perSecond(window, bytes.get()),
        roundTrip.stats(window));
  }
}
