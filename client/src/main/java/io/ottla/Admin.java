package io.ottla;

import io.ottla.admin.ClusterDescription;
import io.ottla.admin.ConfigAdmin;
import io.ottla.admin.GroupAdmin;
import io.ottla.admin.OffsetAdmin;
import io.ottla.admin.TopicAdmin;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Administration of a cluster: what people do with {@code kafka-topics} and its kin, typed.
 *
 * <p>Thread-safe; no method but {@link #close()} waits. Futures complete on Ottla's callback
 * threads and fail with an {@link io.ottla.error.OttlaException} that says what was tried, where,
 * what the broker answered, and what to do. Each call ends within the cluster's call timeout, or
 * within that of {@link #within}.
 */
public interface Admin extends AutoCloseable {
  /** Topics. */
  TopicAdmin topics();

  /** Configurations. */
  ConfigAdmin configs();

  /** Where partitions begin and end. */
  OffsetAdmin offsets();

  /** Groups. */
  GroupAdmin groups();

  /** The cluster itself: its id, its brokers, its features. */
  CompletableFuture<ClusterDescription> describeCluster();

  /**
   * The same administration with another time for each call; closing either closes both.
   *
   * @param timeout for all attempts of a call, and for what it waits for
   */
  Admin within(Duration timeout);

  /** What it stands on, for any request that has no method here. Closed together with it. */
  Cluster cluster();

  /** Closes the cluster; waits for calls under way. */
  @Override
  void close();

  /** Closes the cluster; waits for calls under way as long as given. */
  void close(Duration timeout);
}
