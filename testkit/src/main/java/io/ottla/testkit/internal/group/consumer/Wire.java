package io.ottla.testkit.internal.group.consumer;

import io.ottla.protocol.message.ConsumerGroupHeartbeatRequest;
import io.ottla.protocol.message.ConsumerGroupHeartbeatResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Between this package's words and those of ConsumerGroupHeartbeat. */
final class Wire {
  private static final int UUID_LENGTH = 36;

  private Wire() {}

  /** What a member says that it has; null if it does not say. */
  static @Nullable Set<TopicIdPartition> reported(
      @Nullable List<ConsumerGroupHeartbeatRequest.TopicPartitions> topics) {
    if (topics == null) {
      return null;
    }
    Set<TopicIdPartition> reported = new TreeSet<>();
    for (ConsumerGroupHeartbeatRequest.TopicPartitions topic : topics) {
      topic.partitions().forEach(p -> reported.add(new TopicIdPartition(topic.topicId(), p)));
    }
    return reported;
  }

  /** Whether a member says everything, as it does after an error: then it is told everything. */
  static boolean isFull(ConsumerGroupHeartbeatRequest request) {
    return request.rebalanceTimeoutMs() != -1
        && (request.subscribedTopicNames() != null || request.subscribedTopicRegex() != null)
        && request.topicPartitions() != null;
  }

  static ConsumerGroupHeartbeatResponse.Assignment assignment(
      Collection<TopicIdPartition> partitions) {
    List<ConsumerGroupHeartbeatResponse.TopicPartitions> topics = new ArrayList<>();
    Assignment.byTopic(partitions)
        .forEach(
            (topic, numbers) ->
                topics.add(
                    new ConsumerGroupHeartbeatResponse.TopicPartitions()
                        .topicId(topic)
                        .partitions(List.copyOf(numbers))));
    return new ConsumerGroupHeartbeatResponse.Assignment().topicPartitions(topics);
  }

  /** An id as Kafka's coordinator writes them: 22 characters for the uuid that this one ends in. */
  static String memberId(String endsInUuid) {
    UUID id = UUID.fromString(endsInUuid.substring(endsInUuid.length() - UUID_LENGTH));
    byte[] bytes =
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
