package io.ottla.internal.cluster;

import io.ottla.BrokerVersions;
import io.ottla.Cluster;
import io.ottla.ClusterBroker;
import io.ottla.ClusterOptions;
import io.ottla.PartitionLeader;
import io.ottla.RequestPart;
import io.ottla.Route;
import io.ottla.error.OttlaException;
import io.ottla.error.RetriableException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.cluster.metadata.BrokerNode;
import io.ottla.internal.cluster.metadata.CoordinatorType;
import io.ottla.internal.cluster.metadata.PartitionView;
import io.ottla.internal.cluster.metadata.TopicView;
import io.ottla.internal.net.ConnectionSettings;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.SharedRuntime;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster out of a pool of links, metadata and the routing of requests. Turns the callers' calls
 * into tasks of the cluster's loop, and what comes of them into futures that complete on callback
 * threads.
 *
 * <p>Owns: all of that, and a lease of the process's loops until the last link is closed. Thread:
 * any.
 */
public final class RoutedCluster implements Cluster {
  private static final Logger log = LoggerFactory.getLogger(RoutedCluster.class);
  private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

  /**
   * What it stands on, and closes at the end.
   *
   * @param settings of its connections
   * @param clock the time
   * @param runtime its loops
   * @param onClosed called when no connection will be opened any more
   */
  public record Ground(
      ConnectionSettings settings, Clock clock, SharedRuntime.Lease runtime, Runnable onClosed) {}

  private final ClusterOptions options;
  private final Ground ground;
  private final Core core;

  private RoutedCluster(ClusterOptions options, Ground ground) {
    this.options = options;
    this.ground = ground;
    core = new Core(options, ground);
  }

  /** A cluster that connects when the first request needs it. */
  public static RoutedCluster open(ClusterOptions options, Ground ground) {
    log.info("[{}] cluster of {}", options.clientId(), options.bootstrapServers());
    options.notes().forEach(note -> log.info("[{}] {}", options.clientId(), note));
    return new RoutedCluster(options, ground);
  }

  @Override
  public <R extends ResponseMessage> CompletableFuture<R> request(RequestMessage<R> request) {
    return request(request, Route.byKind(), options.callTimeout());
  }

  @Override
  public <R extends ResponseMessage> CompletableFuture<R> request(
      RequestMessage<R> request, Route route, Duration timeout) {
    CompletableFuture<R> result = new CompletableFuture<>();
    travel(
        request,
        route,
        timeout,
        outcome -> {
          R response = outcome.response();
          if (response != null) {
            complete(() -> result.complete(response));
          } else {
            OttlaException failure = Objects.requireNonNull(outcome.failure());
            complete(() -> result.completeExceptionally(failure));
          }
        });
    return result;
  }

  @Override
  public <R extends ResponseMessage> CompletableFuture<List<RequestPart<R>>> requestParts(
      RequestMessage<R> request, Duration timeout) {
    CompletableFuture<List<RequestPart<R>>> result = new CompletableFuture<>();
    travel(
        request,
        Route.byKind(),
        timeout,
        outcome -> {
          OttlaException failure = outcome.failure();
          if (failure != null && outcome.parts().isEmpty()) {
            complete(() -> result.completeExceptionally(failure));
          } else {
            complete(() -> result.complete(outcome.parts()));
          }
        });
    return result;
  }

  private <R extends ResponseMessage> void travel(
      RequestMessage<R> request, Route route, Duration timeout, Consumer<Outcome<R>> onEnd) {
    long startNanos = ground.clock().nanoTime();
    Span span = new Span(startNanos, startNanos + positive(timeout).toNanos());
    Itinerary<R> itinerary;
    try {
      itinerary = Itinerary.of(request, route);
    } catch (OttlaException refused) {
      onEnd.accept(new Outcome<>(null, refused, List.of()));
      return;
    }
    onLoop(
        () -> core.travel(request, itinerary.split(), itinerary.isRepeatable(), span, onEnd),
        () -> onEnd.accept(new Outcome<>(null, Core.refusal(), List.of())));
  }

  private void onLoop(Runnable task, Runnable otherwise) {
    try {
      core.around().loop().execute(task);
    } catch (RejectedExecutionException afterTheLastClose) {
      otherwise.run();
    }
  }

  /** Users' code that hangs on a future never runs on a loop. */
  private void complete(Runnable completion) {
    try {
      ground.runtime().callbacks().execute(completion);
    } catch (RejectedExecutionException afterTheLastClose) {
      completion.run();
    }
  }

  /** What metadata or coordinators find, told on a callback thread. */
  private <T, U> CompletableFuture<U> find(
      LongFunction<CompletableFuture<T>> question, Function<T, U> found) {
    CompletableFuture<U> result = new CompletableFuture<>();
    long deadlineNanos = ground.clock().nanoTime() + options.callTimeout().toNanos();
    onLoop(
        () -> {
          if (core.isClosed()) {
            complete(() -> result.completeExceptionally(Core.refusal()));
            return;
          }
          CompletableFuture<Void> unused =
              question
                  .apply(deadlineNanos)
                  .handle(
                      (value, failure) -> {
                        complete(() -> end(result, value, failure, found));
                        return null;
                      });
        },
        () -> complete(() -> result.completeExceptionally(Core.refusal())));
    return result;
  }

