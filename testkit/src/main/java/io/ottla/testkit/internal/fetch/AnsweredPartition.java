package io.ottla.testkit.internal.fetch;

import io.ottla.protocol.message.FetchResponse.PartitionData;
import java.nio.ByteBuffer;

/** What is answered for a partition that was asked for. */
record AnsweredPartition(AskedPartition asked, PartitionData data) {
  PartitionKey key() {
    return asked.key();
  }

  /** The bytes of its records. */
  int sizeInBytes() {
    ByteBuffer records = data.records();
    return records == null ? 0 : records.remaining();
  }

  AnsweredPartition with(PartitionData other) {
    return new AnsweredPartition(asked, other);
  }
}
