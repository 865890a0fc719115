package io.ottla.internal.cluster;

import io.ottla.BrokerVersions;
import io.ottla.ClusterBroker;
import io.ottla.Route;
import io.ottla.internal.cluster.metadata.BrokerNode;
import io.ottla.internal.net.PeerVersions;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A broker as the cluster described it when it was asked.
 *
 * @param cluster whose broker it is
 * @param node what was said of it
 */
record KnownBroker(RoutedCluster cluster, BrokerNode node) implements ClusterBroker {
  @Override
  public int id() {
    return node.id();
  }

  @Override
  public String host() {
    return node.host();
  }

  @Override
  public int port() {
    return node.port();
  }

  @Override
  public Optional<String> rack() {
    return Optional.ofNullable(node.rack());
  }

  @Override
  public <R extends ResponseMessage> CompletableFuture<R> request(RequestMessage<R> request) {
    return request(request, cluster.options().callTimeout());
  }

  @Override
  public <R extends ResponseMessage> CompletableFuture<R> request(
      RequestMessage<R> request, Duration timeout) {
    return cluster.request(request, Route.broker(node.id()), timeout);
  }

  @Override
  public CompletableFuture<BrokerVersions> versions() {
    return cluster.versions(node.id());
  }

  static BrokerVersions versions(PeerVersions peer) {
    Map<ApiKey, BrokerVersions.Range> ranges = new EnumMap<>(ApiKey.class);
    peer.ranges()
        .forEach(
            (key, range) ->
                ranges.put(key, new BrokerVersions.Range(range.lowest(), range.highest())));
    return new BrokerVersions(ranges, peer.isAssumed());
  }

  @Override
  public String toString() {
    return "broker " + node.id() + " at " + node.host() + ":" + node.port();
  }
}
