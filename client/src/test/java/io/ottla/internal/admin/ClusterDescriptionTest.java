package io.ottla.internal.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.Admin;
import io.ottla.admin.ClusterDescription;
import io.ottla.error.ClosedException;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.KafkaRelease;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cluster itself. */
final class ClusterDescriptionTest extends AdminTestBase {
  @Test
  @Scenario("L166")
  void it_tells_id_controller_brokers_racks_and_features() throws Exception {
    FakeCluster cluster =
        start(FakeCluster.builder().racks("north", "south", "west").clusterId("shop"));
    cluster.moveController(3);

    ClusterDescription described = get(admin(cluster).describeCluster());

    assertThat(described.id()).contains("shop");
    assertThat(described.controller()).hasValue(3);
    assertThat(described.brokers())
        .extracting(ClusterDescription.Broker::id)
        .containsExactly(1, 2, 3);
    assertThat(described.brokers().get(1).rack()).contains("south");
    assertThat(described.brokers().get(1).port()).isEqualTo(cluster.broker(2).port());
    assertThat(described.features())
        .extractingByKey("group.version")
        .extracting(ClusterDescription.Feature::level)
        .isEqualTo(1);
    assertThat(cluster.refusals()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = KafkaRelease.class,
      names = {"V0_8_2", "V0_9_0", "V0_10_0", "V0_10_1", "V2_1", "V3_9"})
  @Scenario("L166")
  void an_old_broker_tells_what_it_knows(KafkaRelease release) throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().release(release).topic("orders", 1));

    ClusterDescription described = get(admin(cluster).describeCluster());

    assertThat(described.brokers()).hasSize(1);
    boolean hasController = release.compareTo(KafkaRelease.V0_10_0) >= 0;
    boolean hasId = release.compareTo(KafkaRelease.V0_10_1) >= 0;
    assertThat(described.controller().isPresent()).isEqualTo(hasController);
    assertThat(described.id().isPresent()).isEqualTo(hasId);
  }

  @Test
  void a_closed_admin_refuses() {
    Admin admin = admin(start(FakeCluster.builder()));

    admin.close();

    assertFails(admin.describeCluster(), ClosedException.class);
    assertFails(admin.topics().list(), ClosedException.class);
  }

  @Test
  void a_time_that_is_none_is_misuse() {
    Admin admin = admin(start(FakeCluster.builder()));

    assertThatThrownBy(() -> admin.within(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
