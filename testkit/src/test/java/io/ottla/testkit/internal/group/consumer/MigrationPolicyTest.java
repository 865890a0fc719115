package io.ottla.testkit.internal.group.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.ConsumerProtocolSubscription;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.HeartbeatRequest;
import io.ottla.protocol.message.JoinGroupRequest;
import io.ottla.protocol.message.JoinGroupRequest.JoinGroupRequestProtocol;
import io.ottla.protocol.message.JoinGroupResponse;
import io.ottla.testkit.internal.group.GroupSettings.MigrationPolicy;
import io.ottla.testkit.internal.group.GroupType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Groups of both protocols, where the operator or time says no. */
final class MigrationPolicyTest {
  private static final int REBALANCE_TIMEOUT = 20_000;
  private static final int SESSION = 10_000;

  private final Scene scene = new Scene();

  MigrationPolicyTest() {
    scene.topics.create("orders", 2);
  }

  private static JoinGroupRequest classic(String member) {
    ConsumerProtocolSubscription subscription =
        new ConsumerProtocolSubscription().topics(List.of("orders"));
    WireWriter out = WireWriter.ofSize(2 + subscription.size(1));
    out.writeInt16((short) 1);
    subscription.write(out, 1);
    ByteBuffer bytes = out.toByteBuffer();
    byte[] metadata = new byte[bytes.remaining()];
    bytes.get(metadata);
    return new JoinGroupRequest()
        .groupId(Scene.GROUP)
        .memberId(member)
        .sessionTimeoutMs(SESSION)
        .rebalanceTimeoutMs(REBALANCE_TIMEOUT)
        .protocolType("consumer")
        .protocols(List.of(new JoinGroupRequestProtocol().name("range").metadata(metadata)));
  }

  private JoinGroupResponse join(JoinGroupRequest request) {
    Asked<JoinGroupRequest, JoinGroupResponse> asked = new Asked<>(request, 3);
    scene.coordinator.joinGroup().handle(asked);
    scene.timers.advance(0);
    return asked.answer();
  }

  private ErrorCode heartbeat(String member, int generation) {
    return Scene.error(
        Scene.ask(
                scene.coordinator.heartbeat(),
                new HeartbeatRequest()
                    .groupId(Scene.GROUP)
                    .memberId(member)
                    .generationId(generation),
                4)
            .errorCode());
  }

  private GroupType type() {
    return Objects.requireNonNull(scene.coordinator.groups().find(Scene.GROUP)).type();
  }

  @Test
  void live_classic_group_stays_classic_if_upgrades_are_off() {
    scene.settings.migrationPolicy(MigrationPolicy.DOWNGRADE);
    join(classic(""));

    assertThat(Scene.error(scene.heartbeat(Scene.join("a", "orders"))))
        .isEqualTo(ErrorCode.GROUP_ID_NOT_FOUND);
    assertThat(type()).isEqualTo(GroupType.CLASSIC);
  }

  @Test
  void classic_group_larger_than_a_consumer_group_may_be_stays_classic() {
    scene.settings.consumerMaxSize(0);
    join(classic(""));

    assertThat(Scene.error(scene.heartbeat(Scene.join("a", "orders"))))
        .isEqualTo(ErrorCode.GROUP_ID_NOT_FOUND);
  }

  @Test
  void classic_group_whose_members_write_no_subscriptions_stays_classic() {
    JoinGroupRequest odd = classic("");
    // Topics, no user data, and then nothing where version 1 has the owned partitions.
    odd.protocols().get(0).metadata(new byte[] {0, 1, 0, 0, 0, 0, -1, -1, -1, -1});
    join(odd);

    assertThat(Scene.error(scene.heartbeat(Scene.join("a", "orders"))))
        .isEqualTo(ErrorCode.GROUP_ID_NOT_FOUND);
  }

  @Test
  void refused_member_converts_nothing() {
    join(classic(""));
    int waiting = scene.timers.waiting();

    assertThat(Scene.error(scene.heartbeat(Scene.join("a", "orders").subscribedTopicRegex("("))))
        .isEqualTo(ErrorCode.INVALID_REGULAR_EXPRESSION);
    assertThat(type()).isEqualTo(GroupType.CLASSIC);
    assertThat(scene.timers.waiting()).isEqualTo(waiting);
  }

  @Test
  void nobody_joins_a_consumer_group_by_the_classic_protocol_if_groups_are_not_to_mix() {
    scene.settings.migrationPolicy(MigrationPolicy.DISABLED);
    scene.heartbeat(Scene.join("a", "orders"));

    assertThat(Scene.error(join(classic("")).errorCode()))
        .isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
    scene.leave("a");
    assertThat(Scene.error(join(classic("")).errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(type()).isEqualTo(GroupType.CLASSIC);
  }

  @Test
  void group_stays_a_consumer_group_if_downgrades_are_off() {
    scene.settings.migrationPolicy(MigrationPolicy.UPGRADE);
    scene.heartbeat(Scene.join("a", "orders"));
    String b = join(classic("")).memberId();

    scene.leave("a");

    assertThat(type()).isEqualTo(GroupType.CONSUMER);
    assertThat(scene.view().members()).containsOnlyKeys(b);
  }

  @Test
  void classic_member_is_removed_after_the_session_timeout_that_it_asked_for() {
    scene.heartbeat(Scene.join("a", "orders"));
    String b = join(classic("")).memberId();

    scene.timers.advance(SESSION - 1);
    assertThat(scene.view().members()).containsOnlyKeys("a", b);
    scene.timers.advance(1);

    assertThat(scene.view().members()).containsOnlyKeys("a");
  }

  @Test
  void classic_member_that_does_not_sync_is_removed() {
    scene.heartbeat(Scene.join("a", "orders"));
    String b = join(classic("")).memberId();

    for (int i = 0; i < 3; i++) {
      assertThat(heartbeat(b, 3)).isEqualTo(ErrorCode.NONE);
      scene.timers.advance(REBALANCE_TIMEOUT / 4);
    }
    assertThat(scene.view().members()).containsOnlyKeys("a", b);
    scene.timers.advance(REBALANCE_TIMEOUT / 4);

    assertThat(scene.view().members()).containsOnlyKeys("a");
  }

  @Test
  void classic_member_that_does_not_rejoin_when_told_is_removed() {
    scene.heartbeat(Scene.join("a", "orders"));
    String b = join(classic("")).memberId();
    scene.group().rebalance("because");
    scene.heartbeat(Scene.beat("a", 2));
    scene.timers.advance(1);

    for (int i = 0; i < 5; i++) {
      assertThat(heartbeat(b, 3)).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
      scene.timers.advance(REBALANCE_TIMEOUT / 5);
    }

    assertThat(heartbeat(b, 3)).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }
}
