package io.ottla.testkit.fake;

import io.ottla.protocol.record.BatchWriter;
import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.ControlRecord;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordBatches;
import io.ottla.protocol.record.RecordCursor;
import io.ottla.protocol.record.SealedBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Batches for tests, written and read. Thread: any. Units: milliseconds since 1970. */
final class FakeBatches {
  private static final int FIRST_BYTES = 1024;
  private static final int MAX_BYTES = 1 << 30;
  private static final long NO_PRODUCER = -1;

  private FakeBatches() {}

  static ByteBuffer ofValues(long timeMillis, String... values) {
    return write(writer -> appendAll(writer, timeMillis, values), NO_PRODUCER, (short) -1, -1);
  }

  static ByteBuffer ofRecord(long timeMillis, String key, String value) {
    return write(
        writer -> writer.append(timeMillis, utf8(key), utf8(value)), NO_PRODUCER, (short) -1, -1);
  }

  /** Records of a transaction that is open; numbered from 0, for nobody will look. */
  static ByteBuffer ofTransaction(long timeMillis, long producerId, String... values) {
    return write(
        writer -> appendAll(writer.transactional(), timeMillis, values), producerId, (short) 0, 0);
  }

  /** The end of a transaction. */
  static ByteBuffer ofMarker(long timeMillis, long producerId, ControlRecord.Type type) {
    ControlRecord end = ControlRecord.end(type, 0);
    return write(
        writer -> writer.transactional().control().append(timeMillis, end.key(), end.value()),
        producerId,
        (short) 0,
        -1);
  }

  /** The records in batches, from an offset on, without markers. */
  static List<FakeRecord> read(String topic, int partition, ByteBuffer bytes, long fromOffset) {
    List<FakeRecord> records = new ArrayList<>();
    for (RecordBatch batch : RecordBatches.of(bytes)) {
      if (!batch.isControl()) {
        addAll(batch, topic, partition, fromOffset, records);
      }
    }
    return records;
  }

  private static void addAll(
      RecordBatch batch, String topic, int partition, long fromOffset, List<FakeRecord> to) {
    try (RecordCursor record = batch.cursor()) {
      while (record.next()) {
        if (record.offset() >= fromOffset) {
          to.add(
              new FakeRecord(
                  topic,
                  partition,
                  record.offset(),
                  Instant.ofEpochMilli(record.timestamp()),
                  record.key(),
                  record.value(),
                  record.headers()));
        }
      }
    }
  }

  private static void appendAll(BatchWriter writer, long timeMillis, String... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a batch needs a record");
    }
    for (String value : values) {
      writer.append(timeMillis, null, utf8(value));
    }
  }

  private static ByteBuffer write(
      Consumer<BatchWriter> records, long producerId, short producerEpoch, int sequence) {
    BatchWriter writer = new BatchWriter(BufferPool.direct(0), FIRST_BYTES, MAX_BYTES);
    records.accept(writer);
    SealedBatch batch = writer.seal(Compression.none());
    ByteBuffer numbered = batch.number(producerId, producerEpoch, sequence);
    ByteBuffer copy = ByteBuffer.allocate(numbered.remaining()).put(numbered).flip();
    batch.release();
    return copy;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
