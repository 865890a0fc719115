package io.ottla.testkit.internal.log;

import io.ottla.protocol.record.TimestampType;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The header of a batch of version 2, read and written where it lies, without asking whether it is
 * true. (A {@code RecordBatch} refuses to be made of a header that contradicts itself; here that is
 * what has to be found out.)
 *
 * <p>Units: sizes in bytes.
 */
final class BatchHeader {
  static final int BYTES = 61;
  static final byte MAGIC_V2 = 2;

  private static final long NO_PRODUCER_ID = -1;
  private static final int NO_SEQUENCE = -1;

  private static final int BASE_OFFSET = 0;
  private static final int LEADER_EPOCH = 12;
  private static final int CRC = 17;
  private static final int ATTRIBUTES = 21;
  private static final int LAST_OFFSET_DELTA = 23;
  private static final int MAX_TIMESTAMP = 35;
  private static final int PRODUCER_ID = 43;
  private static final int PRODUCER_EPOCH = 51;
  private static final int BASE_SEQUENCE = 53;
  private static final int COUNT = 57;

  private static final int CODEC_MASK = 0x07;
  private static final int LOG_APPEND_TIME_FLAG = 0x08;
  private static final int TRANSACTIONAL_FLAG = 0x10;
  private static final int CONTROL_FLAG = 0x20;

  private final ByteBuffer bytes;

  /**
   * @param bytes the batch from 0 to limit, at least a header
   */
  BatchHeader(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** The whole batch. */
  ByteBuffer bytes() {
    return bytes.duplicate();
  }

  int sizeInBytes() {
    return bytes.limit();
  }

  long baseOffset() {
    return bytes.getLong(BASE_OFFSET);
  }

  int lastOffsetDelta() {
    return bytes.getInt(LAST_OFFSET_DELTA);
  }

  int count() {
    return bytes.getInt(COUNT);
  }

  int leaderEpoch() {
    return bytes.getInt(LEADER_EPOCH);
  }

  int codecId() {
    return attributes() & CODEC_MASK;
  }

  TimestampType timestampType() {
    return has(LOG_APPEND_TIME_FLAG) ? TimestampType.LOG_APPEND_TIME : TimestampType.CREATE_TIME;
  }

  boolean isTransactional() {
    return has(TRANSACTIONAL_FLAG);
  }

  boolean isControl() {
    return has(CONTROL_FLAG);
  }

  long maxTimestamp() {
    return bytes.getLong(MAX_TIMESTAMP);
  }

  long producerId() {
    return bytes.getLong(PRODUCER_ID);
  }

  boolean hasProducerId() {
    return producerId() > NO_PRODUCER_ID;
  }

  short producerEpoch() {
    return bytes.getShort(PRODUCER_EPOCH);
  }

  int baseSequence() {
    return bytes.getInt(BASE_SEQUENCE);
  }

  int lastSequence() {
    int base = baseSequence();
    return base == NO_SEQUENCE ? NO_SEQUENCE : Sequences.plus(base, lastOffsetDelta());
  }

  boolean isCrcRight() {
    return bytes.getInt(CRC) == computeCrc();
  }

  /** Gives the batch its place in a log. The checksum does not cover it. */
  void place(long baseOffset, int leaderEpoch) {
    bytes.putLong(BASE_OFFSET, baseOffset).putInt(LEADER_EPOCH, leaderEpoch);
  }

  /** Sets the latest record time, and who says so; works the checksum out again if that is new. */
  void stamp(TimestampType type, long maxTimestamp) {
    if (type == timestampType() && maxTimestamp == maxTimestamp()) {
      return;
    }
    int others = attributes() & ~LOG_APPEND_TIME_FLAG;
    int flag = type == TimestampType.LOG_APPEND_TIME ? LOG_APPEND_TIME_FLAG : 0;
    bytes.putShort(ATTRIBUTES, (short) (others | flag)).putLong(MAX_TIMESTAMP, maxTimestamp);
    bytes.putInt(CRC, computeCrc());
  }

  private int computeCrc() {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().position(ATTRIBUTES));
    return (int) crc.getValue();
  }

  private boolean has(int flag) {
    return (attributes() & flag) != 0;
  }

  private int attributes() {
    return bytes.getShort(ATTRIBUTES);
  }
}
