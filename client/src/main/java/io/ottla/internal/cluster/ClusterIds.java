package io.ottla.internal.cluster;

import io.ottla.internal.net.Endpoint;
import io.ottla.internal.runtime.LoopConfined;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which cluster the brokers say that they are of; warns once if they do not agree: then the
 * bootstrap servers belong to two clusters, or an address was given to another one.
 */
@LoopConfined
final class ClusterIds {
  private static final Logger log = LoggerFactory.getLogger(ClusterIds.class);

  private final String clientId;
  private @Nullable String first;
  private @Nullable Endpoint firstServer; // who said so
  private boolean isTold;

  ClusterIds(String clientId) {
    this.clientId = clientId;
  }

  void seen(Endpoint server, @Nullable String clusterId) {
    if (clusterId == null) {
      return;
    }
    if (first == null) {
      first = clusterId;
      firstServer = server;
    } else if (!first.equals(clusterId) && !isTold) {
      isTold = true;
      log.warn(
          "[{}] two clusters: {} is of {}, {} of {}; check bootstrap.servers",
          clientId,
          firstServer,
          first,
          server,
          clusterId);
    }
  }
}
