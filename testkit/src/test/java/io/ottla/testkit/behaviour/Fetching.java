package io.ottla.testkit.behaviour;

import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchRequest.FetchPartition;
import io.ottla.protocol.message.FetchRequest.FetchTopic;
import io.ottla.protocol.message.FetchResponse.PartitionData;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordBatches;
import io.ottla.protocol.record.RecordCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Fetch requests without a session, and what came back. */
final class Fetching {
  static final int NO_SESSION = -1;
  static final int NEWEST = FetchRequest.HIGHEST_VERSION;

  private static final int MAX_BYTES = 8 << 20;

  private Fetching() {}

  /** A request for nothing, which is answered at once. */
  static FetchRequest empty() {
    return new FetchRequest()
        .maxBytes(MAX_BYTES)
        .minBytes(1)
        .maxWaitMs(0)
        .sessionId(0)
        .sessionEpoch(NO_SESSION);
  }

  /** A request for one partition. */
  static FetchRequest of(Topic topic, int partition, long offset, int version) {
    return add(empty(), topic, version, partition(partition, offset));
  }

  static FetchPartition partition(int partition, long offset) {
    return new FetchPartition()
        .partition(partition)
        .fetchOffset(offset)
        .currentLeaderEpoch(-1)
        .lastFetchedEpoch(-1)
        .logStartOffset(-1)
        .partitionMaxBytes(MAX_BYTES);
  }

  static FetchRequest add(
      FetchRequest request, Topic topic, int version, FetchPartition... partitions) {
    FetchTopic wanted = new FetchTopic().partitions(List.of(partitions));
    if (version >= 13) {
      wanted.topicId(topic.id());
    } else {
      wanted.topic(topic.name());
    }
    request.topics().add(wanted);
    return request;
  }

  static List<RecordBatch> batches(PartitionData data) {
    List<RecordBatch> batches = new ArrayList<>();
    if (data.records() != null) {
      RecordBatches.of(data.records()).forEach(batches::add);
    }
    return batches;
  }

  /** The records' values, of whole batches, as they lie there. */
  static List<String> values(PartitionData data) {
    List<String> values = new ArrayList<>();
    for (RecordBatch batch : batches(data)) {
      try (RecordCursor record = batch.cursor()) {
        while (record.next()) {
          byte[] value = record.value();
          values.add(value == null ? "null" : new String(value, StandardCharsets.UTF_8));
        }
      }
    }
    return values;
  }
}
