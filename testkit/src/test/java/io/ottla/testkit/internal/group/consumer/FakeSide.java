package io.ottla.testkit.internal.group.consumer;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.ConsumerGroupDescribeRequest;
import io.ottla.protocol.message.ConsumerGroupHeartbeatRequest;
import io.ottla.protocol.message.HeartbeatRequest;
import io.ottla.protocol.message.JoinGroupRequest;
import io.ottla.protocol.message.LeaveGroupRequest;
import io.ottla.protocol.message.ListGroupsRequest;
import io.ottla.protocol.message.Message;
import io.ottla.protocol.message.OffsetCommitRequest;
import io.ottla.protocol.message.OffsetFetchRequest;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.protocol.message.SyncGroupRequest;
import io.ottla.testkit.internal.wire.Handler;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Our coordinator, asked without sockets. */
final class FakeSide implements Side {
  final Scene scene = new Scene();
  private final Map<Class<?>, Handler<?, ?>> handlers = new HashMap<>();

  FakeSide() {
    scene.settings.consumerMaxSize(Rules.MAX_SIZE);
    on(ConsumerGroupHeartbeatRequest.class, scene.groups::heartbeat);
    on(ConsumerGroupDescribeRequest.class, scene.groups::describe);
    on(JoinGroupRequest.class, scene.coordinator.joinGroup());
    on(SyncGroupRequest.class, scene.coordinator.syncGroup());
    on(HeartbeatRequest.class, scene.coordinator.heartbeat());
    on(LeaveGroupRequest.class, scene.coordinator.leaveGroup());
    on(OffsetCommitRequest.class, scene.coordinator.offsetCommit());
    on(OffsetFetchRequest.class, scene.coordinator.offsetFetch());
    on(ListGroupsRequest.class, scene.coordinator.listGroups());
  }

  private <Q extends RequestMessage<R>, R extends ResponseMessage> void on(
      Class<Q> type, Handler<Q, R> handler) {
    handlers.put(type, handler);
  }

  @Override
  @SuppressWarnings("unchecked") // what on() put in fits
  public <Q extends RequestMessage<R>, R extends ResponseMessage> R ask(Q request, int version) {
    Asked<Q, R> asked = new Asked<>(overWire(request, newRequest(request), version), version);
    ((Handler<Q, R>) Objects.requireNonNull(handlers.get(request.getClass()))).handle(asked);
    // A JoinGroup of a classic group is answered in the loop's next turn.
    scene.timers.advance(0);
    return overWire(asked.answer(), request.newResponse(), version);
  }

  @SuppressWarnings("unchecked") // the class of Q makes Qs
  private static <Q extends RequestMessage<?>> Q newRequest(Q like) {
    try {
      return (Q) like.getClass().getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /** A message as its peer reads it: a version may not have all its fields. */
  private static <M extends Message> M overWire(M written, M read, int version) {
    WireWriter out = WireWriter.ofSize(written.size(version));
    written.write(out, version);
    read.read(WireReader.of(out.toByteBuffer()), version);
    return read;
  }

  @Override
  public UUID createTopic(String name, int partitions) {
    return scene.topics.create(name, partitions);
  }

  @Override
  public void growTopic(String name, int partitions) {
    scene.topics.grow(name, partitions);
  }

  @Override
  public void deleteTopic(String name) {
    scene.topics.delete(name);
  }

  @Override
  public @Nullable String topicName(UUID id) {
    return scene.topics.name(id);
  }

  @Override
  public void awaitMatches(String group) {
    scene.timers.advance(0);
  }

  @Override
  public void close() {}
}
