package io.ottla.testkit.internal.group.consumer;

import io.ottla.protocol.message.ConsumerGroupDescribeRequest;
import io.ottla.protocol.message.ConsumerGroupDescribeResponse;
import io.ottla.protocol.message.ConsumerGroupHeartbeatRequest;
import io.ottla.protocol.message.ConsumerGroupHeartbeatResponse;
import io.ottla.protocol.message.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/**
 * What rules are written with that hold for our coordinator and for the real one: a test class runs
 * them on ours, an integration test of the same rules on Kafka 4.3.
 *
 * <p>An answer is written in short: {@code 3: orders-0 orders-2} is member epoch 3 and an
 * assignment, {@code 3} no word of assignments, {@code 3:} an empty one; an error is its constant's
 * name.
 */
abstract class Rules {
  static final int MAX_SIZE = 4;
  static final String MAX_SIZE_PROPERTY = "group.consumer.max.size=4";

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  final Side side;

  /** Differs from test to test, as do the topics, because the real broker remembers. */
  final String group = "group-" + NUMBERS.incrementAndGet();

  private final Map<String, String> realNames = new HashMap<>();
  private final Map<UUID, String> namesById = new HashMap<>();

  Rules(Side side) {
    this.side = side;
  }

  @AfterEach
  void close() {
    side.close();
  }

  // Topics.

  void topic(String name, int partitions) {
    String real = name + "." + NUMBERS.incrementAndGet();
    realNames.put(name, real);
    namesById.put(side.createTopic(real, partitions), name);
  }

  /** A topic that is made under just this name; called {@code late} in answers. */
  void lateTopic(String name) {
    namesById.put(side.createTopic(name, 1), "late");
  }

  /** The name of a topic as this broker knows it, which differs from test to test. */
  String real(String name) {
    return realNames.getOrDefault(name, name);
  }

  UUID id(String name) {
    return namesById.entrySet().stream()
        .filter(topic -> topic.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  // Heartbeats.

  ConsumerGroupHeartbeatRequest join(String member, String... topics) {
    List<String> names = new ArrayList<>();
    for (String topic : topics) {
      names.add(real(topic));
    }
    return Scene.join(member).groupId(group).subscribedTopicNames(names);
  }

  ConsumerGroupHeartbeatRequest beat(String member, int epoch) {
    return Scene.beat(member, epoch).groupId(group);
  }

  /** A heartbeat of a member that says what it has, in the form {@code orders-0}. */
  ConsumerGroupHeartbeatRequest owning(String member, int epoch, String... partitions) {
    List<TopicIdPartition> owned = new ArrayList<>();
    for (String partition : partitions) {
      int dash = partition.lastIndexOf('-');
      owned.add(
          new TopicIdPartition(
              id(partition.substring(0, dash)), Integer.parseInt(partition.substring(dash + 1))));
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

  String say(ConsumerGroupHeartbeatRequest request) {
    return say(request, ConsumerGroupHeartbeatRequest.HIGHEST_VERSION);
  }

  String say(ConsumerGroupHeartbeatRequest request, int version) {
    return brief(side.ask(request, version));
  }

  private String brief(ConsumerGroupHeartbeatResponse answer) {
    ErrorCode error = Side.error(answer.errorCode());
    if (error != ErrorCode.NONE) {
      return error.name();
    }
    ConsumerGroupHeartbeatResponse.Assignment assignment = answer.assignment();
    if (assignment == null) {
      return String.valueOf(answer.memberEpoch());
    }
    List<String> partitions = new ArrayList<>();
    assignment
        .topicPartitions()
        .forEach(topic -> add(topic.topicId(), topic.partitions(), partitions));
    return answer.memberEpoch() + ":" + joined(partitions);
  }

  private void add(UUID topic, Collection<Integer> numbers, List<String> to) {
    String name = Objects.requireNonNull(namesById.get(topic), () -> "unknown topic " + topic);
    numbers.forEach(number -> to.add(name + "-" + number));
  }

  private static String joined(List<String> partitions) {
    StringBuilder text = new StringBuilder();
    new TreeSet<>(partitions).forEach(partition -> text.append(' ').append(partition));
    return text.toString();
  }

  // Descriptions.

  ConsumerGroupDescribeResponse.DescribedGroup described() {
    return side.ask(
            new ConsumerGroupDescribeRequest().groupIds(List.of(group)),
            ConsumerGroupDescribeRequest.HIGHEST_VERSION)
        .groups()
        .get(0);
  }

  /** The group in short: {@code Stable 3/3}, with its epoch and its target's. */
  String state() {
    var described = described();
    return described.groupState()
        + " "
        + described.groupEpoch()
        + "/"
        + described.assignmentEpoch();
  }

  /** A member in short: {@code 3: orders-0 -> orders-0 orders-1}, what it has and is to have. */
  String state(String member) {
    for (ConsumerGroupDescribeResponse.Member one : described().members()) {
      if (one.memberId().equals(member)) {
        return one.memberEpoch()
            + ":"
            + brief(one.assignment())
            + " ->"
            + brief(one.targetAssignment());
      }
    }
    return "no member";
  }

  private String brief(ConsumerGroupDescribeResponse.Assignment assignment) {
    List<String> partitions = new ArrayList<>();
    assignment
        .topicPartitions()
        .forEach(topic -> add(topic.topicId(), topic.partitions(), partitions));
    return joined(partitions);
  }
}
