package io.ottla.protocol.record;

import static io.ottla.protocol.record.BatchLayout.NO_TIMESTAMP;
import static io.ottla.protocol.record.BatchLayout.RECORDS;

import io.ottla.protocol.Varints;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An open batch of version 2: each record is encoded once, into its final form, when it is
 * appended.
 *
 * <p>Owns: a pooled array that is exchanged for a larger one as the batch grows. Hands over: a
 * direct buffer with the batch, or its compressed form, to the {@link SealedBatch}. A writer that
 * is not sealed must be {@link #release}d.
 *
 * <p>Thread: one at a time; the caller brings the lock. Appending allocates nothing. Always: an
 * append that does not return {@link Append#APPENDED}, or throws, leaves the batch as it was.
 * Units: sizes in bytes, times in milliseconds since 1970.
 */
public final class BatchWriter {
  /* Implementation notes: all of a record before its key is written as one int and one long, when
   * its parts are as small as they mostly are. The hot path asks only whether they are, and whether
   * the record ends before hotEnd. That is moved to where no record ends before it while the first
   * record is missing, or the batch is not open: those checks lie on the cold path. The header of the
   * batch is written when it is sealed.
   *
   * Open batches lie in arrays, though what is sent must lie in a direct buffer: measured, a record
   * of 100 bytes costs 7 to 10 ns less in an array, and 2 ns to be copied with all others at last. */

  /** What became of a record. */
  public enum Append {
    /** It is in the batch. */
    APPENDED,
    /** It goes into the next batch: this one has no room for it. */
    BATCH_FULL,
    /** It goes into no batch: not even an empty one has room for it. */
    RECORD_TOO_LARGE
  }

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] NOTHING = {};
  private static final int NULL = -1;
  private static final int NO_ROOM = -1;
  private static final int COLD = -1;

  /** Whoever pays for the memory of an open batch. */
  @FunctionalInterface
  public interface Growth {
    /**
     * The batch needs a larger array. Called within {@link #append}.
     *
     * @param moreBytes by how much
     * @return whether it may have it; if not, the record finds the batch full
     */
    boolean allows(int moreBytes);
  }

  private final BufferPool pool;
  private final int maxBytes;
  private final Growth growth;
  private final BatchLife life = new BatchLife();

  private byte[] bytes;
  private int end = RECORDS;
  private int nextOffsetDelta;
  private int skippedOffsets;
  private long baseTimestamp;
  private boolean isBaseTimestampSet;
  private long maxTimestamp = NO_TIMESTAMP;
  private long logAppendTime;
  private int flags;

  /** Up to here records may be written in strides of eight bytes; or {@link #COLD}. */
  private int hotEnd = COLD;

  /**
   * Opens a batch.
   *
   * @param pool where its buffers come from and go to
   * @param expectedBytes the capacity to begin with; more is acquired when it is needed
   * @param maxBytes the most that the batch, with its header, may take before compression
   */
  public BatchWriter(BufferPool pool, int expectedBytes, int maxBytes) {
    this(pool, expectedBytes, maxBytes, moreBytes -> true);
  }

  /**
   * Opens a batch that asks before it grows.
   *
   * @param pool where its buffers come from and go to
   * @param expectedBytes the capacity to begin with; that much, and no more, it takes unasked
   * @param maxBytes the most that the batch, with its header, may take before compression
   * @param growth whom it asks
   */
  public BatchWriter(BufferPool pool, int expectedBytes, int maxBytes, Growth growth) {
    if (maxBytes <= RECORDS) {
      throw new IllegalArgumentException(
          "a batch of at most " + maxBytes + " bytes has no room for records");
    }
    this.pool = pool;
    this.maxBytes = maxBytes;
    this.growth = growth;
    this.bytes = pool.acquireArray(Math.max(RECORDS, Math.min(expectedBytes, maxBytes)));
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
    logAppendTime = timestampMs;
    return this;
  }

  /**
   * Notes when the compaction may drop the tombstones of the batch. Only before the first record.
   *
   * @param timestampMs that time; it takes the place of the base timestamp
   */
  public BatchWriter deleteHorizon(long timestampMs) {
    if (count() > 0) {
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
    skippedOffsets += offsets;
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
    int keyField = NULL;
    if (key != null) {
      Objects.checkFromIndexSize(keyOffset, keyLength, key.length);
      keyField = keyLength;
    }
    int valueField = NULL;
    if (value != null) {
      Objects.checkFromIndexSize(valueOffset, valueLength, value.length);
      valueField = valueLength;
    }
    long headerBytes = headerBytes(headers);
    int keyAt = admit(timestampMs, keyField, valueField, headerBytes);
    if (keyAt == NO_ROOM) {
      return refusal(keyField, valueField, headerBytes);
    }
    int headersAt = putHeaders(headers, headerBytes);
    if (key != null) {
      System.arraycopy(key, keyOffset, bytes, keyAt, keyLength);
    }
    if (value != null) {
      System.arraycopy(value, valueOffset, bytes, headersAt - valueLength, valueLength);
    }
    return Append.APPENDED;
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
    long headerBytes = headerBytes(headers);
    int keyAt = admit(timestampMs, keyField, valueField, headerBytes);
    if (keyAt == NO_ROOM) {
      return refusal(keyField, valueField, headerBytes);
    }
    int headersAt = putHeaders(headers, headerBytes);
    if (key != null) {
      key.get(key.position(), bytes, keyAt, keyField);
    }
    if (value != null) {
      value.get(value.position(), bytes, headersAt - valueField, valueField);
    }
    return Append.APPENDED;
  }

  /** The records so far. */
  public int count() {
    return nextOffsetDelta - skippedOffsets;
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
    return bytes.length;
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
    ByteBuffer sealed =
        compression.codec() == Codec.NONE ? uncompressed() : compressed(compression);
    int sealedBytes = sealed.limit();
    putHeader(sealed.clear(), sealedBytes, compression.codec());
    leave(BatchState.SEALED, "sealed by its writer");
    return new SealedBatch(life, pool, sealed, sealedBytes);
  }

  /** Gives the batch up and its buffer back; nothing if it was sealed or released before. */
  public void release() {
    if (life.state() == BatchState.OPEN) {
      leave(BatchState.RELEASED, "given up by its writer");
    }
  }

  private void leave(BatchState next, String why) {
    life.moveTo(next, why);
    byte[] open = bytes;
    bytes = NOTHING;
    hotEnd = COLD;
    pool.releaseArray(open);
  }

  /**
   * Makes a record part of the batch and writes all but its key, value and headers. Nothing may
   * fail after that.
   *
   * @return where the key begins, or {@link #NO_ROOM}
   */
  private int admit(long timestampMs, int keyLength, int valueLength, long headerBytes) {
    long timestamp = ShortVarint.of(Varints.zigZag(timestampMs - baseTimestamp));
    long offset = ShortVarint.of((long) nextOffsetDelta << 1);
    long key = ShortVarint.of(Varints.zigZag((long) keyLength));
    long value = ShortVarint.of(Varints.zigZag((long) valueLength));
    int offsetShift = Byte.SIZE + ShortVarint.bits(timestamp); // behind the attributes, which are 0
    int keyShift = offsetShift + ShortVarint.bits(offset);
    int prefixBits = keyShift + ShortVarint.bits(key);
    int keyBytes = Math.max(keyLength, 0);
    long body =
        (prefixBits + ShortVarint.bits(value)) / Byte.SIZE
            + keyBytes
            + Math.max(valueLength, 0)
            + headerBytes;
    long length = ShortVarint.of(body << 1);
    int prefixAt = end + ShortVarint.bits(length) / Byte.SIZE;
    if ((timestamp | offset | key | value | length) < 0
        || prefixBits > Long.SIZE
        || timestampMs < NO_TIMESTAMP
        || prefixAt + (int) body > hotEnd) {
      return admitCold(timestampMs, keyLength, valueLength, headerBytes);
    }
    long prefix =
        (long) ShortVarint.bytes(timestamp) << Byte.SIZE
            | (long) ShortVarint.bytes(offset) << offsetShift
            | (long) ShortVarint.bytes(key) << keyShift;
    int keyAt = prefixAt + prefixBits / Byte.SIZE;
    INT.set(bytes, end, ShortVarint.bytes(length));
    LONG.set(bytes, prefixAt, prefix);
    INT.set(bytes, keyAt + keyBytes, ShortVarint.bytes(value));
    count(timestampMs, prefixAt + (int) body);
    return keyAt;
  }

  private int admitCold(long timestampMs, int keyLength, int valueLength, long headerBytes) {
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
            + headerBytes;
    long recordEnd = end + body + Varints.sizeOf((int) Math.min(body, Integer.MAX_VALUE));
    if ((recordEnd > bytes.length && !grow(recordEnd)) || recordEnd > maxBytes) {
      return NO_ROOM;
    }
    if (!isBaseTimestampSet) {
      baseTimestamp = timestampMs;
      isBaseTimestampSet = true;
    }
    hotEnd = Math.min(bytes.length - Long.BYTES, maxBytes);
    byte[] to = bytes;
    int at = RecordEncoding.putVarint(to, end, (int) body);
    to[at++] = 0; // attributes: none are defined
    at = RecordEncoding.putVarlong(to, at, delta);
    at = RecordEncoding.putVarint(to, at, nextOffsetDelta);
    int keyAt = RecordEncoding.putVarint(to, at, keyLength);
    RecordEncoding.putVarint(to, keyAt + Math.max(keyLength, 0), valueLength);
    count(timestampMs, (int) recordEnd);
    return keyAt;
  }

  private void count(long timestampMs, int recordEnd) {
    if (timestampMs > maxTimestamp) {
      maxTimestamp = timestampMs;
    }
    end = recordEnd;
    nextOffsetDelta++;
  }

  /**
   * Writes the headers of the record that has just been admitted.
   *
   * @return where they begin, and the value ends
   */
  private int putHeaders(List<Header> headers, long headerBytes) {
    int headersAt = end - (int) headerBytes;
    if (headers.isEmpty()) {
      bytes[headersAt] = 0;
    } else {
      RecordEncoding.putHeaders(bytes, headersAt, headers);
    }
    return headersAt;
  }

  private boolean grow(long neededBytes) {
    life.require(BatchState.OPEN, "appending");
    if (neededBytes > maxBytes) {
      return false;
    }
    int capacity = (int) Math.min(maxBytes, Math.max(neededBytes, 2L * bytes.length));
    byte[] larger = pool.acquireArray(capacity);
    if (!growth.allows(larger.length - bytes.length)) {
      pool.releaseArray(larger);
      return false;
    }
    System.arraycopy(bytes, RECORDS, larger, RECORDS, end - RECORDS);
    byte[] full = bytes;
    bytes = larger;
    pool.releaseArray(full);
    return true;
  }

  /**
   * How large a batch is that has only this record, before compression.
   *
   * @param keyLength its key's bytes; −1 for no key
   * @param valueLength its value's bytes; −1 for a tombstone
   * @param headers its headers
   */
  public static long bytesAlone(int keyLength, int valueLength, List<Header> headers) {
    return bytesAlone(keyLength, valueLength, headerBytes(headers));
  }

  private static long bytesAlone(int keyLength, int valueLength, long headerBytes) {
    long body =
        3 // attributes and both deltas, which are 0 in an empty batch
            + RecordEncoding.sizeOfField(keyLength)
            + RecordEncoding.sizeOfField(valueLength)
            + headerBytes;
    return RECORDS + body + Varints.sizeOf((int) Math.min(body, Integer.MAX_VALUE));
  }

  private Append refusal(int keyLength, int valueLength, long headerBytes) {
    long alone = bytesAlone(keyLength, valueLength, headerBytes);
    return count() == 0 || alone > maxBytes ? Append.RECORD_TOO_LARGE : Append.BATCH_FULL;
  }

  private static long headerBytes(List<Header> headers) {
    return headers.isEmpty() ? 1 : RecordEncoding.sizeOfHeaders(headers);
  }

  private boolean isLogAppendTime() {
    return (flags & BatchLayout.LOG_APPEND_TIME_FLAG) != 0;
  }

  private BatchWriter mark(int flag) {
    life.require(BatchState.OPEN, "marking");
    flags |= flag;
    return this;
  }

  private ByteBuffer uncompressed() {
    return pool.acquire(end).put(RECORDS, bytes, RECORDS, end - RECORDS).limit(end);
  }

  private ByteBuffer compressed(Compression compression) {
    Compressor compressor = compression.codec().compressor();
    ByteBuffer source = uncompressed();
    int guess = RECORDS + end / 2;
    try (GrowingBuffer target = new GrowingBuffer(pool, guess, Integer.MAX_VALUE, end)) {
      target.room(RECORDS).position(RECORDS);
      compressor.compress(source.position(RECORDS), compression.level(), target);
      return target.takeTrimmed();
    } finally {
      pool.release(source);
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
        .putLong(BatchLayout.MAX_TIMESTAMP, isLogAppendTime() ? logAppendTime : maxTimestamp)
        .putInt(BatchLayout.COUNT, count());
  }
}
