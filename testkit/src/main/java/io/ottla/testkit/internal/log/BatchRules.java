package io.ottla.testkit.internal.log;

import static io.ottla.testkit.internal.log.RecordEntries.MAGIC_V2;
import static io.ottla.testkit.internal.log.RecordEntries.magic;

import io.ottla.protocol.ProtocolException;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.CorruptBatchException;
import io.ottla.protocol.record.MissingCodecException;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordBatches;
import io.ottla.protocol.record.TimestampType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What Kafka asks of the bytes that a client sends, before it looks at who sent them; and the form
 * in which they lie in the log.
 *
 * <p>The order of the questions is Kafka's: a batch that breaks several rules gets the same answer.
 * Different on purpose: records whose offsets do not count up from 0 are refused, while Kafka
 * stores them unless they are compressed; nothing can read such a batch well.
 */
final class BatchRules {
  private static final int NO_LIMIT = Integer.MAX_VALUE;
  private static final int MAX_CODEC_ID = 4;
  private static final long NO_TIMESTAMP = -1;

  private final LogSettings settings;
  private final BufferPool pool;

  /**
   * @param settings the topic's configuration
   * @param pool for what is decompressed and compressed
   */
  BatchRules(LogSettings settings, BufferPool pool) {
    this.settings = settings;
    this.pool = pool;
  }

  /**
   * Checks what a client sent.
   *
   * @param records from position to limit; both stay, and so do the bytes
   * @return a copy, as one batch of version 2 with the timestamps that the log gives it, but
   *     without its place
   */
  BatchHeader admit(ByteBuffer records, long nowMillis) throws BatchRefusedException {
    List<ByteBuffer> entries = RecordEntries.split(records);
    if (entries.isEmpty()) {
      throw invalid("there is no whole batch");
    }
    for (ByteBuffer entry : entries) {
      checkEntry(entry);
    }
    try {
      return admit(entries, nowMillis);
    } catch (CorruptBatchException damaged) {
      boolean isOld = magic(entries.get(0)) < MAGIC_V2;
      throw new BatchRefusedException(
          isOld ? ErrorCode.CORRUPT_MESSAGE : ErrorCode.INVALID_RECORD, reason(damaged));
    } catch (MissingCodecException unreadable) {
      throw new BatchRefusedException(ErrorCode.UNSUPPORTED_COMPRESSION_TYPE, reason(unreadable));
    }
  }

  private BatchHeader admit(List<ByteBuffer> entries, long nowMillis) throws BatchRefusedException {
    List<RecordBatch> batches = new ArrayList<>(entries.size());
    Codec source = Codec.NONE;
    for (ByteBuffer entry : entries) {
      if (magic(entry) == MAGIC_V2) {
        checkHeader(new BatchHeader(entry));
      }
      RecordBatch batch = view(entry);
      source = batch.codec() == Codec.NONE ? source : batch.codec();
      batches.add(batch);
    }
    checkTogether(batches, source);
    RecordRules rules = new RecordRules(settings, nowMillis);
    long maxTimestamp = NO_TIMESTAMP;
    for (RecordBatch batch : batches) {
      maxTimestamp = Math.max(maxTimestamp, rules.check(batch));
    }
    Codec wanted = settings.compression();
    Codec target = wanted == null ? source : wanted;
    RecordBatch first = batches.get(0);
    if (first.magic() == MAGIC_V2 && source == target) {
      BatchHeader copy = new BatchHeader(copy(entries.get(0)));
      boolean isLogAppendTime = settings.timestampType() == TimestampType.LOG_APPEND_TIME;
      copy.stamp(settings.timestampType(), isLogAppendTime ? nowMillis : maxTimestamp);
      return copy;
    }
    BatchHeader rewritten =
        new BatchRewriter(pool, settings.timestampType(), nowMillis).rewrite(batches, target);
    checkSize(rewritten.sizeInBytes());
    return rewritten;
  }

  private void checkEntry(ByteBuffer entry) throws BatchRefusedException {
    if (magic(entry) < MAGIC_V2) {
      checkSize(entry.limit());
      checkLegacyCrc(entry);
      return;
    }
    if (entry.getLong(0) != 0) {
      throw invalid("the batch begins at offset " + entry.getLong(0) + " instead of 0");
    }
    checkSize(entry.limit());
    if (entry.limit() < BatchHeader.BYTES || !new BatchHeader(entry).isCrcRight()) {
      throw new BatchRefusedException(ErrorCode.CORRUPT_MESSAGE, "the batch fails its CRC");
    }
    int codec = new BatchHeader(entry).codecId();
    if (codec > MAX_CODEC_ID) {
      throw new BatchRefusedException(
          ErrorCode.UNKNOWN_SERVER_ERROR, "there is no compression type " + codec);
    }
  }

  private void checkLegacyCrc(ByteBuffer entry) throws BatchRefusedException {
    try {
      view(entry).verifyCrc();
    } catch (CorruptBatchException damaged) {
      throw new BatchRefusedException(ErrorCode.CORRUPT_MESSAGE, reason(damaged));
    }
  }

  private void checkSize(int bytes) throws BatchRefusedException {
    if (bytes > settings.maxMessageBytes()) {
      throw new BatchRefusedException(
          ErrorCode.MESSAGE_TOO_LARGE,
          "a batch of " + bytes + " bytes; max.message.bytes is " + settings.maxMessageBytes());
    }
  }

  private static void checkHeader(BatchHeader batch) throws BatchRefusedException {
    int count = batch.count();
    int lastOffsetDelta = batch.lastOffsetDelta();
    if (count <= 0 || count - 1 != lastOffsetDelta) {
      throw invalid(
          "the batch has " + count + " records, but its last offset is " + lastOffsetDelta);
    }
    if (batch.isControl()) {
      throw invalid("clients cannot write control batches");
    }
    if (batch.hasProducerId() && batch.baseSequence() < 0) {
      throw invalid(
          "the batch of producer "
              + batch.producerId()
              + " has the sequence number "
              + batch.baseSequence());
    }
  }

  private static void checkTogether(List<RecordBatch> batches, Codec source)
      throws BatchRefusedException {
    byte magic = batches.get(0).magic();
    if (batches.size() > 1 && (magic == MAGIC_V2 || source != Codec.NONE)) {
      throw invalid("there are " + batches.size() + " batches instead of one");
    }
    for (RecordBatch batch : batches) {
      if (batch.magic() != magic) {
        throw invalid("versions " + magic + " and " + batch.magic() + " are mixed");
      }
    }
  }

  private RecordBatch view(ByteBuffer entry) {
    return RecordBatches.of(entry, pool, NO_LIMIT).iterator().next();
  }

  private static ByteBuffer copy(ByteBuffer entry) {
    return ByteBuffer.allocate(entry.limit()).put(entry.duplicate().rewind()).flip();
  }

  private static BatchRefusedException invalid(String reason) {
    return new BatchRefusedException(ErrorCode.INVALID_RECORD, reason);
  }

  private static String reason(ProtocolException damage) {
    return String.valueOf(damage.getMessage());
  }
}
