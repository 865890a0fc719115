package io.ottla.protocol.record;

import static io.ottla.protocol.record.BatchLayout.NO_TIMESTAMP;
import static io.ottla.protocol.record.BatchLayout.RECORDS;

import io.ottla.protocol.Varints;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open batch of version 2: each record is encoded once, into its final form, when it is
 * appended.
 *
 * <p>Owns: a pooled buffer that is exchanged for a larger one as the batch grows. Hands over: that
 * buffer, or its compressed form, to the {@link SealedBatch}. A writer that is not sealed must be
 * {@link #release}d.
 *
 * <p>Thread: one at a time; the caller brings the lock. Appending allocates nothing. Always: an
 * append that does not return {@link Append#APPENDED}, or throws, leaves the batch as it was.
 * Units: sizes in bytes, times in milliseconds since 1970.
 */
public final class BatchWriter {
  /* Implementation notes: the hot path compares the record's end with the buffer's capacity and
   * nothing else. Sealing and releasing put an empty buffer there, so that the check of the state
   * lies on the slow path too. The header is written when the batch is sealed. */

  /** What became of a record. */
  public enum Append {
    /** It is in the batch. */
    APPENDED,
    /** It goes into the next batch: this one has no room for it. */
    BATCH_FULL,
    /** It goes into no batch: not even an empty one has room for it. */
    RECORD_TOO_LARGE
  }

  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);
  private static final int NULL = -1;
  private static final int NOT_RESERVED = -1;

  private final BufferPool pool;
  private final int maxBytes;
  private final BatchLife life = new BatchLife();

  private ByteBuffer buffer;
  private int end = RECORDS;
  private int count;
  private int nextOffsetDelta;
  private long baseTimestamp;
  private boolean isBaseTimestampSet;
  private long maxTimestamp = NO_TIMESTAMP;
  private int flags;

  // Valid between reserve() and the end of the append that called it.
  private int reservedBody;
  private long reservedDelta;

  /**
   * Opens a batch.
   *
   * @param pool where its buffers come from and go to
   * @param expectedBytes the capacity to begin with; more is acquired when it is needed
   * @param maxBytes the most that the batch, with its header, may take before compression
   */
  public BatchWriter(BufferPool pool, int expectedBytes, int maxBytes) {
    if (maxBytes <= RECORDS) {
      throw new IllegalArgumentException(
          "a batch of at most " + maxBytes + " bytes has no room for records");
    }
    this.pool = pool;
    this.maxBytes = maxBytes;
    this.buffer = pool.acquire(Math.max(RECORDS, Math.min(expectedBytes, maxBytes)));
  }

  /** Marks the batch as part of its producer's open transaction. */
  public BatchWriter transactional() {
    return mark(BatchLayout.TRANSACTIONAL_FLAG);
  }

  /** Marks the batch as one that tells clients something, like {@link ControlRecord}s do. */
  public BatchWriter control() {
    return mark(BatchLayout.CONTROL_FLAG);
  }

  /**
   * Makes all records carry the time at which a broker appended them.
   *
   * @param timestampMs that time; what is given to {@link #append} is ignored by readers
   */
  public BatchWriter logAppendTime(long timestampMs) {
    mark(BatchLayout.LOG_APPEND_TIME_FLAG);
    maxTimestamp = timestampMs;
    return this;
  }

  /**
   * Notes when the compaction may drop the tombstones of the batch. Only before the first record.
   *
   * @param timestampMs that time; it takes the place of the base timestamp
   */
  public BatchWriter deleteHorizon(long timestampMs) {
    if (count > 0) {
      throw new IllegalStateException("the delete horizon comes before the first record");
    }
    mark(BatchLayout.DELETE_HORIZON_FLAG);
    baseTimestamp = timestampMs;
    isBaseTimestampSet = true;
    return this;
  }

  /**
   * Leaves a gap, as the compaction does, before the next record or at the end of the batch.
   *
   * @param offsets how many offsets have no record
   */
  public BatchWriter skipOffsets(int offsets) {
    life.require(BatchState.OPEN, "leaving a gap");
    if (offsets < 0 || nextOffsetDelta + offsets < 0) {
      throw new IllegalArgumentException("a gap of " + offsets + " offsets");
    }
    nextOffsetDelta += offsets;
    return this;
  }

  /**
   * Appends a record without headers.
   *
   * @param timestampMs its time, or −1 for none
   * @param key its key, or null
   * @param value its value, or null for a tombstone
   */
  public Append append(long timestampMs, byte @Nullable [] key, byte @Nullable [] value) {
    return append(
        timestampMs,
        key,
        0,
        key == null ? 0 : key.length,
        value,
        0,
        value == null ? 0 : value.length,
        List.of());
  }

  /**
   * Appends a record.
   *
   * @param timestampMs its time, or −1 for none
   * @param key its key, or null
   * @param value its value, or null for a tombstone
   * @param headers its headers, in order
   */
  public Append append(
      long timestampMs, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {
    return append(
        timestampMs,
        key,
        0,
        key == null ? 0 : key.length,
        value,
        0,
        value == null ? 0 : value.length,
        headers);
  }

  /**
   * Appends a record out of larger arrays.
   *
   * @param timestampMs its time, or −1 for none
   * @param key the array that holds the key, or null for no key
   * @param keyOffset where the key begins
   * @param keyLength how long it is
   * @param value the array that holds the value, or null for a tombstone
   * @param valueOffset where the value begins
   * @param valueLength how long it is
   * @param headers its headers, in order
   */
  public Append append(
      long timestampMs,
      byte @Nullable [] key,
      int keyOffset,
      int keyLength,
      byte @Nullable [] value,
      int valueOffset,
      int valueLength,
      List<Header> headers) {
    int keyField = key == null ? NULL : keyLength;
    int valueField = value == null ? NULL : valueLength;
    int recordEnd = reserve(timestampMs, keyField, valueField, headers);
    if (recordEnd < 0) {
      return refusal(keyField, valueField, headers);
    }
    ByteBuffer to = buffer;
    int at = RecordEncoding.putVarint(to, putPrefix(to), keyField);
    if (key != null) {
      to.put(at, key, keyOffset, keyLength);
      at += keyLength;
    }
    at = RecordEncoding.putVarint(to, at, valueField);
    if (value != null) {
      to.put(at, value, valueOffset, valueLength);
      at += valueLength;
    }
    putHeaders(to, at, headers);
    return appended(timestampMs, recordEnd);
  }

  /**
   * Appends a record out of buffers, of each what lies between position and limit; both stay.
   *
   * @param timestampMs its time, or −1 for none
   * @param key its key, or null
   * @param value its value, or null for a tombstone
   * @param headers its headers, in order
   */
  public Append append(
      long timestampMs,
      @Nullable ByteBuffer key,
      @Nullable ByteBuffer value,
      List<Header> headers) {
    int keyField = key == null ? NULL : key.remaining();
    int valueField = value == null ? NULL : value.remaining();
    int recordEnd = reserve(timestampMs, keyField, valueField, headers);
    if (recordEnd < 0) {
      return refusal(keyField, valueField, headers);
    }
    ByteBuffer to = buffer;
    int at = RecordEncoding.putVarint(to, putPrefix(to), keyField);
    if (key != null) {
      to.put(at, key, key.position(), keyField);
      at += keyField;
    }
    at = RecordEncoding.putVarint(to, at, valueField);
    if (value != null) {
      to.put(at, value, value.position(), valueField);
      at += valueField;
    }
    putHeaders(to, at, headers);
    return appended(timestampMs, recordEnd);
  }

  /** The records so far. */
  public int count() {
    return count;
  }

  /** The bytes so far, with the header, before compression. */
  public int sizeInBytes() {
    return end;
  }

  /**
   * The bytes of the pool that the batch holds, which is what it costs; 0 once it is sealed or
   * released.
   */
  public int heldBytes() {
    return buffer.capacity();
  }

  /**
   * Closes the batch to further records, compresses it, and works out the CRC of its records.
   *
   * <p>What a codec makes larger stays in the codec's form: that costs readers nothing, and the
   * growth is a few bytes per block.
   *
   * @return the batch, which now owns the buffer
   * @throws IllegalStateException if nothing was appended
   * @throws MissingCodecException if the codec's library is not there; the batch stays open
   */
  public SealedBatch seal(Compression compression) {
    life.require(BatchState.OPEN, "sealing");
    if (nextOffsetDelta == 0) {
      throw new IllegalStateException("a batch without records is not sealed but released");
    }
    ByteBuffer open = buffer;
    ByteBuffer sealed = open;
    int sealedBytes = end;
    if (compression.codec() != Codec.NONE) {
      sealed = compressed(compression);
      sealedBytes = sealed.limit();
      pool.release(open);
    }
    buffer = NOTHING;
    life.moveTo(BatchState.SEALED, "sealed by its writer");
    putHeader(sealed.clear(), sealedBytes, compression.codec());
    return new SealedBatch(life, pool, sealed, sealedBytes);
  }

  /** Gives the batch up and its buffer back; nothing if it was sealed or released before. */
  public void release() {
    if (life.state() == BatchState.OPEN) {
      life.moveTo(BatchState.RELEASED, "given up by its writer");
      ByteBuffer open = buffer;
      buffer = NOTHING;
      pool.release(open);
    }
  }

  /** The end of the record that comes next if there is room for it, else {@link #NOT_RESERVED}. */
  private int reserve(long timestampMs, int keyLength, int valueLength, List<Header> headers) {
    if (timestampMs < NO_TIMESTAMP) {
      throw new IllegalArgumentException("a timestamp of " + timestampMs + " ms");
    }
    long delta = isBaseTimestampSet ? timestampMs - baseTimestamp : 0;
    long body =
        1
            + Varints.sizeOf(delta)
            + Varints.sizeOf(nextOffsetDelta)
            + RecordEncoding.sizeOfField(keyLength)
            + RecordEncoding.sizeOfField(valueLength)
            + (headers.isEmpty() ? 1 : RecordEncoding.sizeOfHeaders(headers));
    long recordEnd = end + body + Varints.sizeOf((int) Math.min(body, Integer.MAX_VALUE));
    if (recordEnd > buffer.capacity() && !grow(recordEnd)) {
      return NOT_RESERVED;
    }
    if (recordEnd > maxBytes) {
      return NOT_RESERVED;
    }
    reservedBody = (int) body;
    reservedDelta = delta;
    return (int) recordEnd;
  }

  private boolean grow(long neededBytes) {
    life.require(BatchState.OPEN, "appending");
    if (neededBytes > maxBytes) {
      return false;
    }
    int capacity = (int) Math.min(maxBytes, Math.max(neededBytes, 2L * buffer.capacity()));
    ByteBuffer larger = pool.acquire(capacity);
    larger.put(RECORDS, buffer, RECORDS, end - RECORDS);
    ByteBuffer full = buffer;
    buffer = larger;
    pool.release(full);
    return true;
  }

  private Append refusal(int keyLength, int valueLength, List<Header> headers) {
    long body =
        3 // attributes and both deltas, which are 0 in an empty batch
            + RecordEncoding.sizeOfField(keyLength)
            + RecordEncoding.sizeOfField(valueLength)
            + RecordEncoding.sizeOfHeaders(headers);
    long alone = RECORDS + body + Varints.sizeOf((int) Math.min(body, Integer.MAX_VALUE));
    return count == 0 || alone > maxBytes ? Append.RECORD_TOO_LARGE : Append.BATCH_FULL;
  }

  private int putPrefix(ByteBuffer to) {
    int at = RecordEncoding.putVarint(to, end, reservedBody);
    to.put(at++, (byte) 0); // attributes: none are defined
    at = RecordEncoding.putVarlong(to, at, reservedDelta);
    return RecordEncoding.putVarint(to, at, nextOffsetDelta);
  }

  private static void putHeaders(ByteBuffer to, int at, List<Header> headers) {
    if (headers.isEmpty()) {
      to.put(at, (byte) 0);
    } else {
      RecordEncoding.putHeaders(to, at, headers);
    }
  }

  private Append appended(long timestampMs, int recordEnd) {
    if (!isBaseTimestampSet) {
      baseTimestamp = timestampMs;
      isBaseTimestampSet = true;
    }
    if ((flags & BatchLayout.LOG_APPEND_TIME_FLAG) == 0 && timestampMs > maxTimestamp) {
      maxTimestamp = timestampMs;
    }
    end = recordEnd;
    count++;
    nextOffsetDelta++;
    return Append.APPENDED;
  }

  private BatchWriter mark(int flag) {
    life.require(BatchState.OPEN, "marking");
    flags |= flag;
    return this;
  }

  private ByteBuffer compressed(Compression compression) {
    Compressor compressor = compression.codec().compressor();
    ByteBuffer source = buffer.duplicate().limit(end).position(RECORDS);
    int guess = RECORDS + source.remaining() / 2;
    try (GrowingBuffer target =
        new GrowingBuffer(pool, guess, Integer.MAX_VALUE - Long.BYTES, source.remaining())) {
      target.room(RECORDS).position(RECORDS);
      compressor.compress(source, compression.level(), target);
      return target.takeTrimmed();
    }
  }

  private void putHeader(ByteBuffer to, int sealedBytes, Codec codec) {
    to.putLong(BatchLayout.BASE_OFFSET, 0)
        .putInt(BatchLayout.LENGTH, sealedBytes - BatchLayout.LENGTH_OVERHEAD)
        .putInt(BatchLayout.LEADER_EPOCH, BatchLayout.NO_LEADER_EPOCH)
        .put(BatchLayout.MAGIC, BatchLayout.MAGIC_V2)
        .putShort(BatchLayout.ATTRIBUTES, (short) (flags | codec.id()))
        .putInt(BatchLayout.LAST_OFFSET_DELTA, nextOffsetDelta - 1)
        .putLong(BatchLayout.BASE_TIMESTAMP, isBaseTimestampSet ? baseTimestamp : NO_TIMESTAMP)
        .putLong(BatchLayout.MAX_TIMESTAMP, maxTimestamp)
        .putInt(BatchLayout.COUNT, count);
  }
}
