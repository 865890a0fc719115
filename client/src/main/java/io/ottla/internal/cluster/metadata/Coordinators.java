package io.ottla.internal.cluster.metadata;

import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** Who coordinates groups and transactions, and the asking for it. */
public final class Coordinators implements AutoCloseable {
  public Coordinators(
      CoordinatorSource source,
      MetadataSettings settings,
      Loop loop,
      Clock clock,
      RandomGenerator jitter,
      String clientId) {}

  public CompletableFuture<Coordinator> find(CoordinatorType type, String key, long deadlineNanos) {
    return new CompletableFuture<>();
  }

  public void complain(CoordinatorType type, String key, long generationSeen, String why) {}

  public void brokerGone(int brokerId, String why) {}

  @Override
  public void close() {}
}
