package io.ottla.testkit.internal.group.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.ConsumerProtocolAssignment;
import io.ottla.protocol.message.ConsumerProtocolSubscription;
import io.ottla.protocol.message.HeartbeatRequest;
import io.ottla.protocol.message.JoinGroupRequest;
import io.ottla.protocol.message.JoinGroupRequest.JoinGroupRequestProtocol;
import io.ottla.protocol.message.JoinGroupResponse;
import io.ottla.protocol.message.LeaveGroupRequest;
import io.ottla.protocol.message.LeaveGroupRequest.MemberIdentity;
import io.ottla.protocol.message.ListGroupsRequest;
import io.ottla.protocol.message.SyncGroupRequest;
import io.ottla.protocol.message.SyncGroupRequest.SyncGroupRequestAssignment;
import io.ottla.protocol.message.SyncGroupResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Members of both protocols in one group, and groups that change from one kind to the other. */
abstract class ConversionRules extends Rules {
  private static final int VERSION = 9;
  private static final int SYNC_VERSION = 5;
  private static final int HEARTBEAT_VERSION = 4;
  private static final int LEAVE_VERSION = 5;
  private static final short SUBSCRIPTION_VERSION = 1;

  ConversionRules(Side side) {
    super(side);
  }

  // The classic protocol, in short.

