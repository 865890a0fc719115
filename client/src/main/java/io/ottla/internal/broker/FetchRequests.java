package io.ottla.internal.broker;

import io.ottla.consumer.FetchLimits;
import io.ottla.consumer.FetchPosition;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchRequest.FetchPartition;
import io.ottla.protocol.message.FetchRequest.FetchTopic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds Fetch requests. Pure. */
final class FetchRequests {
  private FetchRequests() {}

  static FetchRequest of(
      List<FetchPosition> positions, Map<String, TopicId> ids, FetchLimits limits) {
    Map<String, FetchTopic> topics = new LinkedHashMap<>();
    for (FetchPosition position : positions) {
      topics
          .computeIfAbsent(position.topic(), name -> topic(name, ids))
          .partitions()
          .add(
              new FetchPartition()
                  .partition(position.partition())
                  .fetchOffset(position.offset())
                  .partitionMaxBytes(limits.maxPartitionBytes()));
    }
    FetchRequest request =
        new FetchRequest()
            .maxWaitMs((int) limits.maxWait().toMillis())
            .minBytes(limits.minBytes())
            .maxBytes(limits.maxBytes());
    request.topics().addAll(topics.values());
    return request;
  }

  private static FetchTopic topic(String name, Map<String, TopicId> ids) {
    FetchTopic topic = new FetchTopic().topic(name);
    TopicId id = ids.get(name);
    return id == null ? topic : topic.topicId(id.id());
  }
}
