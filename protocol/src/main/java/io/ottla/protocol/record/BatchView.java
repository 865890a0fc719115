package io.ottla.protocol.record;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/** A batch of version 2, read where it lies. */
final class BatchView implements RecordBatch {
  private final ByteBuffer bytes;
  private final Decoding decoding;
  private final int attributes;

  /**
   * @param bytes the batch from 0 to limit, of the length that its header says
   * @throws CorruptBatchException if the header contradicts itself
   */
  BatchView(ByteBuffer bytes, Decoding decoding) {
    this.bytes = bytes;
    this.decoding = decoding;
    this.attributes = bytes.getShort(BatchLayout.ATTRIBUTES);
    int count = count();
    int lastOffsetDelta = lastOffsetDelta();
    if (lastOffsetDelta < 0 || count < 0 || count - 1 > lastOffsetDelta) {
      throw new CorruptBatchException(
          "a batch of " + count + " records over " + (lastOffsetDelta + 1L) + " offsets");
    }
    Codec.of(attributes & BatchLayout.CODEC_MASK);
  }

  @Override
  public byte magic() {
    return BatchLayout.MAGIC_V2;
  }

  @Override
  public int sizeInBytes() {
    return bytes.limit();
  }

  @Override
  public long baseOffset() {
    return bytes.getLong(BatchLayout.BASE_OFFSET);
  }

  @Override
  public long lastOffset() {
    return baseOffset() + lastOffsetDelta();
  }

  @Override
  public int count() {
    return bytes.getInt(BatchLayout.COUNT);
  }

  @Override
  public Codec codec() {
    return Codec.of(attributes & BatchLayout.CODEC_MASK);
  }

  @Override
  public TimestampType timestampType() {
    return has(BatchLayout.LOG_APPEND_TIME_FLAG)
        ? TimestampType.LOG_APPEND_TIME
        : TimestampType.CREATE_TIME;
  }

  @Override
  public long maxTimestamp() {
    return bytes.getLong(BatchLayout.MAX_TIMESTAMP);
  }

  @Override
  public int leaderEpoch() {
    return bytes.getInt(BatchLayout.LEADER_EPOCH);
  }

  @Override
  public long producerId() {
    return bytes.getLong(BatchLayout.PRODUCER_ID);
  }

  @Override
  public short producerEpoch() {
    return bytes.getShort(BatchLayout.PRODUCER_EPOCH);
  }

  @Override
  public int baseSequence() {
    return bytes.getInt(BatchLayout.BASE_SEQUENCE);
  }

  @Override
  public boolean isTransactional() {
    return has(BatchLayout.TRANSACTIONAL_FLAG);
  }

  @Override
  public boolean isControl() {
    return has(BatchLayout.CONTROL_FLAG);
  }

  @Override
  public OptionalLong deleteHorizon() {
    return has(BatchLayout.DELETE_HORIZON_FLAG)
        ? OptionalLong.of(baseTimestamp())
        : OptionalLong.empty();
  }

  @Override
  public void verifyCrc() {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(BatchLayout.ATTRIBUTES, bytes.limit() - BatchLayout.ATTRIBUTES));
    int expected = bytes.getInt(BatchLayout.CRC);
    int computed = (int) crc.getValue();
    if (computed != expected) {
      throw new CorruptBatchException(
          "the batch at offset "
              + baseOffset()
              + " has CRC "
              + Integer.toHexString(computed)
              + ", but says "
              + Integer.toHexString(expected));
    }
  }

  @Override
  public ByteBuffer bytes() {
    return bytes.duplicate();
  }

  @Override
  public RecordCursor cursor() {
    ByteBuffer records = bytes.slice(BatchLayout.RECORDS, bytes.limit() - BatchLayout.RECORDS);
    RecordFrame frame =
        new RecordFrame(
            baseOffset(),
            lastOffsetDelta(),
            baseTimestamp(),
            has(BatchLayout.LOG_APPEND_TIME_FLAG) ? maxTimestamp() : RecordFrame.OWN_TIMESTAMPS,
            count());
    if (codec() == Codec.NONE || (count() == 0 && !records.hasRemaining())) {
      return new RecordCursor(records, frame, null);
    }
    return new RecordCursor(
        decoding.decompress(codec().compressor(), records), frame, decoding.pool());
  }

  private boolean has(int flag) {
    return (attributes & flag) != 0;
  }

  private int lastOffsetDelta() {
    return bytes.getInt(BatchLayout.LAST_OFFSET_DELTA);
  }

  private long baseTimestamp() {
    return bytes.getLong(BatchLayout.BASE_TIMESTAMP);
  }
}
