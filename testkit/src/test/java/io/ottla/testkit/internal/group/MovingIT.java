package io.ottla.testkit.internal.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.AlterPartitionReassignmentsRequest;
import io.ottla.protocol.message.AlterPartitionReassignmentsRequest.ReassignablePartition;
import io.ottla.protocol.message.AlterPartitionReassignmentsRequest.ReassignableTopic;
import io.ottla.protocol.message.DescribeGroupsRequest;
import io.ottla.protocol.message.DescribeGroupsResponse.DescribedGroup;
import io.ottla.protocol.message.DescribeGroupsResponse.DescribedGroupMember;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FindCoordinatorRequest;
import io.ottla.protocol.message.FindCoordinatorResponse.Coordinator;
import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.RealKafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a real cluster's groups are after a move, which {@link MovingTest} takes for granted. */
@RealKafka(
    nodes = 3,
    properties = {GroupRules.NO_DELAY_PROPERTY, GroupRules.ONE_PARTITION_PROPERTY})
final class MovingIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final KafkaServer kafka;
  private final String joining = "joining-" + UUID.randomUUID();
  private final String syncing = "syncing-" + UUID.randomUUID();

  MovingIT(KafkaServer kafka) {
    this.kafka = kafka;
  }

  private Coordinator find(Peer peer) {
    return peer.send(new FindCoordinatorRequest().coordinatorKeys(List.of(joining)), 4)
        .await()
        .coordinators()
        .get(0);
  }

  private int coordinator() {
    try (RealCoordination any = new RealCoordination(kafka.node(1))) {
      Peer peer = any.connect("finder");
      Awaitility.await().atMost(PATIENCE).until(() -> find(peer).errorCode() == 0);
      return find(peer).nodeId();
    }
  }

  private void moveTo(RealCoordination next) {
    Peer peer = next.connect("mover");
    AlterPartitionReassignmentsRequest request =
        new AlterPartitionReassignmentsRequest().timeoutMs(10_000);
    request
        .topics()
        .add(
            new ReassignableTopic()
                .name("__consumer_offsets")
                .partitions(
                    List.of(
                        new ReassignablePartition()
                            .partitionIndex(0)
                            .replicas(List.of(next.brokerId())))));
    assertThat(peer.send(request, 0).await().errorCode()).isZero();
    awaitCoordinator(peer);
  }

  /** Waits until a broker knows that it coordinates. */
  private void awaitCoordinator(Peer peer) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              ErrorCode error = ErrorCode.of(describe(peer, joining).errorCode());
              return error == ErrorCode.NONE || error == ErrorCode.GROUP_ID_NOT_FOUND;
            });
  }

  private static DescribedGroup describe(Peer peer, String group) {
    return peer.send(new DescribeGroupsRequest().groups(List.of(group)), 6).await().groups().get(0);
  }

  private static Member at(Coordination coordination, Member member) {
    Member same = new Member(coordination, "same", member.groupId);
    same.id = member.id;
    same.generation = member.generation;
    return same;
  }

  @Test
  void who_waits_is_told_and_the_next_coordinator_knows_the_last_generation_with_assignments() {
    int first = coordinator();
    try (RealCoordination old = new RealCoordination(kafka.node(first));
        RealCoordination next = new RealCoordination(kafka.node(first % 3 + 1))) {
      awaitCoordinator(old.connect("administrator"));
      Member leader = new Member(old, "leader", joining).joinAlone();
      Member newcomer = new Member(old, "newcomer", joining).beginJoin();
      leader.awaitRebalance();
      Member assigner = new Member(old, "assigner", syncing).joinAlone();
      Member follower = new Member(old, "follower", syncing).beginJoin();
      assigner.rejoin();
      follower.endJoin();
      follower.sendSync(Map.of());

      moveTo(next);

      assertThat(ErrorCode.of(newcomer.endJoin().errorCode())).isEqualTo(ErrorCode.NOT_COORDINATOR);
      assertThat(ErrorCode.of(follower.endSync().errorCode())).isEqualTo(ErrorCode.NOT_COORDINATOR);
      assertThat(leader.heartbeat()).isEqualTo(ErrorCode.NOT_COORDINATOR);
      assertThat(at(next, leader).heartbeat()).isEqualTo(ErrorCode.NONE);
      assertThat(at(next, newcomer).heartbeat()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
      assertThat(at(next, follower).heartbeat()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
      assertThat(at(next, assigner).heartbeat()).isEqualTo(ErrorCode.ILLEGAL_GENERATION);
      DescribedGroup described = describe(next.connect("administrator"), syncing);
      assertThat(described.groupState()).isEqualTo("Stable");
      assertThat(described.members())
          .extracting(DescribedGroupMember::memberId)
          .containsExactly(assigner.id);
    }
  }
}
