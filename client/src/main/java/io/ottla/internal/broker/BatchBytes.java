package io.ottla.internal.broker;

import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.LegacyConverter;
import io.ottla.protocol.record.RecordBatches;
import java.nio.ByteBuffer;

/**
 * The bytes of a batch as a version of Produce carries them: as they are, or as a message set for
 * brokers before 0.11.
 *
 * <p>Thread: any.
 */
final class BatchBytes {
  private static final int FIRST_WITH_BATCHES = 3;
  private static final int FIRST_WITH_TIMESTAMPS = 2;

  private final LegacyConverter converter;

  BatchBytes(BufferPool pool) {
    converter = new LegacyConverter(pool);
  }

  /**
   * The bytes, valid until the batch is released.
   *
   * @throws io.ottla.protocol.ProtocolException if the old form cannot hold the records
   */
  ByteBuffer of(PartitionBatch batch, int version, Compression compression) {
    ByteBuffer sealed = batch.batch().number();
    if (version >= FIRST_WITH_BATCHES) {
      return sealed;
    }
    byte magic = (byte) (version < FIRST_WITH_TIMESTAMPS ? 0 : 1);
    return converter.convert(
        RecordBatches.of(sealed).iterator().next(),
        magic,
        compression,
        LegacyConverter.Timestamps.DROP);
  }
}
