package io.ottla.testkit.internal.group;

import io.ottla.protocol.message.JoinGroupRequest;
import io.ottla.protocol.message.JoinGroupRequest.JoinGroupRequestProtocol;
import io.ottla.protocol.message.JoinGroupResponse;
import io.ottla.protocol.message.SyncGroupRequest;
import io.ottla.protocol.message.SyncGroupResponse;
import io.ottla.testkit.internal.wire.Exchange;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One member of a classic group: what it said when it joined, what it was assigned, and the request
 * that it waits with, if it does.
 *
 * <p>Thread: the cluster's loop. Units: milliseconds.
 */
public final class ClassicMember {
  private static final byte[] NOTHING = {};

  private final String id;
  private final @Nullable String instanceId;
  private final String clientId;
  private final String clientHost;
  private final String protocolType;
  private int rebalanceTimeoutMs;
  private int sessionTimeoutMs;
  private List<JoinGroupRequestProtocol> protocols;
  private byte[] assignment = NOTHING;

  /** Whether it has not been in a generation yet; its session is then not its own affair. */
  private boolean isNew;

  private @Nullable Exchange<JoinGroupRequest, JoinGroupResponse> waitingJoin;
  private @Nullable Exchange<SyncGroupRequest, SyncGroupResponse> waitingSync;

  /** A member as its request to join describes it; it waits for nothing and has no assignment. */
  public ClassicMember(String id, JoinGroupRequest join, String clientId, String clientHost) {
    this.id = id;
    this.instanceId = join.groupInstanceId();
    this.clientId = clientId;
    this.clientHost = clientHost;
    this.protocolType = join.protocolType();
    this.rebalanceTimeoutMs = rebalanceTimeoutMs(join);
    this.sessionTimeoutMs = join.sessionTimeoutMs();
    this.protocols = List.copyOf(join.protocols());
  }

  /** Version 0 has one time for both. */
  private static int rebalanceTimeoutMs(JoinGroupRequest join) {
    int timeoutMs = join.rebalanceTimeoutMs();
    return timeoutMs < 0 ? join.sessionTimeoutMs() : timeoutMs;
  }

  private ClassicMember(ClassicMember other, String id, List<JoinGroupRequestProtocol> protocols) {
    this.id = id;
    this.instanceId = other.instanceId;
    this.clientId = other.clientId;
    this.clientHost = other.clientHost;
    this.protocolType = other.protocolType;
    this.rebalanceTimeoutMs = other.rebalanceTimeoutMs;
    this.sessionTimeoutMs = other.sessionTimeoutMs;
    this.protocols = protocols;
    this.assignment = other.assignment;
  }

  /** The same member under another id, waiting for nothing. */
  ClassicMember renamed(String newId) {
    return new ClassicMember(this, newId, protocols);
  }

  /** The member as a coordinator's log keeps it: with the one protocol that was chosen. */
  ClassicMember kept(@Nullable String protocol) {
    return new ClassicMember(
        this, id, protocols.stream().filter(offered -> offered.name().equals(protocol)).toList());
  }

  /** The id that the coordinator gave it. */
  public String id() {
    return id;
  }

  /** The id that its operator gave it, or null for a dynamic member. */
  public @Nullable String instanceId() {
    return instanceId;
  }

  /** The client id with which it joined. */
  public String clientId() {
    return clientId;
  }

  /** The host from which it joined. */
  public String clientHost() {
    return clientHost;
  }

  /** What it is: {@code consumer}, {@code connect}. */
  public String protocolType() {
    return protocolType;
  }

  /** How long the others wait for it in a rebalance. */
  public int rebalanceTimeoutMs() {
    return rebalanceTimeoutMs;
  }

  /** How long it is a member without a sign of life. */
  public int sessionTimeoutMs() {
    return sessionTimeoutMs;
  }

  /** The ways of assigning that it can, with its metadata for each, best first. */
  public List<JoinGroupRequestProtocol> protocols() {
    return protocols;
  }

  /** What the leader assigned to it in this generation; empty if nothing. */
  public byte[] assignment() {
    return assignment;
  }

  /** Sets {@link #assignment()}. */
  public ClassicMember assignment(byte[] value) {
    this.assignment = value;
    return this;
  }

  /** Its metadata for a protocol; empty if it has no such protocol. */
  public byte[] metadata(String protocol) {
    for (JoinGroupRequestProtocol offered : protocols) {
      if (offered.name().equals(protocol)) {
        return offered.metadata();
      }
    }
    return NOTHING;
  }

  /** Takes over what a repeated request to join says. */
  void update(JoinGroupRequest join) {
    this.rebalanceTimeoutMs = rebalanceTimeoutMs(join);
    this.sessionTimeoutMs = join.sessionTimeoutMs();
    this.protocols = List.copyOf(join.protocols());
  }

  /** Whether a request to join says the same about protocols, in the same order. */
  boolean matches(JoinGroupRequest join) {
    return protocols.equals(join.protocols());
  }

  boolean supports(String protocol) {
    return protocols.stream().anyMatch(offered -> offered.name().equals(protocol));
  }

  /** The first of its protocols that is a candidate. */
  String vote(Set<String> candidates) {
    for (JoinGroupRequestProtocol offered : protocols) {
      if (candidates.contains(offered.name())) {
        return offered.name();
      }
    }
    throw new IllegalStateException(id + " supports none of " + candidates);
  }

  boolean isNew() {
    return isNew;
  }

  void isNew(boolean value) {
    this.isNew = value;
  }

  /** Whether it waits for the others to join. */
  public boolean isWaitingForJoin() {
    return waitingJoin != null;
  }

  /** Whether it waits for its assignment. */
  public boolean isWaitingForSync() {
    return waitingSync != null;
  }

  /**
   * Waits with a request to join. One that waited before is never answered, as in Kafka: its
   * connection is taken to be dead, since the client joins again.
   */
  void waitForJoin(Exchange<JoinGroupRequest, JoinGroupResponse> exchange) {
    this.waitingJoin = exchange;
  }

  /** Waits with a request to sync; of two, the first is never answered. */
  void waitForSync(Exchange<SyncGroupRequest, SyncGroupResponse> exchange) {
    this.waitingSync = exchange;
  }

  /** Answers the request to join, if one waits. */
  void answerJoin(JoinGroupResponse response) {
    Exchange<JoinGroupRequest, JoinGroupResponse> exchange = waitingJoin;
    waitingJoin = null;
    if (exchange != null) {
      Answers.answer(exchange, response);
    }
  }

  /** Answers the request to sync, if one waits; says whether one did. */
  boolean answerSync(SyncGroupResponse response) {
    Exchange<SyncGroupRequest, SyncGroupResponse> exchange = waitingSync;
    waitingSync = null;
    if (exchange != null) {
      exchange.answer(response);
    }
    return exchange != null;
  }
}
