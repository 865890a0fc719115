package io.ottla.testkit.internal.fetch;

import static io.ottla.testkit.internal.fetch.Requests.reading;
import static io.ottla.testkit.internal.fetch.Requests.request;
import static io.ottla.testkit.internal.fetch.Requests.topic;
import static io.ottla.testkit.internal.fetch.Requests.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchResponse;
import io.ottla.protocol.message.FetchResponse.PartitionData;
import io.ottla.testkit.internal.topic.ReplicaBounds;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** KIP-392. Broker 1 leads, in rack a; 2 and 3 follow, in rack b. */
final class FetchFollowersTest extends FetchTestBase {
  @BeforeEach
  void fillTopic() {
    create("a", 1);
    append("a", 0, Batches.of("x"), Batches.of("y"), Batches.of("z"));
    settings.isRackAware = true;
  }

  @Test
  void a_leader_sends_readers_to_a_replica_in_their_rack() {
    PartitionData data = preferred(0, "b");

    assertThat(data.preferredReadReplica()).as("of two that are equal").isEqualTo(3);
    assertThat(error(data)).isEqualTo(ErrorCode.NONE);
    assertThat(size(data)).isZero();
    assertThat(data.highWatermark()).isEqualTo(3);
    assertThat(data.logStartOffset()).isZero();
  }

  @Test
  void a_leader_serves_readers_in_its_rack_and_those_without() {
    for (String rack : List.of("a", "", "elsewhere")) {
      PartitionData data = preferred(0, rack);
      assertThat(data.preferredReadReplica()).isEqualTo(-1);
      assertThat(values(data.records())).hasSize(3);
    }
  }

  @Test
  void a_leader_that_does_not_choose_by_rack_serves_all() {
    settings.isRackAware = false;

    assertThat(preferred(0, "b").preferredReadReplica()).isEqualTo(-1);
  }

  @Test
  void versions_before_11_are_served_by_the_leader() {
    FetchRequest request = request(topic("a", reading(0, 0))).rackId("b");

    assertThat(only(fetch(request, 10)).preferredReadReplica()).isEqualTo(-1);
    assertThat(error(only(sendTo(2, request, 10).response())))
        .isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
  }

  @Test
  void replicas_that_do_not_have_the_offset_are_not_chosen() {
    partition("a", 0).bound(3, new ReplicaBounds(0, 2));
    assertThat(preferred(0, "b").preferredReadReplica()).as("has the most").isEqualTo(2);

    partition("a", 0).bound(2, new ReplicaBounds(1, Long.MAX_VALUE));
    assertThat(preferred(0, "b").preferredReadReplica()).as("begins later").isEqualTo(3);
    assertThat(preferred(2, "b").preferredReadReplica()).isEqualTo(2);

    partition("a", 0).bound(2, new ReplicaBounds(0, 1));
    assertThat(preferred(3, "b").preferredReadReplica()).as("nobody has it").isEqualTo(-1);
  }

  @Test
  void replicas_out_of_sync_or_stopped_are_not_chosen() {
    partition("a", 0).setInSync(List.of(1, 2));
    assertThat(preferred(0, "b").preferredReadReplica()).isEqualTo(2);

    brokers.stop(2);
    assertThat(preferred(0, "b").preferredReadReplica()).isEqualTo(-1);
  }

  @Test
  void the_choice_is_told_without_waiting_and_in_a_session_each_time() {
    FetchRequest full = request(topic("a", reading(0, 3))).sessionEpoch(0).rackId("b");
    FetchResponse first = fetch(full.maxWaitMs(500), WITH_NAMES);
    FetchRequest next =
        request().sessionId(first.sessionId()).sessionEpoch(1).rackId("b").maxWaitMs(500);

    assertThat(only(first).preferredReadReplica()).isEqualTo(3);
    assertThat(only(fetch(next, WITH_NAMES)).preferredReadReplica()).isEqualTo(3);
  }

  @Test
  void a_wrong_epoch_counts_more_than_the_rack() {
    FetchRequest request = request(topic("a", reading(0, 0).currentLeaderEpoch(5))).rackId("b");

    assertThat(error(only(fetch(request, WITH_NAMES)))).isEqualTo(ErrorCode.UNKNOWN_LEADER_EPOCH);
  }

  @Test
  void a_follower_serves_what_it_has() {
    partition("a", 0).bound(2, new ReplicaBounds(1, 2));

    assertThat(values(fromFollower(1).records())).containsExactly("y");
    assertThat(fromFollower(1).highWatermark()).isEqualTo(2);
    assertThat(fromFollower(1).logStartOffset()).isEqualTo(1);
    assertThat(error(fromFollower(2))).isEqualTo(ErrorCode.NONE);
    assertThat(error(fromFollower(0))).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
    assertThat(error(fromFollower(3))).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
  }

  @Test
  void a_follower_that_catches_up_ends_the_wait() {
    partition("a", 0).bound(2, new ReplicaBounds(0, 3));
    FetchRequest request = request(topic("a", reading(0, 3))).maxWaitMs(500);
    FakeExchange waits = sendTo(2, request, WITH_NAMES);

    append("a", 0, Batches.of("new"));
    timers.advance(1);
    assertThat(waits.isAnswered()).isFalse();
    partition("a", 0).bound(2, ReplicaBounds.NONE);
    timers.advance(0);

    assertThat(values(only(waits.response()).records())).containsExactly("new");
  }

  @Test
  void a_follower_sends_nobody_elsewhere() {
    FetchRequest request = request(topic("a", reading(0, 0))).rackId("b");

    assertThat(only(sendTo(2, request, WITH_NAMES).response()).preferredReadReplica())
        .isEqualTo(-1);
  }

  private PartitionData preferred(long offset, String rack) {
    return only(fetch(request(topic("a", reading(0, offset))).rackId(rack), WITH_NAMES));
  }

  private PartitionData fromFollower(long offset) {
    return only(sendTo(2, request(topic("a", reading(0, offset))), WITH_NAMES).response());
  }
}
