package io.ottla.internal.broker;

import io.ottla.consumer.FetchPosition;
import io.ottla.consumer.FetchResult;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchResponse;
import io.ottla.protocol.message.FetchResponse.FetchableTopicResponse;
import io.ottla.protocol.message.FetchResponse.PartitionData;
import io.ottla.protocol.record.RecordBatches;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes results of Fetch responses. Pure. */
final class FetchResults {
  private static final long UNKNOWN = -1;

  private FetchResults() {}

  /** The broker's answer, in the order of the positions. */
  static List<FetchResult> read(
      FetchResponse response, List<FetchPosition> positions, Map<String, TopicId> ids) {
    ErrorCode ofAll = ErrorCode.of(response.errorCode());
    Map<UUID, String> names = new HashMap<>();
    ids.forEach((name, id) -> names.put(id.id(), name));
    Map<PartitionKey, PartitionData> answers = new HashMap<>();
    for (FetchableTopicResponse topic : response.responses()) {
      String name = topic.topic().isEmpty() ? names.get(topic.topicId()) : topic.topic();
      if (name != null) {
        for (PartitionData partition : topic.partitions()) {
          answers.put(new PartitionKey(name, partition.partitionIndex()), partition);
        }
      }
    }
    List<FetchResult> results = new ArrayList<>();
    for (FetchPosition position : positions) {
      TopicId id = ids.get(position.topic());
      PartitionData answer = answers.get(new PartitionKey(position.topic(), position.partition()));
      if (id != null && !id.isKnown()) {
        results.add(failed(position, id.error(), id.error().message()));
      } else if (answer != null) {
        results.add(of(position, answer));
      } else if (ofAll != ErrorCode.NONE) {
        results.add(failed(position, ofAll, ofAll.message()));
      } else {
        results.add(
            failed(
                position,
                ErrorCode.UNKNOWN_SERVER_ERROR,
                "the broker did not mention the partition"));
      }
    }
    return results;
  }

  /** Nothing could be asked: no topic is known. */
  static List<FetchResult> unsent(List<FetchPosition> positions, Map<String, TopicId> ids) {
    return read(new FetchResponse(), positions, ids);
  }

  private static FetchResult of(FetchPosition position, PartitionData answer) {
    ErrorCode error = ErrorCode.of(answer.errorCode());
    ByteBuffer records = answer.records();
    return new FetchResult(
        position.topic(),
        position.partition(),
        error,
        error == ErrorCode.NONE ? null : error.message(),
        answer.highWatermark(),
        answer.lastStableOffset(),
        answer.logStartOffset(),
        records == null ? List.of() : RecordBatches.of(records));
  }

  private static FetchResult failed(FetchPosition position, ErrorCode error, String message) {
    return new FetchResult(
        position.topic(),
        position.partition(),
        error,
        message,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        List.of());
  }
}
