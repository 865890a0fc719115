package io.ottla.testkit.internal.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ApiVersionsRequest;
import io.ottla.protocol.message.ApiVersionsResponse;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.KafkaVersion;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the tables to fresh real brokers. */
final class ReleaseVersionsIT {
  private static final int FIRST_WITH_LEVEL_0 = 4;

  @ParameterizedTest
  @EnumSource(KafkaVersion.class)
  void a_real_broker_offers_what_the_tables_say(KafkaVersion version) throws IOException {
    ReleaseVersions release = ReleaseVersions.of(version.line());
    try (KafkaServer kafka = KafkaServer.builder().version(version).start()) {
      int port = kafka.node(1).port();

      assertThat(apis(askVersions(port, 0))).isEqualTo(apis(release));
      for (int v = 3; v <= 4; v++) {
        ApiVersionsResponse real = askVersions(port, v);
        assertThat(apis(real)).isEqualTo(apis(release));
        assertThat(features(real)).as("version %d", v).isEqualTo(features(release, v));
      }

      for (int v = 0; v <= 3; v++) {
        checkProduce(port, v, release.serves(ApiKey.PRODUCE, v));
      }
    }
  }

  private static ApiVersionsResponse askVersions(int port, int version) throws IOException {
    try (Probe probe = new Probe(port)) {
      return probe.ask(
          new ApiVersionsRequest().clientSoftwareName("probe").clientSoftwareVersion("1"), version);
    }
  }

  private static void checkProduce(int port, int version, boolean served) throws IOException {
    ProduceRequest request = new ProduceRequest().acks((short) 1);
    try (Probe probe = new Probe(port)) {
      if (served) {
        assertThat(probe.ask(request, version).responses()).as("version %d", version).isEmpty();
      } else {
        assertThatThrownBy(() -> probe.ask(request, version)).isInstanceOf(EOFException.class);
      }
    }
  }

  private static Map<ApiKey, String> apis(ApiVersionsResponse real) {
    Map<ApiKey, String> apis = new TreeMap<>();
    for (ApiVersionsResponse.ApiVersion api : real.apiKeys()) {
      ApiKey key = ApiKey.find(api.apiKey());
      if (key != null) {
        apis.put(key, api.minVersion() + "-" + api.maxVersion());
      }
    }
    return apis;
  }

  private static Map<ApiKey, String> apis(ReleaseVersions release) {
    Map<ApiKey, String> apis = new TreeMap<>();
    for (ApiKey key : ApiKey.values()) {
      VersionRange range = release.offered(key);
      if (range != null) {
        apis.put(key, range.lowest() + "-" + range.highest());
      }
    }
    return apis;
  }

  /** By name the levels, and behind the equals sign that which is finalized. */
  private static Map<String, String> features(ApiVersionsResponse real) {
    Map<String, String> features = new TreeMap<>();
    for (ApiVersionsResponse.SupportedFeatureKey feature : real.supportedFeatures()) {
      features.put(feature.name(), feature.minVersion() + "-" + feature.maxVersion());
    }
    for (ApiVersionsResponse.FinalizedFeatureKey feature : real.finalizedFeatures()) {
      assertThat(feature.minVersionLevel()).isEqualTo(feature.maxVersionLevel());
      features.merge(feature.name(), "=" + feature.maxVersionLevel(), String::concat);
    }
    return features;
  }

  private static Map<String, String> features(ReleaseVersions release, int version) {
    Map<String, String> features = new TreeMap<>();
    for (Feature feature : release.features()) {
      VersionRange supported = feature.supported();
      String levels =
          supported.lowest() == 0 && version < FIRST_WITH_LEVEL_0
              ? ""
              : supported.lowest() + "-" + supported.highest();
      String finalized = feature.finalizedLevel() == 0 ? "" : "=" + feature.finalizedLevel();
      if (!levels.isEmpty() || !finalized.isEmpty()) {
        features.put(feature.name(), levels + finalized);
      }
    }
    return features;
  }
}
