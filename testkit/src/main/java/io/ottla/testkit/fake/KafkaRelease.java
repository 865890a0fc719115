package io.ottla.testkit.fake;

import io.ottla.protocol.message.ApiKey;
import io.ottla.testkit.internal.version.Feature;
import io.ottla.testkit.internal.version.ReleaseVersions;
import io.ottla.testkit.internal.version.VersionRange;
import org.jspecify.annotations.Nullable;

/**
 * A release of Kafka that a fake cluster can be pinned to: it then offers the versions of each API
 * that brokers of this release offer.
 *
 * <p>Taken is the last bug fix release of each line; with ZooKeeper up to 3.2, with KRaft from 3.3
 * on; without versions that were not yet stable.
 */
public enum KafkaRelease {
  /** Kafka 0.8.2, the oldest that Ottla speaks to: no group membership, no ApiVersions. */
  V0_8_2("0.8.2"),
  /** Kafka 0.9.0, the last without ApiVersions. */
  V0_9_0("0.9.0"),
  /** Kafka 0.10.0, the first with ApiVersions, and with timestamps in records. */
  V0_10_0("0.10.0"),
  /** Kafka 0.10.1. */
  V0_10_1("0.10.1"),
  /** Kafka 0.10.2. */
  V0_10_2("0.10.2"),
  /** Kafka 0.11.0, the first with record headers, idempotent producers and transactions. */
  V0_11_0("0.11.0"),
  /** Kafka 1.0. */
  V1_0("1.0"),
  /** Kafka 1.1, the first with fetch sessions. */
  V1_1("1.1"),
  /** Kafka 2.0. */
  V2_0("2.0"),
  /** Kafka 2.1, the first with zstd. */
  V2_1("2.1"),
  /** Kafka 2.2. */
  V2_2("2.2"),
  /** Kafka 2.3. */
  V2_3("2.3"),
  /** Kafka 2.4, the first with flexible versions, and with reading from followers. */
  V2_4("2.4"),
  /** Kafka 2.5. */
  V2_5("2.5"),
  /** Kafka 2.6. */
  V2_6("2.6"),
  /** Kafka 2.7. */
  V2_7("2.7"),
  /** Kafka 2.8, the first with topic ids. */
  V2_8("2.8"),
  /** Kafka 3.0. */
  V3_0("3.0"),
  /** Kafka 3.1. */
  V3_1("3.1"),
  /** Kafka 3.2, the last that is taken with ZooKeeper here. */
  V3_2("3.2"),
  /** Kafka 3.3, the first whose KRaft was ready for production. */
  V3_3("3.3"),
  /** Kafka 3.4. */
  V3_4("3.4"),
  /** Kafka 3.5. */
  V3_5("3.5"),
  /** Kafka 3.6. */
  V3_6("3.6"),
  /** Kafka 3.7. */
  V3_7("3.7"),
  /** Kafka 3.8. */
  V3_8("3.8"),
  /** Kafka 3.9, the last that still speaks to clients older than 2.1. */
  V3_9("3.9"),
  /** Kafka 4.0, the first with the group protocol of KIP-848 switched on. */
  V4_0("4.0"),
  /** Kafka 4.1. */
  V4_1("4.1"),
  /** Kafka 4.2. */
  V4_2("4.2"),
  /** Kafka 4.3. */
  V4_3("4.3");

  private final String text;

  KafkaRelease(String text) {
    this.text = text;
  }

  /** The newest release that we know. */
  public static KafkaRelease newest() {
    return V4_3;
  }

  /**
   * The release as Kafka writes it.
   *
   * @return for example {@code 4.3}
   */
  public String text() {
    return text;
  }

  /**
   * Whether brokers of this release offer an API to clients.
   *
   * @param api which
   * @return true if they offer any version of it
   */
  public boolean offers(ApiKey api) {
    return versions().offered(api) != null;
  }

  /**
   * The lowest version of an API that is offered.
   *
   * @param api which
   * @return as ApiVersions tells it, or would tell it if the release had that
   * @throws IllegalArgumentException if the API is not offered
   */
  public short lowestVersion(ApiKey api) {
    return range(api).lowest();
  }

  /**
   * The highest version of an API that is offered.
   *
   * @param api which
   * @return as ApiVersions tells it, or would tell it if the release had that
   * @throws IllegalArgumentException if the API is not offered
   */
  public short highestVersion(ApiKey api) {
    return range(api).highest();
  }

  /**
   * Whether a broker of this release tells its versions. One that does not closes the connection on
   * which it is asked.
   *
   * @return true since 0.10.0
   */
  public boolean hasApiVersions() {
    return versions().hasApiVersions();
  }

  /**
   * Whether topics have ids.
   *
   * @return true since 2.8
   */
  public boolean hasTopicIds() {
    return versions().hasTopicIds();
  }

  /**
   * The level of a feature in a fresh cluster of this release.
   *
   * @param feature as Kafka writes it, for example {@code group.version}
   * @return 0 if it is switched off, or unknown to the release
   */
  public short finalizedLevel(String feature) {
    return versions().feature(feature).map(Feature::finalizedLevel).orElse((short) 0);
  }

  /** All that is known of it. */
  ReleaseVersions versions() {
    return ReleaseVersions.of(text);
  }

  private VersionRange range(ApiKey api) {
    @Nullable VersionRange range = versions().offered(api);
    if (range == null) {
      throw new IllegalArgumentException("Kafka " + text + " does not offer " + api);
    }
    return range;
  }
}
