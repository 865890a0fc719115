package io.ottla.internal.producer;

/** Counts what is asked of one broker. On the loop. */
final class BrokerMeter {
  void onRequest(int batches, int bytes) {}

  void onResponse(long latencyNanos) {}

  void onFailure() {}
}
