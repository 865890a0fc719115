package io.ottla.testkit.internal.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.DescribeGroupsRequest;
import io.ottla.protocol.message.DescribeGroupsResponse.DescribedGroup;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.OffsetCommitRequest;
import io.ottla.protocol.message.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.ottla.protocol.message.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.ottla.protocol.message.OffsetCommitResponse.OffsetCommitResponsePartition;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the handlers do with a group that is not a classic one. */
final class OtherKindOfGroupTest {
  private static final String GROUP = "group";

  private final FakeCoordination fake = new FakeCoordination();

  /** A consumer group of which only these answers are known. */
  private Group consumerGroup(Map<String, Object> answers) {
    InvocationHandler handler =
        (proxy, method, arguments) ->
            method.isDefault() && !answers.containsKey(method.getName())
                ? InvocationHandler.invokeDefault(proxy, method, arguments)
                : answers.get(method.getName());
    return (Group)
        Proxy.newProxyInstance(Group.class.getClassLoader(), new Class<?>[] {Group.class}, handler);
  }

  private Group enter(boolean isEmpty) {
    Group group =
        consumerGroup(
            Map.of(
                "id",
                GROUP,
                "type",
                GroupType.CONSUMER,
                "stateName",
                "Stable",
                "protocolType",
                "consumer",
                "isEmpty",
                isEmpty,
                "checkCommit",
                ErrorCode.STALE_MEMBER_EPOCH));
    fake.coordinator.groups().add(group);
    return group;
  }

  @Test
  void empty_consumer_group_makes_way_for_classic_members() {
    enter(true);

    assertThat(new Member(fake, "a", GROUP).join().generationId()).isEqualTo(1);

    assertThat(fake.classic(GROUP).members()).hasSize(1);
  }

  @Test
  void consumer_group_with_members_decides_itself_about_classic_ones() {
    Group group = enter(false);
    Member member = new Member(fake, "a", GROUP);

    assertThat(ErrorCode.of(member.sendJoin().await().errorCode()))
        .isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
    assertThat(ErrorCode.of(member.sendSync(Map.of()).await().errorCode()))
        .isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(member.heartbeat()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(fake.coordinator.groups().find(GROUP)).isSameAs(group);
  }

  @Test
  void consumer_group_is_no_classic_one_to_those_who_describe_it() {
    enter(false);
    DescribeGroupsRequest request = new DescribeGroupsRequest().groups(List.of(GROUP));

    DescribedGroup described = fake.connect("a").send(request, 6).now().groups().get(0);

    assertThat(described.errorCode()).isEqualTo(ErrorCode.GROUP_ID_NOT_FOUND.code());
    assertThat(described.errorMessage()).isEqualTo("Group group is not a classic group.");
    assertThat(described.groupState()).isEqualTo("Dead");
  }

  @Test
  void commit_that_the_group_refuses_is_refused_for_all_partitions_that_exist() {
    // L162
    fake.createTopic("orders", 2);
    enter(false);
    OffsetCommitRequest request =
        new OffsetCommitRequest()
            .groupId(GROUP)
            .topics(
                List.of(
                    new OffsetCommitRequestTopic()
                        .name("orders")
                        .partitions(
                            List.of(
                                new OffsetCommitRequestPartition().partitionIndex(0),
                                new OffsetCommitRequestPartition().partitionIndex(1),
                                new OffsetCommitRequestPartition().partitionIndex(2)))));

    assertThat(fake.connect("a").send(request, 9).now().topics().get(0).partitions())
        .extracting(OffsetCommitResponsePartition::errorCode)
        .containsExactly(
            ErrorCode.STALE_MEMBER_EPOCH.code(),
            ErrorCode.STALE_MEMBER_EPOCH.code(),
            ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
    assertThat(fake.coordinator.offsets().of(GROUP)).isEmpty();
  }
}