  private static <T, U> void end(
      CompletableFuture<U> result, T value, @Nullable Throwable failure, Function<T, U> found) {
    if (failure != null) {
      result.completeExceptionally(Failures.typed(failure));
      return;
    }
    try {
      result.complete(found.apply(value));
    } catch (OttlaException notThere) {
      result.completeExceptionally(notThere);
    }
  }

  @Override
  public CompletableFuture<PartitionLeader> leader(String topic, int partition) {
    return find(
        deadline -> core.around().metadata().leader(topic, partition, deadline),
        view -> {
          BrokerNode leader = view.leader(topic, partition);
          TopicView known = view.topic(topic);
          PartitionView led = known == null ? null : known.partition(partition);
          if (leader == null || led == null) {
            throw new RetriableException(
                topic + "-" + partition + " has no leader", SendOutcome.NOT_SENT, null);
          }
          return new PartitionLeader(new KnownBroker(this, leader), led.leaderEpoch());
        });
  }

  @Override
  public CompletableFuture<ClusterBroker> coordinator(String group) {
    return coordinator(CoordinatorType.GROUP, group);
  }

  @Override
  public CompletableFuture<ClusterBroker> transactionCoordinator(String transactionalId) {
    return coordinator(CoordinatorType.TRANSACTION, transactionalId);
  }

  private CompletableFuture<ClusterBroker> coordinator(CoordinatorType type, String key) {
    return find(
        deadline -> core.around().coordinators().find(type, key, deadline),
        found -> new KnownBroker(this, found.broker()));
  }

  @Override
  public CompletableFuture<ClusterBroker> controller() {
    return find(
        deadline -> core.around().metadata().controller(deadline),
        view -> {
          BrokerNode controller = view.controller();
          if (controller == null) {
            throw new RetriableException("nobody is the controller", SendOutcome.NOT_SENT, null);
          }
          return new KnownBroker(this, controller);
        });
  }

  @Override
  public CompletableFuture<ClusterBroker> broker(int id) {
    return find(
        deadline -> core.around().metadata().brokers(deadline),
        view -> {
          BrokerNode broker = view.broker(id);
          if (broker == null) {
            throw Brokers.unknown(id, view);
          }
          return new KnownBroker(this, broker);
        });
  }

  @Override
  public CompletableFuture<List<ClusterBroker>> brokers() {
    return find(
        deadline -> core.around().metadata().refresh(List.of(), deadline),
        view -> {
          List<ClusterBroker> brokers = new ArrayList<>();
          view.brokers().forEach(node -> brokers.add(new KnownBroker(this, node)));
          return List.copyOf(brokers);
        });
  }

  @Override
  public CompletableFuture<String> clusterId() {
    return find(
        deadline -> core.around().metadata().brokers(deadline),
        view -> Objects.requireNonNullElse(view.clusterId(), ""));
  }

  CompletableFuture<BrokerVersions> versions(int brokerId) {
    return find(deadline -> core.versions(brokerId, deadline), KnownBroker::versions);
  }

  /**
   * What a producer or consumer stands on; closed by whoever asked for it.
   *
   * @param clientId its name
   * @param ownsConnections whether it has connections to brokers for itself
   */
  public RoutedFloor floor(String clientId, boolean ownsConnections) {
    ConnectionSettings settings =
        ownsConnections ? Core.each(ground.settings()).withClientId(clientId) : null;
    return new RoutedFloor(
        clientId, core.around(), this::travel, settings, ground.runtime().another());
  }

  @Override
  public ClusterOptions options() {
    return options;
  }

  @Override
  public void close() {
    close(options.requestTimeout());
  }

  @Override
  public void close(Duration timeout) {
    boolean isHurried = Thread.currentThread().isInterrupted();
    Duration most = timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout;
    CompletableFuture<Void> end = new CompletableFuture<>();
    onLoop(
        () -> {
          CompletableFuture<Void> unused =
              core.close(isHurried ? Duration.ZERO : most)
                  .whenComplete((done, failure) -> end.complete(null));
        },
        () -> end.complete(null));
    await(end);
    ground.onClosed().run();
    ground.runtime().close();
  }

  private void hurry() {
    CompletableFuture<Void> unused = core.close(Duration.ZERO);
  }

  /** An interrupted thread waits no longer than it takes to end all that is under way. */
  private void await(CompletableFuture<Void> end) {
    try {
      end.get();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      onLoop(this::hurry, () -> end.complete(null));
      end.join();
    } catch (ExecutionException never) {
      throw new IllegalStateException("the end of all requests is never a failure", never);
    }
  }

  @Override
  public String toString() {
    return "Cluster" + options.bootstrapServers();
  }

  private static Duration positive(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a timeout of " + timeout + " is not in 1 ns to " + LONGEST.toMillis() + " ms");
    }
    return timeout;
  }
}
