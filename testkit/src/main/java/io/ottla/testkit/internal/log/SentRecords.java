package io.ottla.testkit.internal.log;

import io.ottla.protocol.record.Codec;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A first look at what a client wants to append, before anything in it is believed.
 *
 * @param state how far the bytes are batches
 * @param batches how many whole batches, or messages of old clients, there are
 * @param magic the version of the first one; −1 if there is none
 * @param isZstd whether the first one says that it is compressed with zstd
 * @param isTransactional whether the first one says that it is part of a transaction
 */
public record SentRecords(
    State state, int batches, byte magic, boolean isZstd, boolean isTransactional) {
  /** How far bytes are batches. */
  public enum State {
    /** There are none, not even an empty array of them. */
    ABSENT,
    /** They cannot be, from the first one on. */
    CORRUPT_FROM_THE_START,
    /** They cannot be, behind the first one. */
    CORRUPT_BEHIND_THE_FIRST,
    /** They may be; the last one may be cut off. */
    BATCHES
  }

  /**
   * Looks.
   *
   * @param records from position to limit; both stay
   */
  public static SentRecords of(@Nullable ByteBuffer records) {
    if (records == null) {
      return none(State.ABSENT);
    }
    ByteBuffer first;
    try {
      first = RecordEntries.first(records);
    } catch (BatchRefusedException noBatch) {
      return none(State.CORRUPT_FROM_THE_START);
    }
    if (first == null) {
      return none(State.BATCHES);
    }
    State state = State.BATCHES;
    int batches = 1;
    try {
      batches = RecordEntries.split(records).size();
    } catch (BatchRefusedException noBatch) {
      state = State.CORRUPT_BEHIND_THE_FIRST;
    }
    byte magic = RecordEntries.magic(first);
    if (magic < RecordEntries.MAGIC_V2 || first.limit() < BatchHeader.BYTES) {
      return new SentRecords(state, batches, magic, false, false);
    }
    BatchHeader header = new BatchHeader(first);
    boolean isZstd = header.codecId() == Codec.ZSTD.id();
    return new SentRecords(state, batches, magic, isZstd, header.isTransactional());
  }

  private static SentRecords none(State state) {
    return new SentRecords(state, 0, (byte) -1, false, false);
  }
}
