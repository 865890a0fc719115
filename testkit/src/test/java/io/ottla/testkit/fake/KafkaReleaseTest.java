package io.ottla.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.protocol.message.ApiKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Spot checks against what is told about Kafka's releases elsewhere than in our table. */
final class KafkaReleaseTest {
  @Test
  void releases_stand_in_the_order_of_time_from_0_8_2_to_4_3() {
    assertThat(Arrays.stream(KafkaRelease.values()).map(KafkaRelease::text))
        .startsWith("0.8.2", "0.9.0", "0.10.0", "0.10.1", "0.10.2", "0.11.0", "1.0", "1.1", "2.0")
        .endsWith("3.7", "3.8", "3.9", "4.0", "4.1", "4.2", "4.3")
        .hasSize(31);
    assertThat(KafkaRelease.newest()).isEqualTo(KafkaRelease.V4_3);
  }

  @Test
  void the_oldest_releases_do_not_tell_versions_but_have_them() {
    assertThat(KafkaRelease.V0_9_0.hasApiVersions()).isFalse();
    assertThat(KafkaRelease.V0_10_0.hasApiVersions()).isTrue();
    assertThat(KafkaRelease.V0_8_2.offers(ApiKey.JOIN_GROUP)).isFalse();
    assertThat(KafkaRelease.V0_9_0.offers(ApiKey.JOIN_GROUP)).isTrue();
    assertThat(KafkaRelease.V0_8_2.highestVersion(ApiKey.OFFSET_COMMIT)).isEqualTo((short) 1);
    assertThat(KafkaRelease.V0_9_0.highestVersion(ApiKey.OFFSET_COMMIT)).isEqualTo((short) 2);
    assertThatThrownBy(() -> KafkaRelease.V0_8_2.lowestVersion(ApiKey.JOIN_GROUP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Kafka 0.8.2 does not offer JOIN_GROUP");
  }

  @Test
  void features_of_the_protocol_came_with_the_releases_of_their_proposals() {
    assertThat(firstWith(ApiKey.PRODUCE, 3)).as("records, KIP-98").isEqualTo("0.11.0");
    assertThat(firstWith(ApiKey.FETCH, 7)).as("sessions, KIP-227").isEqualTo("1.1");
    assertThat(firstWith(ApiKey.FETCH, 10)).as("zstd, KIP-110").isEqualTo("2.1");
    assertThat(firstWith(ApiKey.FETCH, 11)).as("followers, KIP-392").isEqualTo("2.3");
    assertThat(firstWith(ApiKey.FETCH, 13)).as("topic ids, KIP-516").isEqualTo("3.1");
    assertThat(firstWith(ApiKey.PRODUCE, 8)).as("record errors, KIP-467").isEqualTo("2.4");
    assertThat(firstWith(ApiKey.PRODUCE, 10)).as("leader hints, KIP-951").isEqualTo("3.7");
    assertThat(firstWith(ApiKey.JOIN_GROUP, 5)).as("static members, KIP-345").isEqualTo("2.3");
    assertThat(firstWith(ApiKey.CONSUMER_GROUP_HEARTBEAT, 1)).as("KIP-848").isEqualTo("4.0");
    assertThat(firstWith(ApiKey.SHARE_FETCH, 1)).as("share groups, KIP-932").isEqualTo("4.1");
  }

  @Test
  void the_first_releases_with_kraft_lacked_what_zookeeper_kept() {
    assertThat(KafkaRelease.V3_2.offers(ApiKey.ALTER_USER_SCRAM_CREDENTIALS)).isTrue();
    assertThat(KafkaRelease.V3_3.offers(ApiKey.ALTER_USER_SCRAM_CREDENTIALS)).isFalse();
    assertThat(KafkaRelease.V3_5.offers(ApiKey.ALTER_USER_SCRAM_CREDENTIALS)).isTrue();
  }

  @Test
  void features_are_finalized_at_the_level_of_a_fresh_cluster() {
    assertThat(KafkaRelease.V4_3.finalizedLevel("metadata.version")).isEqualTo((short) 30);
    assertThat(KafkaRelease.V4_0.finalizedLevel("group.version")).isEqualTo((short) 1);
    assertThat(KafkaRelease.V3_9.finalizedLevel("group.version")).isZero();
    assertThat(KafkaRelease.V4_1.finalizedLevel("share.version")).isZero();
    assertThat(KafkaRelease.V4_2.finalizedLevel("share.version")).isEqualTo((short) 1);
    assertThat(KafkaRelease.V3_2.finalizedLevel("metadata.version")).isZero();
    assertThat(KafkaRelease.V2_7.hasTopicIds()).isFalse();
    assertThat(KafkaRelease.V2_8.hasTopicIds()).isTrue();
  }

  private static String firstWith(ApiKey api, int version) {
    return Arrays.stream(KafkaRelease.values())
        .filter(release -> release.offers(api) && release.highestVersion(api) >= version)
        .findFirst()
        .orElseThrow()
        .text();
  }
}
