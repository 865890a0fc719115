package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.HeartbeatRequest;
import io.ottla.protocol.message.JoinGroupRequest;
import io.ottla.protocol.message.JoinGroupRequest.JoinGroupRequestProtocol;
import io.ottla.protocol.message.JoinGroupResponse;
import io.ottla.protocol.message.LeaveGroupRequest;
import io.ottla.protocol.message.LeaveGroupRequest.MemberIdentity;
import io.ottla.protocol.message.LeaveGroupResponse;
import io.ottla.protocol.message.SyncGroupRequest;
import io.ottla.protocol.message.SyncGroupRequest.SyncGroupRequestAssignment;
import io.ottla.protocol.message.SyncGroupResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A member of a classic group, on a connection of its own, that does one step at a time. */
final class GroupMember {
  /** Not the type of consumers, whose metadata a real coordinator reads. */
  static final String TYPE = "suite";

  static final int SESSION_MS = 10_000;
  private static final int JOIN = JoinGroupRequest.HIGHEST_VERSION;
  private static final int SYNC = SyncGroupRequest.HIGHEST_VERSION;

  private final RawConnection connection;
  private final String group;
  private @Nullable String instanceId;
  private String memberId = "";
  private int generation = -1;
  private int rebalanceTimeoutMs = 30_000;
  private List<String> protocols = List.of("one");

  GroupMember(RawConnection connection, String group) {
    this.connection = connection;
    this.group = group;
  }

  GroupMember instance(@Nullable String value) {
    instanceId = value;
    return this;
  }

  GroupMember protocols(String... values) {
    protocols = List.of(values);
    return this;
  }

  /** The group waits for the longest of its members' times. */
  GroupMember rebalanceTimeoutMs(int value) {
    rebalanceTimeoutMs = value;
    return this;
  }

  /** Takes another's place, or none. */
  GroupMember memberId(String value) {
    memberId = value;
    return this;
  }

  GroupMember generation(int value) {
    generation = value;
    return this;
  }

  String memberId() {
    return memberId;
  }

  int generation() {
    return generation;
  }

  RawConnection connection() {
    return connection;
  }

  /** The request with which it would join. */
  JoinGroupRequest joinRequest() {
    return new JoinGroupRequest()
        .groupId(group)
        .sessionTimeoutMs(SESSION_MS)
        .rebalanceTimeoutMs(rebalanceTimeoutMs)
        .memberId(memberId)
        .groupInstanceId(instanceId)
        .protocolType(TYPE)
        .protocols(
            protocols.stream()
                .map(
                    name ->
                        new JoinGroupRequestProtocol().name(name).metadata(bytes("knows " + name)))
                .toList());
  }

  /** Sends the request to join, with the id that a first request brings, if it has none. */
  void beginJoin() {
    if (memberId.isEmpty() && instanceId == null) {
      JoinGroupResponse refused = connection.ask(joinRequest(), JOIN);
      assertThat(ErrorCode.of(refused.errorCode())).isEqualTo(ErrorCode.MEMBER_ID_REQUIRED);
      memberId = refused.memberId();
    }
    connection.send(joinRequest(), JOIN);
  }

  /** Awaits the answer to {@link #beginJoin}. */
  JoinGroupResponse endJoin() {
    JoinGroupResponse answer = connection.receive(joinRequest(), JOIN);
    if (answer.errorCode() == 0) {
      memberId = answer.memberId();
      generation = answer.generationId();
    }
    return answer;
  }

  JoinGroupResponse join() {
    beginJoin();
    JoinGroupResponse answer = endJoin();
    assertThat(ErrorCode.of(answer.errorCode())).isEqualTo(ErrorCode.NONE);
    return answer;
  }

  SyncGroupRequest syncRequest(Map<String, String> assignments) {
    return new SyncGroupRequest()
        .groupId(group)
        .generationId(generation)
        .memberId(memberId)
        .groupInstanceId(instanceId)
        .protocolType(TYPE)
        .protocolName(protocols.get(0))
        .assignments(
            assignments.entrySet().stream()
                .map(
                    entry ->
                        new SyncGroupRequestAssignment()
                            .memberId(entry.getKey())
                            .assignment(bytes(entry.getValue())))
                .toList());
  }

  void beginSync(Map<String, String> assignments) {
    connection.send(syncRequest(assignments), SYNC);
  }

  SyncGroupResponse endSync() {
    return connection.receive(syncRequest(Map.of()), SYNC);
  }

  /** Syncs, as the leader if there are assignments. */
  SyncGroupResponse sync(Map<String, String> assignments) {
    beginSync(assignments);
    return endSync();
  }

  /** Joins and syncs as the only member. */
  GroupMember becomeOnlyMember() {
    join();
    assertThat(sync(Map.of(memberId, "all")).errorCode()).isZero();
    return this;
  }

  ErrorCode heartbeat() {
    return heartbeat(HeartbeatRequest.HIGHEST_VERSION);
  }

  ErrorCode heartbeat(int version) {
    HeartbeatRequest request =
        new HeartbeatRequest()
            .groupId(group)
            .generationId(generation)
            .memberId(memberId)
            .groupInstanceId(version < 3 ? null : instanceId);
    return ErrorCode.of(connection.ask(request, version).errorCode());
  }

  LeaveGroupResponse leave() {
    return connection.ask(
        new LeaveGroupRequest()
            .groupId(group)
            .members(List.of(new MemberIdentity().memberId(memberId).groupInstanceId(instanceId))));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
