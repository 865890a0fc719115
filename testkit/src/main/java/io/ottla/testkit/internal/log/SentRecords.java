package io.ottla.testkit.internal.log;

import io.ottla.protocol.record.Codec;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A first look at what a client wants to append, before anything in it is believed.
 *
 * @param isCorrupt whether the bytes cannot be batches at all
 * @param batches how many whole batches, or messages of old clients, there are
 * @param magic the version of the first one; −1 if there is none
 * @param isZstd whether the first one says that it is compressed with zstd
 * @param isTransactional whether the first one says that it is part of a transaction
 */
public record SentRecords(
    boolean isCorrupt, int batches, byte magic, boolean isZstd, boolean isTransactional) {
  private static final SentRecords NONE = new SentRecords(false, 0, (byte) -1, false, false);
  private static final SentRecords CORRUPT = new SentRecords(true, 0, (byte) -1, false, false);

  /**
   * Looks.
   *
   * @param records from position to limit; both stay
   */
  public static SentRecords of(@Nullable ByteBuffer records) {
    if (records == null) {
      return NONE;
    }
    List<ByteBuffer> entries;
    try {
      entries = RecordEntries.split(records);
    } catch (BatchRefusedException noBatches) {
      return CORRUPT;
    }
    if (entries.isEmpty()) {
      return NONE;
    }
    ByteBuffer first = entries.get(0);
    byte magic = RecordEntries.magic(first);
    if (magic < RecordEntries.MAGIC_V2 || first.limit() < BatchHeader.BYTES) {
      return new SentRecords(false, entries.size(), magic, false, false);
    }
    BatchHeader header = new BatchHeader(first);
    boolean isZstd = header.codecId() == Codec.ZSTD.id();
    return new SentRecords(false, entries.size(), magic, isZstd, header.isTransactional());
  }
}
