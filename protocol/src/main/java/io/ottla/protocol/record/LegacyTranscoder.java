package io.ottla.protocol.record;

import io.ottla.protocol.Varints;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes legacy messages in the form of version 2, so that one cursor reads all.
 *
 * <p>Owns a pooled buffer until the cursor takes it over.
 */
final class LegacyTranscoder implements AutoCloseable {
  private final BufferPool pool;
  private final GrowingBuffer target;
  private final long timestampOfAll;
  private long firstOffset;
  private long lastOffset;
  private int count;

  /**
   * @param timestampOfAll as in {@link RecordFrame#logAppendTime}
   * @param expectedBytes what the records will take, roughly
   */
  LegacyTranscoder(BufferPool pool, long timestampOfAll, int expectedBytes) {
    this.pool = pool;
    this.timestampOfAll = timestampOfAll;
    this.target = new GrowingBuffer(pool, expectedBytes, Integer.MAX_VALUE, expectedBytes);
  }

  /**
   * Adds a message.
   *
   * @param offset its absolute offset
   * @throws CorruptBatchException if that does not come after the one before
   */
  void add(long offset, LegacyMessage message) {
    if (count == 0) {
      firstOffset = offset;
    } else if (offset <= lastOffset || offset - firstOffset > Integer.MAX_VALUE) {
      throw new CorruptBatchException(
          "offset " + offset + " follows " + lastOffset + " in one compressed message set");
    }
    lastOffset = offset;
    count++;
    int offsetDelta = (int) (offset - firstOffset);
    int keyLength = length(message.key());
    int valueLength = length(message.value());
    int body =
        1
            + Varints.sizeOf(message.timestamp())
            + Varints.sizeOf(offsetDelta)
            + Math.toIntExact(RecordEncoding.sizeOfField(keyLength))
            + Math.toIntExact(RecordEncoding.sizeOfField(valueLength))
            + 1;
    ByteBuffer out = target.room(body + Varints.sizeOf(body));
    int at = RecordEncoding.putVarint(out, out.position(), body);
    out.put(at++, (byte) 0);
    at = RecordEncoding.putVarlong(out, at, message.timestamp());
    at = RecordEncoding.putVarint(out, at, offsetDelta);
    at = putField(out, at, message.key(), keyLength);
    at = putField(out, at, message.value(), valueLength);
    out.put(at++, (byte) 0);
    out.position(at);
  }

  /** The cursor over what was added, which owns the buffer from now on. */
  RecordCursor cursor() {
    RecordFrame frame =
        new RecordFrame(firstOffset, (int) (lastOffset - firstOffset), 0, timestampOfAll, count);
    return new RecordCursor(target.take(), frame, pool);
  }

  @Override
  public void close() {
    target.close();
  }

  private static int putField(ByteBuffer out, int at, @Nullable ByteBuffer field, int length) {
    int end = RecordEncoding.putVarint(out, at, length);
    if (field == null) {
      return end;
    }
    out.put(end, field, field.position(), length);
    return end + length;
  }

  private static int length(@Nullable ByteBuffer field) {
    return field == null ? -1 : field.remaining();
  }
}
