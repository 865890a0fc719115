package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FindCoordinatorRequest;
import io.ottla.protocol.message.FindCoordinatorResponse.Coordinator;
import io.ottla.protocol.message.HeartbeatRequest;
import java.util.List;

/** Finds the coordinators of groups. */
final class Coordinators {
  private Coordinators() {}

  /** Waits until the group has a coordinator that works; a real one makes a topic at first. */
  static int await(RawConnection broker, String group) {
    FindCoordinatorRequest find =
        new FindCoordinatorRequest().keyType((byte) 0).coordinatorKeys(List.of(group));
    Behaviour.eventually(
        () -> {
          Coordinator found = Behaviour.only(broker.ask(find).coordinators());
          assertThat(ErrorCode.of(found.errorCode())).isEqualTo(ErrorCode.NONE);
        });
    return Behaviour.only(broker.ask(find).coordinators()).nodeId();
  }

  /** Waits until the coordinator, which this broker is, has read its groups. */
  static void awaitLoaded(RawConnection coordinator, String group) {
    HeartbeatRequest probe =
        new HeartbeatRequest().groupId(group).generationId(1).memberId("nobody");
    Behaviour.eventually(
        () ->
            assertThat(ErrorCode.of(coordinator.ask(probe).errorCode()))
                .isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID));
  }
}
