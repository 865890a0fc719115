package io.ottla.testkit.internal.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.DescribeGroupsRequest;
import io.ottla.protocol.message.DescribeGroupsResponse.DescribedGroup;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.OffsetCommitRequest;
import io.ottla.protocol.message.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.ottla.protocol.message.OffsetCommitRequest.OffsetCommitRequestTopic;
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
        (proxy, method, arguments) -> {
          Object answer = answers.get(method.getName() + "/" + method.getParameterCount());
          return method.isDefault() && answer == null
              ? InvocationHandler.invokeDefault(proxy, method, arguments)
              : answer;
        };
    return (Group)
        Proxy.newProxyInstance(Group.class.getClassLoader(), new Class<?>[] {Group.class}, handler);
  }

  private Group enter(boolean isEmpty) {
    return enter(isEmpty, ErrorCode.STALE_MEMBER_EPOCH, ErrorCode.NONE);
  }

  private Group enter(boolean isEmpty, ErrorCode ofCommit, ErrorCode ofPartition) {
    Group group =
        consumerGroup(
            Map.of(
                "id/0", GROUP,
                "type/0", GroupType.CONSUMER,
                "stateName/0", "Stable",
                "protocolType/0", "consumer",
                "isEmpty/0", isEmpty,
                "checkCommit/1", ofCommit,
                "checkCommit/4", ofPartition));
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

  private List<ErrorCode> commit(OffsetCommitRequestPartition... partitions) {
    OffsetCommitRequest request =
        new OffsetCommitRequest()
            .groupId(GROUP)
            .topics(
                List.of(
                    new OffsetCommitRequestTopic().name("orders").partitions(List.of(partitions))));
    return fake.connect("a").send(request, 9).now().topics().get(0).partitions().stream()
        .map(partition -> ErrorCode.of(partition.errorCode()))
        .toList();
  }

  private static OffsetCommitRequestPartition partition(int index) {
    return new OffsetCommitRequestPartition().partitionIndex(index);
  }

  @Test
  void commit_that_the_group_refuses_is_refused_for_all_partitions_that_exist() {
    // L162
    fake.createTopic("orders", 2);
    enter(false);

    assertThat(commit(partition(0), partition(1), partition(2)))
        .containsExactly(
            ErrorCode.STALE_MEMBER_EPOCH,
            ErrorCode.STALE_MEMBER_EPOCH,
            ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(fake.coordinator.offsets().of(GROUP)).isEmpty();
  }

  @Test
  void one_partition_that_may_not_be_committed_refuses_them_all_unless_its_metadata_is_too_large() {
    fake.createTopic("orders", 2);
    enter(false, ErrorCode.NONE, ErrorCode.STALE_MEMBER_EPOCH);

    assertThat(commit(partition(0), partition(1))).containsOnly(ErrorCode.STALE_MEMBER_EPOCH);
    assertThat(commit(partition(0).committedMetadata("x".repeat(4_097))))
        .containsExactly(ErrorCode.OFFSET_METADATA_TOO_LARGE);
  }
}
