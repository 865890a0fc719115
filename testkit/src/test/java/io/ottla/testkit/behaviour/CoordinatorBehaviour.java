package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.DeleteGroupsRequest;
import io.ottla.protocol.message.DescribeGroupsRequest;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.LeaveGroupRequest;
import io.ottla.protocol.message.OffsetFetchRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Requests about a group to a broker that does not coordinate it. */
abstract class CoordinatorBehaviour extends Behaviour {
  @Test
  void all_brokers_name_the_same_coordinator() {
    String group = uniqueName("group");
    int coordinator = Coordinators.await(broker(), group);

    for (int id : cluster().brokerIds()) {
      assertThat(Coordinators.await(to(id), group)).isEqualTo(coordinator);
    }
  }

  @Test
  void another_broker_is_not_the_coordinator() {
    String group = uniqueName("group");
    int coordinator = Coordinators.await(broker(), group);
    Coordinators.awaitLoaded(to(coordinator), group);
    int other =
        cluster().brokerIds().stream().filter(id -> id != coordinator).findFirst().orElseThrow();
    Topic topic = newTopic(1);
    GroupMember member = new GroupMember(to(other), group).memberId("m").generation(1);

    assertThat(member.heartbeat()).isEqualTo(ErrorCode.NOT_COORDINATOR);
    assertThat(error(to(other).ask(member.joinRequest()).errorCode()))
        .isEqualTo(ErrorCode.NOT_COORDINATOR);
    assertThat(error(member.sync(Map.of()).errorCode())).isEqualTo(ErrorCode.NOT_COORDINATOR);
    assertThat(
            error(
                to(other).ask(new LeaveGroupRequest().groupId(group).memberId("m"), 2).errorCode()))
        .isEqualTo(ErrorCode.NOT_COORDINATOR);
    assertThat(Offsets.send(to(other), Offsets.commit(group, topic, 0, 1, "", 9), 9))
        .isEqualTo(ErrorCode.NOT_COORDINATOR);
    assertThat(
            error(only(to(other).ask(Offsets.fetch(group, topic, 0, 9), 9).groups()).errorCode()))
        .isEqualTo(ErrorCode.NOT_COORDINATOR);
    assertThat(
            error(
                to(other).ask(new OffsetFetchRequest().groupId(group).topics(null), 7).errorCode()))
        .isEqualTo(ErrorCode.NOT_COORDINATOR);
    assertThat(
            error(
                only(to(other).ask(new DescribeGroupsRequest().groups(List.of(group))).groups())
                    .errorCode()))
        .isEqualTo(ErrorCode.NOT_COORDINATOR);
    assertThat(
            error(
                only(to(other).ask(new DeleteGroupsRequest().groupsNames(List.of(group))).results())
                    .errorCode()))
        .isEqualTo(ErrorCode.NOT_COORDINATOR);
    ConsumerMember consumer = new ConsumerMember(to(other), group, topic);
    assertThat(error(consumer.send(consumer.full()).errorCode()))
        .isEqualTo(ErrorCode.NOT_COORDINATOR);
  }
}
