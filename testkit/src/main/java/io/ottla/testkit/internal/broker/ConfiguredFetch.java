package io.ottla.testkit.internal.broker;

import io.ottla.protocol.message.ApiKey;
import io.ottla.testkit.internal.fetch.FetchSettings;
import io.ottla.testkit.internal.version.ReleaseVersions;
import java.util.function.IntUnaryOperator;

/** What the brokers' configuration and release say to those who read. */
final class ConfiguredFetch implements FetchSettings {
  /** Brokers that still serve it convert records for old readers. */
  private static final int LAST_VERSION_WITH_MESSAGE_SETS = 3;

  private final ServerConfig server;
  private final ReleaseVersions release;
  private final IntUnaryOperator throttleMillis;

  /**
   * @param throttleMillis by broker
   */
  ConfiguredFetch(ServerConfig server, ReleaseVersions release, IntUnaryOperator throttleMillis) {
    this.server = server;
    this.release = release;
    this.throttleMillis = throttleMillis;
  }

  @Override
  public int maxSessions() {
    return (int) server.number("max.incremental.fetch.session.cache.slots");
  }

  @Override
  public boolean isRackAware() {
    return server.text("replica.selector.class").endsWith("RackAwareReplicaSelector");
  }

  @Override
  public boolean refusesZstdToOldReaders() {
    return release.serves(ApiKey.FETCH, LAST_VERSION_WITH_MESSAGE_SETS);
  }

  @Override
  public int throttleMillis(int brokerId) {
    return throttleMillis.applyAsInt(brokerId);
  }
}
