package io.ottla.internal.cluster.metadata;

import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** What is known of a cluster, and the asking for it. */
public final class Metadata implements AutoCloseable {
  private volatile ClusterView view = ClusterView.empty();

  public Metadata(
      MetadataSource source,
      MetadataSettings settings,
      Loop loop,
      Clock clock,
      RandomGenerator jitter,
      String clientId) {}

  public ClusterView view() {
    return view;
  }

  public CompletableFuture<ClusterView> topics(Collection<String> names, long deadlineNanos) {
    return new CompletableFuture<>();
  }

  public CompletableFuture<ClusterView> leader(String topic, int partition, long deadlineNanos) {
    return new CompletableFuture<>();
  }

  public CompletableFuture<ClusterView> brokers(long deadlineNanos) {
    return new CompletableFuture<>();
  }

  public CompletableFuture<ClusterView> controller(long deadlineNanos) {
    return new CompletableFuture<>();
  }

  public CompletableFuture<ClusterView> refresh(Collection<String> names, long deadlineNanos) {
    return new CompletableFuture<>();
  }

  public CompletableFuture<ClusterView> allTopics(long deadlineNanos) {
    return new CompletableFuture<>();
  }

  public void complain(String topic, int partition, long generationSeen, String why) {}

  public void complainController(long generationSeen, String why) {}

  public void hint(LeaderHints hints) {}

  public void forget(String topic) {}

  public void rebootstrap(String why) {}

  public void onChange(MetadataListener listener) {}

  @Override
  public void close() {}
}
