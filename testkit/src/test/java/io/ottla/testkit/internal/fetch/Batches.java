package io.ottla.testkit.internal.fetch;

import io.ottla.protocol.record.BatchWriter;
import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.ControlRecord;
import io.ottla.protocol.record.Header;
import io.ottla.protocol.record.SealedBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Batches as producers and coordinators write them. */
final class Batches {
  static final long TIMESTAMP = 1_700_000_000_000L;

  private static final int MAX_BYTES = 1 << 20;

  private Batches() {}

  static ByteBuffer of(String... values) {
    return of(Compression.none(), List.of(), values);
  }

  static ByteBuffer of(Compression compression, List<Header> headers, String... values) {
    return number(fill(newWriter(), headers, values).seal(compression), -1);
  }

  static ByteBuffer inTransaction(long producerId, String... values) {
    BatchWriter writer = fill(newWriter().transactional(), List.of(), values);
    return number(writer.seal(Compression.none()), producerId);
  }

  static ByteBuffer marker(long producerId, ControlRecord.Type type) {
    ControlRecord end = ControlRecord.end(type, 0);
    BatchWriter writer = newWriter().transactional().control();
    writer.append(TIMESTAMP, end.key(), end.value());
    SealedBatch sealed = writer.seal(Compression.none());
    ByteBuffer bytes = copy(sealed.number(producerId, (short) 0, -1));
    sealed.release();
    return bytes;
  }

  static ByteBuffer atLogAppendTime(long timestampMs, String... values) {
    BatchWriter writer = fill(newWriter().logAppendTime(timestampMs), List.of(), values);
    return number(writer.seal(Compression.none()), -1);
  }

  private static BatchWriter newWriter() {
    return new BatchWriter(BufferPool.direct(0), 256, MAX_BYTES);
  }

  private static BatchWriter fill(BatchWriter writer, List<Header> headers, String... values) {
    for (String value : values) {
      writer.append(TIMESTAMP, null, value.getBytes(StandardCharsets.UTF_8), headers);
    }
    return writer;
  }

  private static ByteBuffer number(SealedBatch sealed, long producerId) {
    ByteBuffer bytes =
        copy(producerId < 0 ? sealed.number() : sealed.number(producerId, (short) 0, 0));
    sealed.release();
    return bytes;
  }

  private static ByteBuffer copy(ByteBuffer bytes) {
    return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
  }
}
