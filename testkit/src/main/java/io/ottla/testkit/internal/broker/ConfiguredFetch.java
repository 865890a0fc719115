package io.ottla.testkit.internal.broker;

import io.ottla.testkit.internal.fetch.FetchSettings;

/** What the brokers' configuration says to those who read. */
final class ConfiguredFetch implements FetchSettings {
  private final ServerConfig server;

  ConfiguredFetch(ServerConfig server) {
    this.server = server;
  }

  @Override
  public int maxSessions() {
    return (int) server.number("max.incremental.fetch.session.cache.slots");
  }

  @Override
  public boolean isRackAware() {
    return server.text("replica.selector.class").endsWith("RackAwareReplicaSelector");
  }
}
