package io.ottla.internal.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.Admin;
import io.ottla.admin.ConfigChange;
import io.ottla.admin.ConfigEntry;
import io.ottla.admin.ConfigResource;
import io.ottla.admin.Outcomes;
import io.ottla.admin.ResourceConfig;
import io.ottla.error.AuthorizationException;
import io.ottla.error.RefusedException;
import io.ottla.error.UnsupportedVersionException;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.KafkaRelease;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Configurations: described, changed here and there, replaced on old brokers. */
final class ConfigsTest extends AdminTestBase {
  private static final ConfigResource ORDERS = ConfigResource.topic("orders");

  @Test
  void a_config_tells_its_value_and_where_it_comes_from() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder());
    cluster.createTopic("orders", 1, Map.of("retention.ms", "1000"));

    ResourceConfig config = get(admin(cluster).configs().describe(ORDERS));

    assertThat(config.own()).containsOnlyKeys("retention.ms");
    assertThat(config.value("retention.ms")).contains("1000");
    assertThat(config.entries())
        .extractingByKey("retention.ms")
        .extracting(ConfigEntry::source)
        .isEqualTo(ConfigEntry.Source.TOPIC);
    assertThat(config.entries())
        .extractingByKey("cleanup.policy")
        .extracting(ConfigEntry::source)
        .isEqualTo(ConfigEntry.Source.DEFAULT);
  }

  @Test
  void a_broker_is_described_by_itself_and_an_unknown_topic_is_an_outcome() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().topic("orders", 1));
    ConfigResource none = ConfigResource.topic("none");

    Outcomes<ConfigResource, ResourceConfig> outcomes =
        get(admin(cluster).configs().describe(List.of(ORDERS, none, ConfigResource.broker(1))));

    assertThat(outcomes.values()).containsOnlyKeys(ORDERS, ConfigResource.broker(1));
    assertThat(outcomes.of(none).failure())
        .isExactlyInstanceOf(RefusedException.class)
        .hasMessageContaining("configs of topic none not described");
  }

  @ParameterizedTest
  @EnumSource(
      value = KafkaRelease.class,
      names = {"V0_11_0", "V1_0", "V2_1", "V2_3", "V4_3"})
  void values_are_set_deleted_appended_and_subtracted_and_the_others_stay(KafkaRelease release)
      throws Exception {
    FakeCluster cluster = start(release);
    cluster.createTopic(
        "orders",
        1,
        Map.of("retention.ms", "1000", "segment.ms", "2000", "cleanup.policy", "delete"));
    Admin admin = admin(cluster);

    get(
        admin
            .configs()
            .alter(
                ORDERS,
                ConfigChange.set("max.message.bytes", "5000"),
                ConfigChange.delete("segment.ms"),
                ConfigChange.append("cleanup.policy", "compact")));

    ResourceConfig config = get(admin.configs().describe(ORDERS));
    assertThat(config.own())
        .containsKeys("retention.ms", "max.message.bytes", "cleanup.policy")
        .doesNotContainKey("segment.ms");
    assertThat(config.value("retention.ms")).contains("1000");
    assertThat(config.value("cleanup.policy")).contains("delete,compact");

    get(admin.configs().alter(ORDERS, ConfigChange.subtract("cleanup.policy", "delete")));

    assertThat(get(admin.configs().describe(ORDERS)).value("cleanup.policy")).contains("compact");
    assertThat(cluster.requests().count(ApiKey.ALTER_CONFIGS) > 0)
        .isEqualTo(!release.offers(ApiKey.INCREMENTAL_ALTER_CONFIGS));
  }

  @ParameterizedTest
  @EnumSource(
      value = KafkaRelease.class,
      names = {"V2_1", "V4_3"})
  void a_value_that_is_none_changes_nothing_and_is_told(KafkaRelease release) throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().release(release).topic("orders", 1));
    Admin admin = admin(cluster);

    Outcomes<ConfigResource, Void> outcomes =
        get(
            admin
                .configs()
                .alter(
                    Map.of(
                        ORDERS,
                        List.of(
                            ConfigChange.set("retention.ms", "5"),
                            ConfigChange.set("segment.ms", "soon")))));

    assertThat(outcomes.of(ORDERS).failure())
        .isExactlyInstanceOf(RefusedException.class)
        .hasMessageContaining("configs of orders not changed")
        .hasMessageContaining("INVALID_CONFIG");
    assertThat(get(admin.configs().describe(ORDERS)).own()).isEmpty();
  }

  @Test
  void checking_changes_nothing() throws Exception {
    Admin admin = admin(start(FakeCluster.builder().topic("orders", 1)));

    assertThat(
            get(admin
                    .configs()
                    .check(Map.of(ORDERS, List.of(ConfigChange.set("retention.ms", "5")))))
                .isAllDone())
        .isTrue();

    assertThat(get(admin.configs().describe(ORDERS)).own()).isEmpty();
  }

  @Test
  void a_brokers_config_is_not_replaced_whole() {
    Admin admin = admin(KafkaRelease.V2_1);

    assertFails(
            admin
                .configs()
                .alter(ConfigResource.broker(1), ConfigChange.set("background.threads", "3")),
            UnsupportedVersionException.class)
        .hasMessageContaining("configs of broker 1 not changed: this needs Kafka 2.3 or newer");
  }

  @Test
  void what_cannot_be_asked_is_one_clear_error() {
    assertFails(
            admin(KafkaRelease.V0_10_2).configs().describe(ORDERS),
            UnsupportedVersionException.class)
        .hasMessageStartingWith("configs not described: this needs Kafka 0.11 or newer");
    FakeCluster cluster = start(FakeCluster.builder().topic("orders", 1));
    cluster.on(ApiKey.DESCRIBE_CONFIGS).once(Fault.error(ErrorCode.TOPIC_AUTHORIZATION_FAILED));
    assertFails(admin(cluster).configs().describe(ORDERS), AuthorizationException.class);
    assertFails(
            admin(cluster)
                .configs()
                .describe(new ConfigResource(ConfigResource.Type.BROKER, "one")),
            RefusedException.class)
        .hasMessageContaining("brokers are known by their ids");
  }

  @Test
  void a_change_does_not_print_its_value() {
    assertThat(ConfigChange.set("ssl.key.password", "hush").toString()).doesNotContain("hush");
    assertThatThrownBy(
            () ->
                admin(start(FakeCluster.builder()))
                    .configs()
                    .alter(
                        ORDERS,
                        ConfigChange.set("ssl.key.password", "hush"),
                        ConfigChange.set("ssl.key.password", "hush")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hush");
  }
}
