package io.ottla.testkit.internal.broker;

import io.ottla.testkit.internal.loop.Clock;
import io.ottla.testkit.internal.version.ReleaseVersions;
import io.ottla.testkit.internal.wire.Interceptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a fake cluster is built from.
 *
 * @param clusterId as clients see it
 * @param brokers those that it begins with
 * @param config for all of them
 * @param release whose brokers they look like
 * @param hidesTopicIds whether metadata tells no topic's id
 * @param clock what time it is
 * @param interceptor steps between requests and handlers
 * @param security what is asked of clients
 */
public record ClusterSettings(
    String clusterId,
    List<NewBroker> brokers,
    ServerConfig config,
    ReleaseVersions release,
    boolean hidesTopicIds,
    Clock clock,
    Interceptor interceptor,
    Security security) {

  /**
   * A broker to be.
   *
   * @param id unique in the cluster
   * @param rack null if it has none
   * @param port 0 takes a free one
   */
  public record NewBroker(int id, @Nullable String rack, int port) {}
}
