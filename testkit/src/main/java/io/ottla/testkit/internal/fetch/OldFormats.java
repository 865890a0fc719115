package io.ottla.testkit.internal.fetch;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchResponse.PartitionData;
import io.ottla.testkit.internal.topic.Topic;
import io.ottla.testkit.internal.topic.Topics;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Brings answers into the form that readers of old versions know, as brokers did up to 3.9: message
 * sets of version 0 for versions 0 and 1, of version 1 for 2 and 3.
 *
 * <p>Those brokers also refuse a topic that is compressed with zstd to versions below 10; 4.0 and
 * later ones serve it as it is.
 *
 * <p>Thread: the cluster's loop.
 */
final class OldFormats {
  private static final int LAST_VERSION_WITH_MAGIC_0 = 1;
  private static final int LAST_VERSION_WITH_MAGIC_1 = 3;
  private static final int FIRST_VERSION_WITH_ZSTD = 10;

  private final Topics topics;
  private final FetchSettings settings;
  private final DownConverter converter = new DownConverter();

  OldFormats(Topics topics, FetchSettings settings) {
    this.topics = topics;
    this.settings = settings;
  }

  /** Replaces in an answer, in place, what its version cannot have. */
  void convert(AnsweredPartition answered, int version) {
    String name = answered.asked().topic();
    Topic topic = name == null ? null : topics.find(name);
    if (version >= FIRST_VERSION_WITH_ZSTD || topic == null) {
      return;
    }
    PartitionData data = answered.data();
    if (settings.refusesZstdToOldReaders()
        && topic.config().valueOr("compression.type", "producer").equals("zstd")) {
      refuse(data, ErrorCode.UNSUPPORTED_COMPRESSION_TYPE);
    } else if (version <= LAST_VERSION_WITH_MAGIC_1) {
      if (topic.config().valueOr("message.downconversion.enable", "true").equals("false")) {
        refuse(data, ErrorCode.UNSUPPORTED_VERSION);
      } else {
        convertRecords(data, version, answered.asked().asked().fetchOffset());
      }
    }
  }

  private void convertRecords(PartitionData data, int version, long fetchOffset) {
    ByteBuffer records = data.records();
    if (records == null || !records.hasRemaining()) {
      return;
    }
    byte magic = (byte) (version <= LAST_VERSION_WITH_MAGIC_0 ? 0 : 1);
    ByteBuffer converted = converter.convert(records, magic, fetchOffset);
    if (converted == null) {
      refuse(data, ErrorCode.UNSUPPORTED_COMPRESSION_TYPE);
    } else {
      data.records(converted);
    }
  }

  private static void refuse(PartitionData data, ErrorCode error) {
    data.errorCode(error.code())
        .highWatermark(-1)
        .lastStableOffset(-1)
        .logStartOffset(-1)
        .abortedTransactions(List.of())
        .records(ByteBuffer.allocate(0));
  }
}
