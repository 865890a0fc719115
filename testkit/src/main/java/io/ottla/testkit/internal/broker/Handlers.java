package io.ottla.testkit.internal.broker;

import io.ottla.protocol.message.ApiVersionsRequest;
import io.ottla.protocol.message.MetadataRequest;
import java.util.Objects;

/** All that a fake broker can do. */
final class Handlers {
  private Handlers() {}

  static HandlerTable of(Cluster cluster, ServerConfig config) {
    HandlerTable table = new HandlerTable();
    addBasics(table, cluster, config);
    return table;
  }

  private static void addBasics(HandlerTable table, Cluster cluster, ServerConfig config) {
    AutoCreation autoCreation = new AutoCreation(cluster.loop(), cluster.topics(), cluster, config);
    table
        .add(
            new ApiVersionsRequest(),
            new ApiVersionsHandler(
                id -> Objects.requireNonNull(cluster.broker(id), "broker").versions()))
        .add(new MetadataRequest(), new MetadataHandler(cluster.topics(), cluster, autoCreation));
  }
}
