package io.ottla.internal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.Admin;
import io.ottla.admin.OffsetAdmin;
import io.ottla.admin.OffsetSpec;
import io.ottla.admin.Outcomes;
import io.ottla.admin.PartitionOffset;
import io.ottla.admin.TopicPartition;
import io.ottla.error.AuthorizationException;
import io.ottla.error.RefusedException;
import io.ottla.error.UnsupportedVersionException;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.FakeRecord;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.KafkaRelease;
import io.ottla.testkit.scenario.Scenario;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Offsets found, records deleted. */
final class OffsetsTest extends AdminTestBase {
  private static final TopicPartition FIRST = new TopicPartition("orders", 0);
  private static final TopicPartition SECOND = new TopicPartition("orders", 1);

  private FakeCluster filled(KafkaRelease release) {
    FakeCluster cluster = start(FakeCluster.builder().release(release).topic("orders", 2));
    for (String value : List.of("a", "b", "c", "d")) {
      cluster.partition("orders", 0).append(value);
    }
    return cluster;
  }

  @ParameterizedTest
  @EnumSource(
      value = KafkaRelease.class,
      names = {"V0_8_2", "V0_10_1", "V1_0", "V2_1", "V4_3"})
  void a_broker_of_any_age_tells_begin_and_end(KafkaRelease release) throws Exception {
    Admin admin = admin(filled(release));
    List<TopicPartition> both = List.of(FIRST, SECOND);

    assertThat(get(admin.offsets().earliest(both)).values())
        .allSatisfy((partition, found) -> assertThat(found.offset()).isZero());
    Outcomes<TopicPartition, PartitionOffset> latest = get(admin.offsets().latest(both));
    assertThat(latest.of(FIRST).orThrow().offset()).isEqualTo(4);
    assertThat(latest.of(SECOND).orThrow().offset()).isZero();
  }

  @Test
  void a_record_is_found_by_its_time_and_the_youngest_by_its_being_so() throws Exception {
    FakeCluster cluster = filled(KafkaRelease.newest());
    Admin admin = admin(cluster);
    List<FakeRecord> records = cluster.records("orders");
    long last = records.get(3).timestamp().toEpochMilli();

    PartitionOffset byTime =
        get(admin.offsets().find(FIRST, OffsetSpec.at(Instant.ofEpochMilli(last))));
    assertThat(byTime.isFound()).isTrue();
    assertThat(byTime.timestampMs()).isEqualTo(last);
    assertThat(byTime.leaderEpoch()).isZero();
    assertThat(
            get(admin.offsets().find(FIRST, OffsetSpec.at(Instant.ofEpochMilli(last + 1))))
                .isFound())
        .isFalse();
    assertThat(get(admin.offsets().find(FIRST, OffsetSpec.maxTimestamp())).timestampMs())
        .isEqualTo(last);
  }

  @Test
  void what_is_committed_ends_before_an_open_transaction() throws Exception {
    FakeCluster cluster = filled(KafkaRelease.newest());
    cluster.partition("orders", 0).appendInTransaction(7, "x", "y");
    Map<TopicPartition, OffsetSpec> wanted = new LinkedHashMap<>();
    wanted.put(FIRST, OffsetSpec.lastStable());
    wanted.put(SECOND, OffsetSpec.latest());

    Outcomes<TopicPartition, PartitionOffset> found = get(admin(cluster).offsets().find(wanted));

    assertThat(found.of(FIRST).orThrow().offset()).isEqualTo(4);
    assertThat(found.of(SECOND).orThrow().offset()).isZero();
    assertThat(get(admin(cluster).offsets().find(FIRST, OffsetSpec.latest())).offset())
        .isEqualTo(6);
  }

  @Test
  void what_is_not_there_is_told_at_once_and_does_not_hide_the_rest() throws Exception {
    Admin admin = admin(filled(KafkaRelease.newest()));
    TopicPartition third = new TopicPartition("orders", 2);
    TopicPartition none = new TopicPartition("none", 0);

    Outcomes<TopicPartition, PartitionOffset> found =
        get(admin.offsets().latest(List.of(none, FIRST, third)));

    assertThat(found.of(FIRST).isDone()).isTrue();
    assertThat(found.of(none).failure()).hasMessageStartingWith("topic none not found");
    assertThat(found.of(third).failure())
        .isExactlyInstanceOf(RefusedException.class)
        .hasMessageContaining("offset of orders-2 not found: the topic has 2 partitions");
  }

  @Test
  void what_an_old_leader_cannot_find_is_one_clear_error() {
    Admin oldest = admin(filled(KafkaRelease.V0_10_0));
    assertFails(
            oldest.offsets().find(FIRST, OffsetSpec.at(Instant.EPOCH)),
            UnsupportedVersionException.class)
        .hasMessageContaining("AT_TIME needs Kafka 0.10.1 or newer");
    Admin older = admin(filled(KafkaRelease.V2_1));
    assertFails(
            older.offsets().find(FIRST, OffsetSpec.maxTimestamp()),
            UnsupportedVersionException.class)
        .hasMessageContaining("MAX_TIMESTAMP needs Kafka 3.0 or newer");
    assertFails(
            oldest.offsets().find(FIRST, OffsetSpec.lastStable()),
            UnsupportedVersionException.class)
        .hasMessageContaining("LAST_STABLE needs Kafka 0.11 or newer");
  }

  @Test
  void what_is_not_allowed_is_told_of_each_partition() throws Exception {
    FakeCluster cluster = filled(KafkaRelease.newest());
    cluster.on(ApiKey.LIST_OFFSETS).once(Fault.error(ErrorCode.TOPIC_AUTHORIZATION_FAILED));

    assertThat(get(admin(cluster).offsets().latest(List.of(FIRST, SECOND))).failures())
        .hasSize(2)
        .allSatisfy(
            (partition, failure) ->
                assertThat(failure).isExactlyInstanceOf(AuthorizationException.class));
  }

  @Test
  @Scenario("L164")
  void records_are_deleted_up_to_an_offset_or_all_of_them() throws Exception {
    FakeCluster cluster = filled(KafkaRelease.newest());
    Admin admin = admin(cluster);

    assertThat(get(admin.offsets().deleteRecords(Map.of(FIRST, 3L))).of(FIRST).orThrow())
        .isEqualTo(3);
    assertThat(cluster.partition("orders", 0).startOffset()).isEqualTo(3);
    assertThat(
            get(admin.offsets().deleteRecords(Map.of(FIRST, OffsetAdmin.ALL_RECORDS)))
                .of(FIRST)
                .orThrow())
        .isEqualTo(4);
    Outcomes<TopicPartition, Long> beyond =
        get(admin.offsets().deleteRecords(Map.of(FIRST, 99L, new TopicPartition("none", 0), 1L)));
    assertThat(beyond.of(FIRST).failure())
        .hasMessageContaining("records of orders-0 not deleted")
        .hasMessageContaining("OFFSET_OUT_OF_RANGE")
        .hasMessageContaining("between the earliest and the latest");
    assertThat(beyond.failures()).hasSize(2);
  }

  @Test
  void records_are_not_deleted_by_brokers_before_0_11() {
    assertFails(
            admin(filled(KafkaRelease.V0_10_2))
                .offsets()
                .deleteRecords(Map.of(FIRST, 3L))
                .thenApply(all -> all.of(FIRST).orThrow()),
            UnsupportedVersionException.class)
        .hasMessageStartingWith("records not deleted: this needs Kafka 0.11 or newer");
  }
}
