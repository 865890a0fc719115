package io.ottla;

import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One broker of a {@link Cluster}, as the cluster described it. Immutable but for what happens
 * behind it: a request goes to whoever has this id when it is sent.
 */
public interface ClusterBroker {
  /** Its id. */
  int id();

  /** The host that it advertises. */
  String host();

  /** The port that it advertises. */
  int port();

  /** Its rack, if it says one. */
  Optional<String> rack();

  /**
   * Sends any request to this broker and no other, within the cluster's request timeout. It is sent
   * again if it never reached the broker; never if it may have been carried out.
   *
   * @param <R> the response's type
   */
  <R extends ResponseMessage> CompletableFuture<R> request(RequestMessage<R> request);

  /**
   * As {@link #request(RequestMessage)}, within a time of its own.
   *
   * @param <R> the response's type
   */
  <R extends ResponseMessage> CompletableFuture<R> request(
      RequestMessage<R> request, Duration timeout);

  /** The requests and versions that it takes; connects if need be. */
  CompletableFuture<BrokerVersions> versions();
}
