package io.ottla.internal.cluster;

import io.ottla.Route;
import io.ottla.internal.cluster.metadata.BrokerNode;
import io.ottla.internal.cluster.metadata.Metadata;
import io.ottla.internal.runtime.Backoff;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a producer or consumer stands on: one cluster, its loop, and links of its own to brokers.
 *
 * <p>Thread: {@link #loop}, {@link #clock}, {@link #metadata}, {@link #request} any; the rest the
 * loop.
 */
public interface ClusterFloor {
  /** The client's name, for logs. */
  String clientId();

  /** The loop on which everything of the producer or consumer lives. */
  Loop loop();

  /** The time. */
  Clock clock();

  /** What is known of the cluster. */
  Metadata metadata();

  /** The pauses between attempts. */
  Backoff backoff();

  /** Where work is done that takes time and never waits: compression. Any thread. */
  Executor sealers();

  /** Where what waits, and users' code, runs. Any thread. */
  Executor callbacks();

  /** The way to a broker; null after the end. */
  @Nullable BrokerChannel channel(BrokerNode broker);

  /** Sends any request, to whomever it belongs; the future completes on the loop. */
  <R extends ResponseMessage> CompletableFuture<R> request(
      RequestMessage<R> request, Route route, Duration timeout);
}
