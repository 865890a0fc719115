package io.ottla.testkit.internal.fetch;

import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchRequest.FetchPartition;
import io.ottla.protocol.message.FetchRequest.FetchTopic;
import io.ottla.protocol.message.FetchRequest.ForgottenTopic;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordBatches;
import io.ottla.protocol.record.RecordCursor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Requests, in short; and the records of an answer. */
final class Requests {
  static final int MIB = 1 << 20;

  private Requests() {}

  /** Without session, and without waiting; changed as a test needs it. */
  static FetchRequest request(FetchTopic... topics) {
    return new FetchRequest()
        .sessionEpoch(-1)
        .maxWaitMs(0)
        .minBytes(1)
        .maxBytes(10 * MIB)
        .topics(List.of(topics));
  }

  static FetchTopic topic(String name, FetchPartition... partitions) {
    return new FetchTopic().topic(name).partitions(List.of(partitions));
  }

  static FetchTopic topic(UUID id, FetchPartition... partitions) {
    return new FetchTopic().topicId(id).partitions(List.of(partitions));
  }

  static FetchPartition reading(int index, long offset) {
    return new FetchPartition().partition(index).fetchOffset(offset).partitionMaxBytes(MIB);
  }

  static ForgottenTopic forgotten(String name, Integer... partitions) {
    return new ForgottenTopic().topic(name).partitions(List.of(partitions));
  }

  /** The values of whole records, in order. */
  static List<String> values(@Nullable ByteBuffer records) {
    List<String> values = new ArrayList<>();
    if (records == null) {
      return values;
    }
    for (RecordBatch batch : RecordBatches.of(records)) {
      batch.verifyCrc();
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
