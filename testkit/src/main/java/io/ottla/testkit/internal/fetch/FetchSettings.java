package io.ottla.testkit.internal.fetch;

/**
 * What a broker's configuration says to those who read. Asked at each request. Each default is
 * Kafka's.
 *
 * <p>Thread: the cluster's loop. Units: sizes in bytes, times in milliseconds.
 */
public interface FetchSettings {
  /** Kafka's defaults. */
  FetchSettings DEFAULTS = new FetchSettings() {};

  /**
   * {@code max.incremental.fetch.session.cache.slots}: how many sessions a broker keeps. (Kafka
   * divides them into eight groups, each with room of its own; here there is one.)
   */
  default int maxSessions() {
    return 1_000;
  }

  /** How long a session is safe from those that would take its place. Fixed in Kafka. */
  default long sessionEvictionMillis() {
    return 120_000;
  }

  /** {@code fetch.max.bytes}: the most that a broker answers, whatever it is asked for. */
  default int maxBytes() {
    return 57_671_680;
  }

  /**
   * Whether leaders send readers to a replica in their rack: {@code replica.selector.class} is
   * Kafka's {@code RackAwareReplicaSelector}.
   */
  default boolean isRackAware() {
    return false;
  }

  /**
   * Whether brokers still care for readers older than zstd, as they did before 4.0. (Readers older
   * than batches of version 2 need no setting: 4.0 does not offer their versions.)
   */
  default boolean refusesZstdToOldReaders() {
    return false;
  }

  /**
   * For how long an answer throttles; it is then empty, as when a quota is exceeded. Who sends it
   * keeps the connection quiet.
   *
   * @return 0 (default): not at all
   */
  default int throttleMillis(int brokerId) {
    return 0;
  }
}
