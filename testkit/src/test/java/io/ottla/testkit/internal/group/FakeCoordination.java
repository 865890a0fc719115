package io.ottla.testkit.internal.group;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.testkit.internal.loop.ManualTimers;
import io.ottla.testkit.internal.wire.Exchange;
import io.ottla.testkit.internal.wire.Handler;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Our coordinator on one broker, with time that tests move, and topics that only have a name. */
final class FakeCoordination implements Coordination, GroupTopics, Coordinators {
  static final int BROKER = 1;

  private record Topic(UUID id, int partitions) {}

  final ManualTimers timers = new ManualTimers();
  final GroupSettings settings = new GroupSettings();
  final GroupCoordinator coordinator = new GroupCoordinator(timers, settings, this, this);

  private final Map<String, Topic> topics = new LinkedHashMap<>();
  private final Map<String, ErrorCode> troubles = new HashMap<>();
  private int coordinatingBroker = BROKER;

  /** The group of this id, which must be a classic one. */
  ClassicGroup classic(String groupId) {
    if (coordinator.groups().find(groupId) instanceof ClassicGroup group) {
      return group;
    }
    throw new AssertionError(groupId + " is no classic group");
  }

  /** Has everybody who asks for a key told this error. */
  void trouble(String key, ErrorCode error) {
    troubles.put(key, error);
  }

  /** Moves all groups to another broker. */
  void moveTo(int brokerId) {
    coordinatingBroker = brokerId;
    coordinator.groups().all().forEach(group -> coordinator.moved(group.id()));
  }

  @Override
  public FakePeer connect(String clientId) {
    return new FakePeer(clientId);
  }

  @Override
  public UUID createTopic(String name, int partitions) {
    UUID id = UUID.randomUUID();
    topics.put(name, new Topic(id, partitions));
    return id;
  }

  @Override
  public void deleteTopic(String name) {
    topics.remove(name);
    coordinator.onTopicDeleted(name);
  }

  @Override
  public int brokerId() {
    return BROKER;
  }

  @Override
  public void close() {
    // There are no sockets.
  }

  @Override
  public Collection<String> names() {
    return topics.keySet();
  }

  @Override
  public int partitions(String topic) {
    Topic found = topics.get(topic);
    return found == null ? 0 : found.partitions();
  }

  @Override
  public @Nullable UUID id(String topic) {
    Topic found = topics.get(topic);
    return found == null ? null : found.id();
  }

  @Override
  public @Nullable String name(UUID topicId) {
    for (Map.Entry<String, Topic> entry : topics.entrySet()) {
      if (entry.getValue().id().equals(topicId)) {
        return entry.getKey();
      }
    }
    return null;
  }

  @Override
  public @Nullable Endpoint find(KeyType type, String key, int askedBrokerId) {
    return troubles.get(key) == ErrorCode.COORDINATOR_NOT_AVAILABLE
        ? null
        : new Endpoint(coordinatingBroker, "localhost", 9092);
  }

  @Override
  public ErrorCode check(KeyType type, String key, int brokerId) {
    ErrorCode trouble = troubles.getOrDefault(key, ErrorCode.NONE);
    if (trouble != ErrorCode.NONE) {
      return trouble;
    }
    return brokerId == coordinatingBroker ? ErrorCode.NONE : ErrorCode.NOT_COORDINATOR;
  }

  /** A client without a socket. */
  final class FakePeer implements Peer {
    private final String clientId;

    private FakePeer(String clientId) {
      this.clientId = clientId;
    }

    @Override
    public <Q extends RequestMessage<R>, R extends ResponseMessage> PendingExchange<Q, R> send(
        Q request, int version) {
      return send(request, version, BROKER);
    }

    <Q extends RequestMessage<R>, R extends ResponseMessage> PendingExchange<Q, R> send(
        Q request, int version, int brokerId) {
      PendingExchange<Q, R> exchange =
          new PendingExchange<>(request, version, clientId, brokerId, timers);
      handle(exchange);
      return exchange;
    }

    @SuppressWarnings("unchecked") // the handler is that of the request's API
    private <Q extends RequestMessage<R>, R extends ResponseMessage> void handle(
        Exchange<Q, R> exchange) {
      Handler<?, ?> handler =
          switch (exchange.request().apiKey()) {
            case FIND_COORDINATOR -> coordinator.findCoordinator();
            case JOIN_GROUP -> coordinator.joinGroup();
            case SYNC_GROUP -> coordinator.syncGroup();
            case HEARTBEAT -> coordinator.heartbeat();
            case LEAVE_GROUP -> coordinator.leaveGroup();
            case OFFSET_COMMIT -> coordinator.offsetCommit();
            case OFFSET_FETCH -> coordinator.offsetFetch();
            case OFFSET_DELETE -> coordinator.offsetDelete();
            case DESCRIBE_GROUPS -> coordinator.describeGroups();
            case LIST_GROUPS -> coordinator.listGroups();
            case DELETE_GROUPS -> coordinator.deleteGroups();
            default -> throw new AssertionError(exchange.request().apiKey());
          };
      ((Handler<Q, R>) handler).handle(exchange);
    }
  }
}