  /** A JoinGroup of a consumer that has these partitions, in the form {@code orders-0}. */
  private JoinGroupRequest classic(String member, Set<String> topics, String... owned) {
    ConsumerProtocolSubscription subscription =
        new ConsumerProtocolSubscription()
            .topics(topics.stream().map(this::real).toList())
            .ownedPartitions(
                List.of(owned).stream()
                    .map(
                        name ->
                            new ConsumerProtocolSubscription.TopicPartition()
                                .topic(real(name.substring(0, name.lastIndexOf('-'))))
                                .partitions(
                                    List.of(
                                        Integer.parseInt(
                                            name.substring(name.lastIndexOf('-') + 1)))))
                    .toList());
    WireWriter out = WireWriter.ofSize(2 + subscription.size(SUBSCRIPTION_VERSION));
    out.writeInt16(SUBSCRIPTION_VERSION);
    subscription.write(out, SUBSCRIPTION_VERSION);
    return new JoinGroupRequest()
        .groupId(group)
        .memberId(member)
        .sessionTimeoutMs(45_000)
        .rebalanceTimeoutMs(60_000)
        .protocolType("consumer")
        .protocols(
            List.of(
                new JoinGroupRequestProtocol().name("range").metadata(bytes(out.toByteBuffer()))));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** A new member asks, is given an id, and joins with it; returns the id. */
  private String enter(String... topics) {
    String id = side.ask(classic("", Set.of(topics)), VERSION).memberId();
    JoinGroupResponse joined = side.ask(classic(id, Set.of(topics)), VERSION);
    assertThat(Side.error(joined.errorCode()).name()).isEqualTo("NONE");
    return id;
  }

  private String join(JoinGroupRequest request) {
    JoinGroupResponse answer = side.ask(request, VERSION);
    return answer.errorCode() == 0
        ? answer.generationId()
            + " "
            + answer.protocolType()
            + " "
            + answer.protocolName()
            + " '"
            + answer.leader()
            + "' "
            + answer.members().size()
        : Side.error(answer.errorCode()).name();
  }

  /** What a member is assigned, or the error. */
  private String sync(String member, int generation) {
    return sync(new SyncGroupRequest().groupId(group).memberId(member).generationId(generation));
  }

  private String sync(SyncGroupRequest request) {
    if (request.protocolType() == null) {
      request.protocolType("consumer").protocolName("range");
    }
    SyncGroupResponse answer = side.ask(request, SYNC_VERSION);
    if (answer.errorCode() != 0) {
      return Side.error(answer.errorCode()).name();
    }
    List<String> partitions = new ArrayList<>();
    for (ConsumerProtocolAssignment.TopicPartition topic :
        EmbeddedProtocol.readAssignment(answer.assignment()).assignedPartitions()) {
      String name = topic.topic().substring(0, topic.topic().indexOf('.'));
      topic.partitions().forEach(partition -> partitions.add(name + "-" + partition));
    }
    return new TreeSet<>(partitions).stream().collect(Collectors.joining(" "));
  }

  private String heartbeat(String member, int generation) {
    return Side.error(
            side.ask(
                    new HeartbeatRequest().groupId(group).memberId(member).generationId(generation),
                    HEARTBEAT_VERSION)
                .errorCode())
        .name();
  }

  private String leave(String member) {
    return Side.error(
            side.ask(
                    new LeaveGroupRequest()
                        .groupId(group)
                        .members(List.of(new MemberIdentity().memberId(member))),
                    LEAVE_VERSION)
                .members()
                .get(0)
                .errorCode())
        .name();
  }

  private String listed() {
    return side.ask(new ListGroupsRequest(), 5).groups().stream()
        .filter(one -> one.groupId().equals(group))
        .map(one -> one.groupType() + " " + one.groupState())
        .findFirst()
        .orElse("not listed");
  }

  /** A classic group of one member, who leads it and gives itself these partitions. */
  private String classicGroup(String... partitions) {
    String member = enter("orders");
    Set<TopicIdPartition> assigned = new TreeSet<>();
    for (String partition : partitions) {
      assigned.add(
          new TopicIdPartition(
              id("orders"), Integer.parseInt(partition.substring("orders-".length()))));
    }
    ConsumerProtocolAssignment assignment =
        new ConsumerProtocolAssignment()
            .assignedPartitions(
                List.of(
                    new ConsumerProtocolAssignment.TopicPartition()
                        .topic(real("orders"))
                        .partitions(assigned.stream().map(TopicIdPartition::partition).toList())));
    WireWriter out = WireWriter.ofSize(2 + assignment.size(SUBSCRIPTION_VERSION));
    out.writeInt16(SUBSCRIPTION_VERSION);
    assignment.write(out, SUBSCRIPTION_VERSION);
    SyncGroupRequest sync =
        new SyncGroupRequest()
            .groupId(group)
            .memberId(member)
            .generationId(1)
            .assignments(
                List.of(
                    new SyncGroupRequestAssignment()
                        .memberId(member)
                        .assignment(bytes(out.toByteBuffer()))));
    assertThat(sync(sync)).isEqualTo(String.join(" ", partitions));
    return member;
  }

  // The rules.

  @Test
  void classic_member_in_a_consumer_group_is_assigned_by_the_coordinator() {
    topic("orders", 2);
    say(join("a", "orders"));

    JoinGroupResponse asked = side.ask(classic("", Set.of("orders")), VERSION);
    assertThat(Side.error(asked.errorCode()).name()).isEqualTo("MEMBER_ID_REQUIRED");
    String b = asked.memberId();
    assertThat(join(classic(b, Set.of("orders")))).isEqualTo("3 consumer range '' 0");
    assertThat(sync(b, 3)).isEqualTo("");
    assertThat(sync(b, 2)).isEqualTo("ILLEGAL_GENERATION");
    assertThat(heartbeat(b, 3)).isEqualTo("NONE");
    assertThat(heartbeat(b, 2)).isEqualTo("ILLEGAL_GENERATION");
    assertThat(heartbeat("c", 2)).isEqualTo("UNKNOWN_MEMBER_ID");
    assertThat(heartbeat("a", 2)).isEqualTo("UNKNOWN_MEMBER_ID");

    String kept = say(beat("a", 2));
    String given = kept.equals("2: orders-0") ? "orders-1" : "orders-0";
    assertThat(say(owning("a", 2, kept.substring(3)))).isEqualTo("3");
    assertThat(heartbeat(b, 3)).isEqualTo("REBALANCE_IN_PROGRESS");
    assertThat(join(classic(b, Set.of("orders")))).isEqualTo("3 consumer range '' 0");
    assertThat(sync(b, 3)).isEqualTo(given);
    assertThat(heartbeat(b, 3)).isEqualTo("NONE");
    assertThat(state()).isEqualTo("Stable 3/3");
    assertThat(described().members().stream().mapToInt(m -> m.memberType()).sum()).isEqualTo(1);
  }

  @Test
  void classic_member_gives_up_partitions_by_joining_without_them() {
    topic("orders", 2);
    say(join("a", "orders"));
    String b = enter("orders");
    say(beat("a", -1));
    // The last member of the consumer protocol has left: the group is a classic one.
    assertThat(listed()).isEqualTo("classic PreparingRebalance");
    assertThat(join(classic(b, Set.of("orders")))).isEqualTo("4 consumer range '" + b + "' 1");

    assertThat(say(join("c", "orders"))).startsWith("5:");
    assertThat(heartbeat(b, 4)).isEqualTo("REBALANCE_IN_PROGRESS");
  }

  @Test
  void live_classic_group_becomes_a_consumer_group() {
    topic("orders", 2);
    String b = classicGroup("orders-0", "orders-1");
    assertThat(listed()).isEqualTo("classic Stable");

    assertThat(say(join("a", "orders"))).isEqualTo("2:");
    assertThat(listed()).isEqualTo("consumer Reconciling");
    assertThat(state(b)).startsWith("1: orders-0 orders-1 -> orders-");
    String kept = state(b).substring("1: orders-0 orders-1 -> ".length());
    String given = kept.equals("orders-0") ? "orders-1" : "orders-0";
    assertThat(heartbeat(b, 1)).isEqualTo("REBALANCE_IN_PROGRESS");
    assertThat(sync(b, 1)).isEqualTo("REBALANCE_IN_PROGRESS");

    // It comes with everything, as a cooperative member does, and is told to give up one.
    assertThat(join(classic(b, Set.of("orders"), "orders-0", "orders-1")))
        .isEqualTo("1 consumer range '' 0");
    assertThat(sync(b, 1)).isEqualTo(kept);
    assertThat(heartbeat(b, 1)).isEqualTo("REBALANCE_IN_PROGRESS");
    assertThat(join(classic(b, Set.of("orders"), kept))).isEqualTo("2 consumer range '' 0");
    assertThat(sync(b, 2)).isEqualTo(kept);
    assertThat(say(beat("a", 2))).isEqualTo("2: " + given);
    assertThat(state()).isEqualTo("Stable 2/2");
  }

  @Test
  void empty_groups_are_taken_over_either_way() {
    topic("orders", 1);
    String b = classicGroup("orders-0");
    assertThat(leave(b)).isEqualTo("NONE");
    assertThat(listed()).isEqualTo("classic Empty");

    assertThat(say(join("a", "orders"))).isEqualTo("2: orders-0");
    assertThat(listed()).isEqualTo("consumer Stable");
    say(beat("a", -1));
    classicGroup("orders-0");
    assertThat(listed()).isEqualTo("classic Stable");
    assertThat(say(beat("a", 2))).isEqualTo("GROUP_ID_NOT_FOUND");
  }

  @Test
  void live_group_that_is_not_of_consumers_stays_classic() {
    JoinGroupRequest connect = classic("", Set.of("orders")).protocolType("connect");
    String b = side.ask(connect, VERSION).memberId();
    assertThat(join(connect.memberId(b))).startsWith("1 connect range");

    assertThat(say(join("a", "orders"))).isEqualTo("GROUP_ID_NOT_FOUND");
    assertThat(listed()).startsWith("classic");
  }

  @Test
  void classic_member_of_another_protocol_is_not_let_in() {
    say(join("a"));
    String b = enter("orders");
    assertThat(state(b)).doesNotStartWith("no member");

    assertThat(join(classic("c", Set.of("orders")).protocolType("connect")))
        .isEqualTo("INCONSISTENT_GROUP_PROTOCOL");
    JoinGroupRequest other = classic("c", Set.of("orders"));
    other.protocols().get(0).name("sticky");
    assertThat(join(other)).isEqualTo("INCONSISTENT_GROUP_PROTOCOL");
  }

  @Test
  void leave_group_lets_members_of_both_protocols_go() {
    say(join("a"));
    String b = enter("orders");

    assertThat(leave("nobody")).isEqualTo("UNKNOWN_MEMBER_ID");
    assertThat(leave(b)).isEqualTo("NONE");
    assertThat(leave("a")).isEqualTo("NONE");
    assertThat(listed()).isEqualTo("consumer Empty");
  }

  @Test
  void static_member_that_comes_back_by_the_other_protocol_has_what_it_had() {
    topic("orders", 1);
    say(join("a", "orders").instanceId("i"));
    String c = enter("orders");

    // All others speak the classic protocol, so the group becomes classic when the last one does.
    JoinGroupResponse joined =
        side.ask(classic("", Set.of("orders")).groupInstanceId("i"), VERSION);
    assertThat(joined.generationId()).isEqualTo(3);
    assertThat(listed()).isEqualTo("classic Stable");
    assertThat(sync(joined(joined))).isEqualTo("orders-0");
    assertThat(heartbeat(c, 3)).isEqualTo("NONE");
  }

  private SyncGroupRequest joined(JoinGroupResponse joined) {
    return new SyncGroupRequest()
        .groupId(group)
        .memberId(joined.memberId())
        .groupInstanceId("i")
        .generationId(joined.generationId());
  }
}
