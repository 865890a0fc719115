package io.ottla.protocol.record;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A batch that takes no more records, in the bytes that go to the broker.
 *
 * <p>Owns a pooled buffer until {@link #release}. Who sends it must keep it until the write has
 * completed and its outcome is known.
 *
 * <p>It is sent only after one of the {@code number} methods. Numbering again is allowed, and as
 * cheap as the first time, as long as the bytes are not on their way: only the header's CRC is
 * worked out, and combined with that of the records.
 *
 * <p>Thread: one at a time.
 */
public final class SealedBatch {
  private final BatchLife life;
  private final BufferPool pool;
  private final ByteBuffer buffer;
  private final ByteBuffer bytes;
  private final ByteBuffer coveredHeader;
  private final int recordsCrc;
  private final Crc32cShift overRecords;

  /**
   * @param buffer the pooled buffer; all of the header but numbers and CRC is written
   * @param size the bytes of the batch in it
   */
  SealedBatch(BatchLife life, BufferPool pool, ByteBuffer buffer, int size) {
    this.life = life;
    this.pool = pool;
    this.buffer = buffer;
    this.bytes = buffer.slice(0, size);
    this.coveredHeader =
        buffer.slice(BatchLayout.ATTRIBUTES, BatchLayout.RECORDS - BatchLayout.ATTRIBUTES);
    CRC32C crc = new CRC32C();
    crc.update(buffer.slice(BatchLayout.RECORDS, size - BatchLayout.RECORDS));
    this.recordsCrc = (int) crc.getValue();
    this.overRecords = Crc32cShift.over(size - BatchLayout.RECORDS);
  }

  /** The records in it. */
  public int count() {
    return bytes.getInt(BatchLayout.COUNT);
  }

  /** The bytes that go to the broker. */
  public int sizeInBytes() {
    return bytes.capacity();
  }

  /** The bytes of the pool that the batch holds, which is what it costs. */
  public int heldBytes() {
    return buffer.capacity();
  }

  /** Numbers the batch for a producer without idempotence. */
  public ByteBuffer number() {
    return number(
        BatchLayout.NO_PRODUCER_ID, BatchLayout.NO_PRODUCER_EPOCH, BatchLayout.NO_SEQUENCE);
  }

  /**
   * Numbers the batch for an idempotent producer.
   *
   * @param producerId the producer
   * @param producerEpoch its epoch
   * @param baseSequence the sequence number of the first record
   * @return the batch as it is sent: a view, valid until the batch is numbered again or released
   */
  public ByteBuffer number(long producerId, short producerEpoch, int baseSequence) {
    life.require(BatchState.SEALED, "numbering");
    bytes
        .putLong(BatchLayout.PRODUCER_ID, producerId)
        .putShort(BatchLayout.PRODUCER_EPOCH, producerEpoch)
        .putInt(BatchLayout.BASE_SEQUENCE, baseSequence);
    CRC32C crc = new CRC32C();
    crc.update(coveredHeader.rewind());
    bytes.putInt(BatchLayout.CRC, overRecords.combine((int) crc.getValue(), recordsCrc));
    return bytes.duplicate();
  }

  /**
   * Gives the batch the place in a log that a leader would give it. The CRC does not cover it.
   *
   * @param baseOffset the offset of the first record
   * @param leaderEpoch the epoch of the leader that appended it
   */
  public SealedBatch place(long baseOffset, int leaderEpoch) {
    life.require(BatchState.SEALED, "placing");
    bytes
        .putLong(BatchLayout.BASE_OFFSET, baseOffset)
        .putInt(BatchLayout.LEADER_EPOCH, leaderEpoch);
    return this;
  }

  /** What the records' timestamp deltas count from. */
  long baseTimestamp() {
    return bytes.getLong(BatchLayout.BASE_TIMESTAMP);
  }

  /** Hands over the buffer, from the first record to the end of the last. */
  ByteBuffer takeRecords() {
    life.moveTo(BatchState.RELEASED, "handed over to be read");
    return buffer.limit(bytes.capacity()).position(BatchLayout.RECORDS);
  }

  /** Gives the buffer back; nothing if that was done before. */
  public void release() {
    if (life.state() == BatchState.SEALED) {
      life.moveTo(BatchState.RELEASED, "released by its owner");
      pool.release(buffer);
    }
  }
}
