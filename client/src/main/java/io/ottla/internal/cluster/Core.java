package io.ottla.internal.cluster;

import io.ottla.ClusterOptions;
import io.ottla.config.HostPort;
import io.ottla.error.ClosedException;
import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.cluster.metadata.BrokerNode;
import io.ottla.internal.cluster.metadata.ClusterView;
import io.ottla.internal.cluster.metadata.Coordinators;
import io.ottla.internal.cluster.metadata.Metadata;
import io.ottla.internal.cluster.metadata.MetadataSettings;
import io.ottla.internal.cluster.route.Split;
import io.ottla.internal.cluster.route.Use;
import io.ottla.internal.net.BrokerLink;
import io.ottla.internal.net.ConnectionSettings;
import io.ottla.internal.net.Endpoint;
import io.ottla.internal.net.PeerVersions;
import io.ottla.internal.net.Reconnect;
import io.ottla.internal.runtime.Backoff;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.internal.runtime.SharedRuntime;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What of a cluster lives on its loop: the requests under way, and what they stand on.
 *
 * <p>Owns: journeys, pool, metadata, coordinators. Thread: the loop, but for the constructor and
 * what hands out its parts. Always: after {@link #close} no journey begins, and its future
 * completes when nothing is under way and no link is left.
 */
@LoopConfined
final class Core {
  private final Surroundings around;
  private final Set<Journey<?, ?, ?>> journeys = new LinkedHashSet<>();
  private final List<Loop.Delayed> timers = new ArrayList<>();
  private @Nullable CompletableFuture<Void> closing; // once it is
  private boolean isEnding; // nothing is under way any more

  Core(ClusterOptions options, RoutedCluster.Ground ground) {
    Clock clock = ground.clock();
    SharedRuntime.Lease lease = ground.runtime();
    ConnectionSettings settings = ground.settings();
    Loop loop = lease.loop();
    Random random = new Random();
    String clientId = options.clientId();
    ConnectionSettings each = each(settings);
    BrokerPool pool =
        new BrokerPool(
            endpoint -> new BrokerLink(endpoint, each, clock, lease),
            clientId,
            loop,
            clock,
            options.requestTimeout(),
            2 * options.idleTimeout().toNanos());
    AnyBroker any = new AnyBroker(endpoints(options), clientId, pool, this::view, clock);
    MetadataSettings asking = metadataSettings(options);
    Metadata metadata = new Metadata(any, asking, loop, clock, random, clientId);
    Coordinators coordinators = new Coordinators(any, asking, loop, clock, random, clientId);
    Backoff backoff =
        new Backoff(options.retryBackoff().toNanos(), options.retryBackoffMost().toNanos(), random);
    RoutingSettings routing =
        new RoutingSettings(
            clientId, options.requestTimeout().toNanos(), backoff, options.retries());
    around = new Surroundings(loop, clock, metadata, coordinators, pool, any, routing);
    metadata.onChange(
        (now, changes) -> {
          pool.onView(now);
          any.onView(now);
        });
  }

  /** A call sees each failed attempt: who is asked next is decided here, not by the link. */
  static ConnectionSettings each(ConnectionSettings settings) {
    Reconnect usual = settings.reconnect();
    return settings.with(new Reconnect(usual.firstNanos(), usual.mostNanos(), usual.jitter(), 0));
  }

  private static List<Endpoint> endpoints(ClusterOptions options) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (HostPort server : options.bootstrapServers()) {
      endpoints.add(new Endpoint(server.host(), server.port()));
    }
    return List.copyOf(endpoints);
  }

  private static MetadataSettings metadataSettings(ClusterOptions options) {
    MetadataSettings usual = MetadataSettings.defaults();
    return new MetadataSettings(
        options.metadataMaxAge().toNanos(),
        options.metadataMaxIdle().toNanos(),
        options.retryBackoff().toNanos(),
        options.retryBackoffMost().toNanos(),
        Math.min(usual.attemptTimeoutNanos(), options.requestTimeout().toNanos()),
        options.unknownTopicAfter().toNanos(),
        options.rebootstrapAfter().toNanos(),
        options.createsTopics());
  }

  Surroundings around() {
    return around;
  }

  /** What a broker takes; connects to it if need be. */
  CompletableFuture<PeerVersions> versions(int brokerId, long deadlineNanos) {
    assert around.loop().inLoop();
    CompletableFuture<PeerVersions> result = new CompletableFuture<>();
    CompletableFuture<ClusterView> unused =
        around
            .metadata()
            .brokers(deadlineNanos)
            .whenComplete(
                (view, failure) ->
                    Loops.run(
                        around.loop(),
                        () -> {
                          if (failure != null) {
                            result.completeExceptionally(failure);
                          } else {
                            versions(brokerId, view, result);
                          }
                        }));
    return result;
  }

  private void versions(int brokerId, ClusterView view, CompletableFuture<PeerVersions> result) {
    BrokerNode broker = view.broker(brokerId);
    PooledLink link = broker == null ? null : around.pool().link(broker, Use.OTHER);
    if (link == null) {
      result.completeExceptionally(broker == null ? Brokers.unknown(brokerId, view) : refusal());
      return;
    }
    link.versions(
        (versions, failure) -> {
          if (versions != null) {
            result.complete(versions);
          } else {
            result.completeExceptionally(failure == null ? refusal() : failure);
          }
        });
  }

  private ClusterView view() {
    return around.metadata().view();
  }

  <R extends ResponseMessage, P, A> void travel(
      RequestMessage<R> request,
      Split<RequestMessage<R>, R, P, A> split,
      boolean isRepeatable,
      Span span,
      Consumer<Outcome<R>> onEnd) {
    assert around.loop().inLoop();
    if (closing != null) {
      onEnd.accept(new Outcome<>(null, refusal(), List.of()));
      return;
    }
    Travelling<R, P, A> travelling = new Travelling<>();
    Journey<R, P, A> journey =
        new Journey<>(
            around,
            request,
            split,
            isRepeatable,
            span,
            outcome -> {
              journeys.remove(travelling.journey);
              onEnd.accept(outcome);
              endIfIdle();
            });
    travelling.journey = journey;
    journeys.add(journey);
    try {
      journey.start();
    } catch (RuntimeException unreadable) {
      journey.abandon(
          new RefusedException(
              request.apiKey() + " not sent: it cannot be taken apart: " + unreadable,
              SendOutcome.NOT_SENT,
              unreadable));
    }
  }

  /** A journey that its own end has to find. */
  private static final class Travelling<R extends ResponseMessage, P, A> {
    @Nullable Journey<R, P, A> journey;
  }

  boolean isClosed() {
    return closing != null;
  }

  static OttlaException refusal() {
    return new ClosedException("it was not sent: the client is closed", SendOutcome.NOT_SENT);
  }

  /**
   * Lets nobody begin; ends what is under way after the given time. May be called again; the
   * earliest end counts.
   *
   * @return completes on the loop or a link's when nothing is left
   */
  CompletableFuture<Void> close(Duration timeout) {
    assert around.loop().inLoop();
    if (closing == null) {
      closing = new CompletableFuture<>();
    }
    CompletableFuture<Void> end = closing;
    if (timeout.isZero() || timeout.isNegative()) {
      hurry();
    } else {
      timers.add(around.loop().schedule(this::hurry, timeout.toNanos()));
    }
    endIfIdle();
    return end;
  }

  /** The time to close is over: what is left ends now. */
  private void hurry() {
    OttlaException why =
        new ClosedException("it did not end before the client was closed", SendOutcome.NOT_SENT);
    List.copyOf(journeys).forEach(journey -> journey.close(why));
    CompletableFuture<Void> unused = around.pool().close(Duration.ZERO);
  }

  private void endIfIdle() {
    CompletableFuture<Void> end = closing;
    if (end == null || !journeys.isEmpty() || isEnding) {
      return;
    }
    isEnding = true;
    timers.forEach(Loop.Delayed::cancel);
    timers.clear();
    around.metadata().close();
    around.coordinators().close();
    CompletableFuture<Void> unused =
        around.pool().close(Duration.ZERO).whenComplete((done, failure) -> end.complete(null));
  }
}
