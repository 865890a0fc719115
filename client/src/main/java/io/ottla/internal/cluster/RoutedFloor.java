package io.ottla.internal.cluster;

import io.ottla.Route;
import io.ottla.error.OttlaException;
import io.ottla.internal.cluster.metadata.BrokerNode;
import io.ottla.internal.cluster.metadata.ClusterView;
import io.ottla.internal.cluster.metadata.Metadata;
import io.ottla.internal.cluster.route.Use;
import io.ottla.internal.net.BrokerLink;
import io.ottla.internal.net.ConnectionSettings;
import io.ottla.internal.runtime.Backoff;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;
import io.ottla.internal.runtime.SharedRuntime;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a producer or consumer stands on, over a {@link RoutedCluster}.
 *
 * <p>Plain-text links of its own live on the cluster's loop, where their answers are wanted; links
 * that encrypt live on loops in turn, so that the work of several brokers' is spread.
 *
 * <p>Owns: its links, if it has its own; a lease of the loops. Thread: any, but for {@link
 * #channel}, which is the loop's. Always: its loop lives until it is closed, also if the cluster is
 * closed before.
 */
public final class RoutedFloor implements ClusterFloor {
  /** How requests find their way. */
  interface Roads {
    <R extends ResponseMessage> void travel(
        RequestMessage<R> request, Route route, Duration timeout, Consumer<Outcome<R>> onEnd);
  }

  private final String clientId;
  private final Clock clock;
  private final Surroundings around;
  private final Roads roads;
  private final SharedRuntime.Lease runtime;
  private final @Nullable OwnLinks own; // null: the cluster's
  private final Channel.Links links;
  private final Runnable stopListening;

  // On the loop.
  private final Map<Integer, Channel> channels = new HashMap<>();
  private boolean isClosed;

  /**
   * @param settings of links of its own; null to share the cluster's
   * @param runtime a lease of its own
   */
  RoutedFloor(
      String clientId,
      Surroundings around,
      Roads roads,
      @Nullable ConnectionSettings settings,
      SharedRuntime.Lease runtime) {
    this.clientId = clientId;
    this.around = around;
    this.roads = roads;
    this.runtime = runtime;
    clock = around.clock();
    own = settings == null ? null : ownLinks(settings);
    links = own == null ? new Shared() : own;
    stopListening = around.metadata().onChange((now, changes) -> onView(now));
  }

  private OwnLinks ownLinks(ConnectionSettings settings) {
    return new OwnLinks(
        endpoint ->
            settings.tls() == null
                ? new BrokerLink(endpoint, settings, clock, runtime, around.loop())
                : new BrokerLink(endpoint, settings, clock, runtime),
        around.loop(),
        clock);
  }

  /** Those of the cluster, which sees to them. */
  private final class Shared implements Channel.Links {
    @Override
    public @Nullable PooledLink open(BrokerNode broker) {
      return around.pool().link(broker, Use.PRODUCE);
    }

    @Override
    public void close(PooledLink link) {}
  }

  private void onView(ClusterView now) {
    for (Channel channel : channels.values()) {
      BrokerNode broker = now.broker(channel.brokerId());
      if (broker != null) {
        channel.onBroker(broker);
      } else if (now.hasBrokers()) {
        channel.onBrokerGone();
      }
    }
  }

  @Override
  public Executor callbacks() {
    return runtime.callbacks();
  }

  @Override
  public Executor sealers() {
    return runtime.sealers();
  }

  @Override
  public String clientId() {
    return clientId;
  }

  @Override
  public Loop loop() {
    return around.loop();
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Metadata metadata() {
    return around.metadata();
  }

  @Override
  public Backoff backoff() {
    return around.settings().backoff();
  }

  @Override
  public @Nullable BrokerChannel channel(BrokerNode broker) {
    assert around.loop().inLoop();
    if (isClosed) {
      return null;
    }
    Channel channel =
        channels.computeIfAbsent(broker.id(), same -> new Channel(broker, links, around.loop()));
    channel.onBroker(broker);
    return channel;
  }

  @Override
  public <R extends ResponseMessage> CompletableFuture<R> request(
      RequestMessage<R> request, Route route, Duration timeout) {
    CompletableFuture<R> result = new CompletableFuture<>();
    roads.travel(
        request, route, timeout, outcome -> Loops.run(around.loop(), () -> end(result, outcome)));
    return result;
  }

  private static <R extends ResponseMessage> void end(
      CompletableFuture<R> result, Outcome<R> outcome) {
    R response = outcome.response();
    if (response != null) {
      result.complete(response);
    } else {
      OttlaException failure = Objects.requireNonNull(outcome.failure());
      result.completeExceptionally(failure);
    }
  }

  /**
   * Closes the links of its own, and sends nothing more.
   *
   * @param timeout how long requests under way may take
   * @return completes when that is done; on some loop
   */
  public CompletableFuture<Void> close(Duration timeout) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    stopListening.run();
    try {
      around.loop().execute(() -> close(timeout, end));
    } catch (RejectedExecutionException loopIsGone) {
      end.complete(null);
    }
    return end;
  }

  private void close(Duration timeout, CompletableFuture<Void> end) {
    isClosed = true;
    CompletableFuture<Void> last =
        own == null ? CompletableFuture.completedFuture(null) : own.close(timeout);
    CompletableFuture<Void> unused =
        last.whenComplete(
            (done, failure) -> {
              runtime.close();
              end.complete(null);
            });
  }
}
