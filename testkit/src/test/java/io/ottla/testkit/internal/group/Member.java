package io.ottla.testkit.internal.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.ConsumerProtocolSubscription;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.HeartbeatRequest;
import io.ottla.protocol.message.JoinGroupRequest;
import io.ottla.protocol.message.JoinGroupRequest.JoinGroupRequestProtocol;
import io.ottla.protocol.message.JoinGroupResponse;
import io.ottla.protocol.message.LeaveGroupRequest;
import io.ottla.protocol.message.LeaveGroupRequest.MemberIdentity;
import io.ottla.protocol.message.LeaveGroupResponse.MemberResponse;
import io.ottla.protocol.message.SyncGroupRequest;
import io.ottla.protocol.message.SyncGroupRequest.SyncGroupRequestAssignment;
import io.ottla.protocol.message.SyncGroupResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A member of a classic group as a client keeps it; remembers its id and its generation. */
final class Member {
  private static final int LEAVE_VERSION = 5;
  private static final int MAX_HEARTBEATS = 10_000;

  private final Peer peer;
  final String groupId;

  String id = "";
  int generation = -1;
  @Nullable String instanceId;
  int sessionTimeoutMs = 30_000;
  int rebalanceTimeoutMs = 60_000;
  String protocolType = "consumer";
  List<String> protocols = List.of("range");
  String topic = "orders";
  int joinVersion = 9;

  /** The request to join that has not been awaited. */
  private @Nullable Reply<JoinGroupResponse> joining;

  /** The request to sync that has not been awaited. */
  private @Nullable Reply<SyncGroupResponse> syncing;

  Member(Coordination coordination, String clientId, String groupId) {
    this.peer = coordination.connect(clientId);
    this.groupId = groupId;
  }

  Member asStatic(String instance) {
    this.instanceId = instance;
    return this;
  }

  /** Sends a JoinGroup as it stands. */
  Reply<JoinGroupResponse> sendJoin() {
    JoinGroupRequest request =
        new JoinGroupRequest()
            .groupId(groupId)
            .memberId(id)
            .groupInstanceId(instanceId)
            .sessionTimeoutMs(sessionTimeoutMs)
            .rebalanceTimeoutMs(rebalanceTimeoutMs)
            .protocolType(protocolType);
    for (String protocol : protocols) {
      request
          .protocols()
          .add(new JoinGroupRequestProtocol().name(protocol).metadata(subscription(topic)));
    }
    Reply<JoinGroupResponse> reply = peer.send(request, joinVersion);
    joining = reply;
    return reply;
  }

  /** Gets an id if it needs one, and leaves the request to join waiting. */
  Member beginJoin() {
    if (id.isEmpty() && instanceId == null && joinVersion >= 4) {
      id = sendJoin().await().memberId();
    }
    sendJoin();
    return this;
  }

  /** Awaits the answer to the request to join, and remembers what it says. */
  JoinGroupResponse endJoin() {
    JoinGroupResponse response = Objects.requireNonNull(joining).await();
    if (response.errorCode() == ErrorCode.NONE.code()) {
      id = response.memberId();
      generation = response.generationId();
    }
    return response;
  }

  JoinGroupResponse join() {
    return beginJoin().endJoin();
  }

  /** Sends a SyncGroup; the leader with assignments. */
  Reply<SyncGroupResponse> sendSync(Map<String, String> assignments) {
    List<SyncGroupRequestAssignment> all = new ArrayList<>();
    assignments.forEach(
        (member, assignment) ->
            all.add(
                new SyncGroupRequestAssignment().memberId(member).assignment(bytes(assignment))));
    Reply<SyncGroupResponse> reply = sync(protocolType, protocols.get(0), all);
    syncing = reply;
    return reply;
  }

  Reply<SyncGroupResponse> sync(
      @Nullable String type, @Nullable String name, List<SyncGroupRequestAssignment> assignments) {
    return peer.send(
        new SyncGroupRequest()
            .groupId(groupId)
            .memberId(id)
            .groupInstanceId(instanceId)
            .generationId(generation)
            .protocolType(type)
            .protocolName(name)
            .assignments(assignments),
        5);
  }

  SyncGroupResponse endSync() {
    return Objects.requireNonNull(syncing).await();
  }

  String assignment() {
    return new String(endSync().assignment(), StandardCharsets.UTF_8);
  }

  /** Joins an empty group and assigns to itself. */
  Member joinAlone() {
    join();
    sendSync(Map.of(id, "all of it")).await();
    return this;
  }

  ErrorCode heartbeat() {
    return ErrorCode.of(
        peer.send(
                new HeartbeatRequest()
                    .groupId(groupId)
                    .memberId(id)
                    .groupInstanceId(instanceId)
                    .generationId(generation),
                4)
            .await()
            .errorCode());
  }

  /** Sends heartbeats until it is told of a rebalance that another connection has begun. */
  Member awaitRebalance() {
    ErrorCode told = ErrorCode.NONE;
    for (int i = 0; told == ErrorCode.NONE && i < MAX_HEARTBEATS; i++) {
      told = heartbeat();
    }
    assertThat(told).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
    return this;
  }

  /** Joins the rebalance that another member has begun. */
  JoinGroupResponse rejoin() {
    return awaitRebalance().join();
  }

  ErrorCode leave() {
    LeaveGroupRequest request = new LeaveGroupRequest().groupId(groupId);
    request.members().add(new MemberIdentity().memberId(id).groupInstanceId(instanceId));
    MemberResponse response = peer.send(request, LEAVE_VERSION).await().members().get(0);
    return ErrorCode.of(response.errorCode());
  }

  /** What a consumer of one topic says of itself. */
  static byte[] subscription(String topic) {
    ConsumerProtocolSubscription subscription =
        new ConsumerProtocolSubscription().topics(List.of(topic));
    WireWriter out = WireWriter.ofSize(2 + subscription.size(0));
    out.writeInt16((short) 0);
    subscription.write(out, 0);
    return out.toByteBuffer().array();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
