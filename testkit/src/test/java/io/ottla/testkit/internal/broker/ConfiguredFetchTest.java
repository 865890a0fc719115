package io.ottla.testkit.internal.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.testkit.internal.version.ReleaseVersions;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConfiguredFetchTest {
  @Test
  void configuration_and_throttling_reach_those_who_read() {
    ConfiguredFetch fetch =
        of(
            "4.3",
            Map.of(
                "max.incremental.fetch.session.cache.slots", "7",
                "replica.selector.class", "org.apache.kafka.LeaderSelector"));

    assertThat(fetch.maxSessions()).isEqualTo(7);
    assertThat(fetch.isRackAware()).isFalse();
    assertThat(of("4.3", Map.of()).isRackAware()).isTrue();
    assertThat(fetch.throttleMillis(2)).isEqualTo(20);
  }

  @Test
  void only_brokers_before_4_0_refuse_zstd_to_old_readers() {
    assertThat(of("3.9", Map.of()).refusesZstdToOldReaders()).isTrue();
    assertThat(of("4.0", Map.of()).refusesZstdToOldReaders()).isFalse();
  }

  private static ConfiguredFetch of(String release, Map<String, String> config) {
    return new ConfiguredFetch(
        new ServerConfig(config), ReleaseVersions.of(release), broker -> 10 * broker);
  }
}
