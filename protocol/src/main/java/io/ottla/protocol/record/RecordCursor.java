package io.ottla.protocol.record;

import io.ottla.protocol.Varints;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks the records of a batch where they lie, without an object for each.
 *
 * <pre>{@code
 * try (RecordCursor record = batch.cursor()) {
 *   while (record.next()) {
 *     handle(record.offset(), record.key(), record.value());
 *   }
 * }
 * }</pre>
 *
 * <p>Owns the buffer of decompressed records, if there is one, until {@link #close}. The accessors
 * speak of the record that {@link #next} has moved to; the views that they return are valid until
 * the cursor is closed and as long as the batch's bytes. Each record is checked completely before
 * {@link #next} returns, so that the accessors cannot fail.
 *
 * <p>Thread: one at a time. Times are in milliseconds since 1970.
 */
public final class RecordCursor implements AutoCloseable {
  /* Implementation notes: nothing compares a position with the end of the buffer before each read,
   * because the buffer does so anyway; its IndexOutOfBoundsException becomes the typed error. */

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int NULL = -1;

  private final RecordFrame frame;
  private final int count;
  private ByteBuffer bytes;

  /** Where {@link #bytes} go when the cursor is closed; null if they are not its own, or gone. */
  private @Nullable BufferPool pool;

  /** Where the next varint, then the next record, begins. */
  private int at;

  private int taken;

  // The record that the cursor stands on.
  private int offsetDelta = -1;
  private long timestampDelta;
  private int keyAt;
  private int keyLength;
  private int valueAt;
  private int valueLength;
  private int headersAt;
  private int headerCount;

  /**
   * @param bytes the records of version 2, from position to limit
   * @param pool where {@code bytes} go when the cursor is closed, or null if it does not own them
   */
  RecordCursor(ByteBuffer bytes, RecordFrame frame, @Nullable BufferPool pool) {
    this.bytes = bytes;
    this.at = bytes.position();
    this.frame = frame;
    this.count = frame.count();
    this.pool = pool;
  }

  /**
   * Moves to the next record.
   *
   * @return false if there is none
   * @throws CorruptBatchException if the bytes are not the records that the batch says it has
   */
  public boolean next() {
    if (taken == count) {
      if (at != bytes.limit()) {
        throw leftOver();
      }
      return false;
    }
    try {
      parse();
    } catch (IndexOutOfBoundsException pastTheEnd) {
      throw corrupt("runs past the end of its batch");
    }
    taken++;
    return true;
  }

  /** The record's offset in its partition. */
  public long offset() {
    return frame.baseOffset() + offsetDelta;
  }

  /** The record's time, or −1. */
  public long timestamp() {
    long logAppendTime = frame.logAppendTime();
    return logAppendTime == RecordFrame.OWN_TIMESTAMPS
        ? frame.baseTimestamp() + timestampDelta
        : logAppendTime;
  }

  /** The key's bytes, −1 if it is null. */
  public int keyLength() {
    return keyLength;
  }

  /** A copy of the key. */
  public byte @Nullable [] key() {
    return copy(keyAt, keyLength);
  }

  /** The key where it lies. */
  public @Nullable ByteBuffer keyView() {
    return view(keyAt, keyLength);
  }

  /**
   * Copies the key, which must not be null.
   *
   * @param target takes {@link #keyLength} bytes
   * @param targetOffset where they begin
   */
  public void copyKey(byte[] target, int targetOffset) {
    bytes.get(keyAt, target, targetOffset, keyLength);
  }

  /** The value's bytes, −1 if it is null: a tombstone. */
  public int valueLength() {
    return valueLength;
  }

  /** A copy of the value. */
  public byte @Nullable [] value() {
    return copy(valueAt, valueLength);
  }

  /** The value where it lies. */
  public @Nullable ByteBuffer valueView() {
    return view(valueAt, valueLength);
  }

  /**
   * Copies the value, which must not be null.
   *
   * @param target takes {@link #valueLength} bytes
   * @param targetOffset where they begin
   */
  public void copyValue(byte[] target, int targetOffset) {
    bytes.get(valueAt, target, targetOffset, valueLength);
  }

  /** The number of headers. */
  public int headerCount() {
    return headerCount;
  }

  /** Copies of the headers, in order. */
  public List<Header> headers() {
    if (headerCount == 0) {
      return List.of();
    }
    List<Header> headers = new ArrayList<>(headerCount);
    int next = at;
    at = headersAt;
    for (int i = 0; i < headerCount; i++) {
      int keyBytes = readVarint();
      byte[] key = new byte[keyBytes];
      bytes.get(at, key);
      at += keyBytes;
      int valueBytes = readVarint();
      byte[] value = copy(at, valueBytes);
      at += Math.max(valueBytes, 0);
      headers.add(new Header(new String(key, StandardCharsets.UTF_8), value));
    }
    at = next;
    return headers;
  }

  /** Gives the decompressed records' buffer back. The cursor then has no further records. */
  @Override
  public void close() {
    ByteBuffer former = bytes;
    bytes = NOTHING;
    at = 0;
    taken = count;
    if (pool != null) {
      pool.release(former);
      pool = null;
    }
  }

  private void parse() {
    int length = readVarint();
    int end = at + length;
    if (length < 0 || end < 0 || end > bytes.limit()) {
      throw corrupt("says it has " + length + " bytes");
    }
    at++; // attributes: none are defined
    timestampDelta = readVarlong();
    int delta = readVarint();
    if (delta <= offsetDelta || delta > frame.lastOffsetDelta()) {
      throw corrupt(
          "has offset delta " + delta + " in a batch that ends at " + frame.lastOffsetDelta());
    }
    offsetDelta = delta;
    keyLength = readLength(end, "a key");
    keyAt = at;
    at += Math.max(keyLength, 0);
    valueLength = readLength(end, "a value");
    valueAt = at;
    at += Math.max(valueLength, 0);
    int headers = readVarint();
    headerCount = headers;
    headersAt = at;
    if (headers != 0) {
      skipHeaders(headers, end);
    }
    if (at != end) {
      throw corrupt("ends " + Math.abs(end - at) + " bytes away from where it says");
    }
  }

  private void skipHeaders(int headers, int end) {
    if (headers < 0 || headers > end - at) {
      throw corrupt("says it has " + headers + " headers");
    }
    for (int i = 0; i < headers; i++) {
      int keyBytes = readLength(end, "a header's key");
      if (keyBytes < 0) {
        throw corrupt("has a header without a key");
      }
      at += keyBytes;
      int valueBytes = readLength(end, "a header's value");
      at += Math.max(valueBytes, 0);
    }
  }

  /** Reads a length, or {@link #NULL}, of what must end before the record does. */
  private int readLength(int end, String what) {
    int length = readVarint();
    if (length < NULL || length > end - at) {
      throw corrupt("says it has " + what + " of " + length + " bytes");
    }
    return length;
  }

  private int readVarint() {
    byte first = bytes.get(at);
    if (first >= 0) {
      at++;
      return Varints.unZigZag(first);
    }
    return readLongVarint(first);
  }

  private int readLongVarint(byte first) {
    int value = first & 0x7F;
    for (int i = 1; i < Varints.MAX_VARINT_BYTES; i++) {
      byte b = bytes.get(at + i);
      value |= (b & 0x7F) << (7 * i);
      if (b >= 0) {
        if (i == Varints.MAX_VARINT_BYTES - 1 && b > 0x0F) {
          break;
        }
        at += i + 1;
        return Varints.unZigZag(value);
      }
    }
    throw corrupt("has a varint of more than 32 bits");
  }

  private long readVarlong() {
    long value = 0;
    for (int i = 0; i < Varints.MAX_VARLONG_BYTES; i++) {
      byte b = bytes.get(at + i);
      value |= (long) (b & 0x7F) << (7 * i);
      if (b >= 0) {
        if (i == Varints.MAX_VARLONG_BYTES - 1 && b > 1) {
          break;
        }
        at += i + 1;
        return Varints.unZigZag(value);
      }
    }
    throw corrupt("has a varint of more than 64 bits");
  }

  private byte @Nullable [] copy(int from, int length) {
    if (length == NULL) {
      return null;
    }
    byte[] copy = new byte[length];
    bytes.get(from, copy);
    return copy;
  }

  private @Nullable ByteBuffer view(int from, int length) {
    return length == NULL ? null : bytes.slice(from, length);
  }

  private CorruptBatchException leftOver() {
    return new CorruptBatchException(
        "the batch at offset "
            + frame.baseOffset()
            + " says it has "
            + count
            + " records, but "
            + (bytes.limit() - at)
            + " bytes follow them");
  }

  private CorruptBatchException corrupt(String what) {
    return new CorruptBatchException(
        "record " + (taken + 1) + " of the batch at offset " + frame.baseOffset() + " " + what);
  }
}
