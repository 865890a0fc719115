package io.ottla;

import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A cluster of brokers, of which any can be asked: requests find whoever must answer them.
 *
 * <p>Nothing is connected before the first request. What the cluster looks like is learned when it
 * is needed, kept, and learned anew when it proves wrong. A request is tried again, at another
 * broker where that helps, until its time is over or an answer says that trying is useless; it is
 * never sent again if it may have been carried out and doing it twice would make a difference.
 *
 * <p>Thread-safe; no method but {@link #close()} waits. Futures complete on Ottla's callback
 * threads, and fail with an {@link io.ottla.error.OttlaException} that lists the attempts.
 * Cancelling a future stops nothing but the waiting.
 */
public interface Cluster extends AutoCloseable {
  /**
   * Sends a request, within {@link ClusterOptions#callTimeout}, to whoever its kind says: the
   * leaders of the partitions in it (split, and the answers merged), the coordinator of its group
   * or transaction, the controller, or any broker.
   *
   * <p>In a merged answer each partition, group or topic has its own result; those whose broker
   * could not be asked have the error code nearest to what happened. Only if that is so of all of
   * them the future fails.
   *
   * @param <R> the response's type
   */
  <R extends ResponseMessage> CompletableFuture<R> request(RequestMessage<R> request);

  /**
   * As {@link #request(RequestMessage)}, within a time of its own.
   *
   * @param timeout all attempts, looking for the broker included
   * @param <R> the response's type
   */
  default <R extends ResponseMessage> CompletableFuture<R> request(
      RequestMessage<R> request, Duration timeout) {
    return request(request, Route.byKind(), timeout);
  }

  /**
   * As {@link #request(RequestMessage)}, to someone else than its kind says, or within a time of
   * its own.
   *
   * @param timeout all attempts, looking for the broker included
   * @param <R> the response's type
   */
  <R extends ResponseMessage> CompletableFuture<R> request(
      RequestMessage<R> request, Route route, Duration timeout);

  /**
   * As {@link #request(RequestMessage)}, but gives each part's own answer, or the failure of that
   * part. A request that is not split is its only part.
   *
   * @param <R> the response's type
   */
  <R extends ResponseMessage> CompletableFuture<List<RequestPart<R>>> requestParts(
      RequestMessage<R> request, Duration timeout);

  /** Who leads a partition now, as far as is known; asks if nothing is. */
  CompletableFuture<PartitionLeader> leader(String topic, int partition);

  /** Who coordinates a group. */
  CompletableFuture<ClusterBroker> coordinator(String group);

  /** Who coordinates a transactional id. */
  CompletableFuture<ClusterBroker> transactionCoordinator(String transactionalId);

  /** Who is the controller, or passes on what is meant for it. */
  CompletableFuture<ClusterBroker> controller();

  /** A broker by its id. */
  CompletableFuture<ClusterBroker> broker(int id);

  /** The brokers that are up, as far as is known, by id. */
  CompletableFuture<List<ClusterBroker>> brokers();

  /** The cluster's id; empty if its brokers are too old to have one. */
  CompletableFuture<String> clusterId();

  /** The options that it was built with. */
  ClusterOptions options();

  /** As {@link #close(Duration)}, with the request timeout. */
  @Override
  void close();

  /**
   * Refuses new requests, waits for those under way, fails with {@link
   * io.ottla.error.ClosedException} what is left after the given time, and closes all connections.
   * Any thread may call it, any number of times.
   *
   * @param timeout how long to wait for requests under way; zero for not at all
   */
  void close(Duration timeout);
}
