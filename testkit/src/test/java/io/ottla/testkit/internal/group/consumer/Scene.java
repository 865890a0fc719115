package io.ottla.testkit.internal.group.consumer;

import io.ottla.protocol.message.ConsumerGroupDescribeRequest;
import io.ottla.protocol.message.ConsumerGroupDescribeResponse;
import io.ottla.protocol.message.ConsumerGroupHeartbeatRequest;
import io.ottla.protocol.message.ConsumerGroupHeartbeatResponse;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.testkit.internal.group.Coordinators;
import io.ottla.testkit.internal.group.GroupCoordinator;
import io.ottla.testkit.internal.group.GroupSettings;
import io.ottla.testkit.internal.loop.ManualTimers;
import io.ottla.testkit.internal.wire.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One coordinator, some topics, one group {@code orders-readers}, and the requests to it. */
final class Scene {
  static final String GROUP = "orders-readers";
  static final int REBALANCE_TIMEOUT = 60_000;

  final ManualTimers timers = new ManualTimers();
  final FakeTopics topics = new FakeTopics();
  final GroupSettings settings = new GroupSettings();
  ErrorCode coordination = ErrorCode.NONE;
  final GroupCoordinator coordinator =
      new GroupCoordinator(timers, settings, new OneBroker(), topics);
  final ConsumerGroups groups = new ConsumerGroups(coordinator);

  private final class OneBroker implements Coordinators {
    @Override
    public Endpoint find(KeyType type, String key, int askedBrokerId) {
      return new Endpoint(1, "localhost", 9092);
    }

    @Override
    public ErrorCode check(KeyType type, String key, int brokerId) {
      return coordination;
    }
  }

  static <Q extends RequestMessage<R>, R extends ResponseMessage> R ask(
      Handler<Q, R> handler, Q request, int version) {
    Asked<Q, R> asked = new Asked<>(request, version);
    handler.handle(asked);
    return asked.answer();
  }

  ConsumerGroupHeartbeatResponse heartbeat(ConsumerGroupHeartbeatRequest request) {
    return ask(groups::heartbeat, request, ConsumerGroupHeartbeatRequest.HIGHEST_VERSION);
  }

  /** A member joins, as kafka-clients does. */
  static ConsumerGroupHeartbeatRequest join(String member, String... topics) {
    return new ConsumerGroupHeartbeatRequest()
        .groupId(GROUP)
        .memberId(member)
        .memberEpoch(0)
        .rebalanceTimeoutMs(REBALANCE_TIMEOUT)
        .subscribedTopicNames(List.of(topics))
        .topicPartitions(List.of());
  }

  /** A member that has nothing to say but that it is there. */
  static ConsumerGroupHeartbeatRequest beat(String member, int epoch) {
    return new ConsumerGroupHeartbeatRequest().groupId(GROUP).memberId(member).memberEpoch(epoch);
  }

  /** A member that says what it has, in the form {@code orders-0}. */
  ConsumerGroupHeartbeatRequest owning(String member, int epoch, String... partitions) {
    List<TopicIdPartition> owned = new ArrayList<>();
    for (String partition : partitions) {
      owned.add(partition(partition));
    }
    List<ConsumerGroupHeartbeatRequest.TopicPartitions> reported = new ArrayList<>();
    Assignment.byTopic(owned)
        .forEach(
            (topic, numbers) ->
                reported.add(
                    new ConsumerGroupHeartbeatRequest.TopicPartitions()
                        .topicId(topic)
                        .partitions(List.copyOf(numbers))));
    return beat(member, epoch).topicPartitions(reported);
  }

  TopicIdPartition partition(String name) {
    int dash = name.lastIndexOf('-');
    return new TopicIdPartition(
        Objects.requireNonNull(topics.id(name.substring(0, dash))),
        Integer.parseInt(name.substring(dash + 1)));
  }

  ConsumerGroupHeartbeatResponse leave(String member) {
    return heartbeat(beat(member, -1));
  }

  ConsumerGroup group() {
    return Objects.requireNonNull(groups.find(GROUP), "no consumer group");
  }

  GroupView view() {
    return group().view();
  }

  GroupView.MemberView member(String id) {
    return Objects.requireNonNull(view().members().get(id), () -> "no member " + id);
  }

  ConsumerGroupDescribeResponse.DescribedGroup describe(int version) {
    return ask(
            groups::describe, new ConsumerGroupDescribeRequest().groupIds(List.of(GROUP)), version)
        .groups()
        .get(0);
  }

  static ErrorCode error(short code) {
    return ErrorCode.of(code);
  }

  static ErrorCode error(ConsumerGroupHeartbeatResponse answer) {
    return error(answer.errorCode());
  }

  /** What an answer assigns, as {@code orders-0}, sorted; null if it says nothing of that. */
  @Nullable List<String> assigned(ConsumerGroupHeartbeatResponse answer) {
    ConsumerGroupHeartbeatResponse.Assignment assignment = answer.assignment();
    if (assignment == null) {
      return null;
    }
    List<String> names = new ArrayList<>();
    for (ConsumerGroupHeartbeatResponse.TopicPartitions topic : assignment.topicPartitions()) {
      topic.partitions().forEach(p -> names.add(topics.name(topic.topicId()) + "-" + p));
    }
    return names.stream().sorted().toList();
  }
}
