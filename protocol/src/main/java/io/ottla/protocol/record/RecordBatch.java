package io.ottla.protocol.record;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * One batch as a broker keeps it: what its header says, and a way to its records.
 *
 * <p>A view: valid as long as the bytes it was read from. A legacy message set looks like a batch,
 * with −1 for what it does not have. Thread: any; cursors one at a time. Times are in milliseconds
 * since 1970.
 */
public sealed interface RecordBatch permits BatchView, LegacyBatch {
  /** The version of the format: 0, 1 or 2. */
  byte magic();

  /** The bytes of the batch as it came. */
  int sizeInBytes();

  /**
   * The offset that the batch began with; its first record may be gone since. In a compressed
   * legacy set, the offset of its first record, to know which it is decompressed.
   */
  long baseOffset();

  /** The last offset that the batch has taken; its last record may be gone since. */
  long lastOffset();

  /** The offset to read on from. */
  default long nextOffset() {
    return lastOffset() + 1;
  }

  /** The number of records, or −1 in a legacy set, which does not say. */
  int count();

  /** How the records are compressed. */
  Codec codec();

  /** Who set the timestamps. */
  TimestampType timestampType();

  /** The latest timestamp of the records, or −1. */
  long maxTimestamp();

  /** The epoch of the leader that appended the batch, or −1. */
  int leaderEpoch();

  /** The idempotent producer that wrote the batch, or −1. */
  long producerId();

  /** That producer's epoch, or −1. */
  short producerEpoch();

  /** The sequence number of the first record, or −1. */
  int baseSequence();

  /** Whether the batch belongs to a transaction. */
  boolean isTransactional();

  /** Whether the records are {@link ControlRecord}s, which are not for applications. */
  boolean isControl();

  /** When the compaction may drop the tombstones of the batch, if it has said so. */
  OptionalLong deleteHorizon();

  /**
   * Checks the CRC.
   *
   * @throws CorruptBatchException if the bytes are not those that were written
   */
  void verifyCrc();

  /** The batch as it came: a view. */
  ByteBuffer bytes();

  /**
   * A cursor before the first record. It must be closed. The CRC is not checked; whatever the bytes
   * are, the cursor ends in a typed error or in records.
   *
   * @throws CorruptBatchException if the records cannot be decompressed
   * @throws BatchTooLargeException if they take more room than was allowed
   * @throws MissingCodecException if the codec's library is not there
   */
  RecordCursor cursor();
}
