package io.ottla;

import io.ottla.protocol.record.BatchWriter;
import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.SealedBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A batch of one record, as a request carries it. */
final class OneRecord {
  private OneRecord() {}

  static ByteBuffer of(String value) {
    BatchWriter writer = new BatchWriter(BufferPool.direct(0), 1024, 1 << 20);
    writer.append(1, null, value.getBytes(StandardCharsets.UTF_8));
    SealedBatch batch = writer.seal(Compression.none());
    ByteBuffer bytes = batch.number();
    ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    batch.release();
    return copy;
  }
}
