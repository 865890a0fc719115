package io.ottla.testkit.behaviour;

import io.ottla.protocol.record.BatchWriter;
import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.SealedBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A batch of version 2 as a producer sends it, valid unless it is changed: without producer id,
 * records with a key, all at the same time.
 */
final class TestBatch {
  /** Where the fields of the header lie. */
  static final int BASE_OFFSET = 0;

  static final int LENGTH = 8;
  static final int LEADER_EPOCH = 12;
  static final int MAGIC = 16;
  static final int CRC = 17;
  static final int ATTRIBUTES = 21;
  static final int LAST_OFFSET_DELTA = 23;
  static final int BASE_TIMESTAMP = 27;
  static final int MAX_TIMESTAMP = 35;
  static final int BASE_SEQUENCE = 53;
  static final int COUNT = 57;
  static final int RECORDS = 61;

  private record Entry(@Nullable String key, @Nullable String value, long timestampMs) {}

  private static final int MAX_BYTES = 4 << 20;

  private final List<Entry> entries = new ArrayList<>();
  private final List<Consumer<ByteBuffer>> changes = new ArrayList<>();
  private long timestampMs = System.currentTimeMillis();
  private long producerId = -1;
  private short producerEpoch = -1;
  private int baseSequence = -1;
  private Compression compression = Compression.none();
  private boolean isCrcRight = true;

  /** A batch with a record for each value. */
  static TestBatch of(String... values) {
    TestBatch batch = new TestBatch();
    for (String value : values) {
      batch.record("k", value);
    }
    return batch;
  }

  /** A batch with so many records. */
  static TestBatch ofSize(int records) {
    TestBatch batch = new TestBatch();
    for (int i = 0; i < records; i++) {
      batch.record("k", "v" + i);
    }
    return batch;
  }

  TestBatch record(@Nullable String key, @Nullable String value) {
    entries.add(new Entry(key, value, Long.MIN_VALUE));
    return this;
  }

  /** Adds a record at a time of its own. */
  TestBatch recordAt(long recordTimestampMs, String value) {
    entries.add(new Entry("k", value, recordTimestampMs));
    return this;
  }

  /** The time of all records that have none of their own. */
  TestBatch at(long value) {
    timestampMs = value;
    return this;
  }

  TestBatch from(Producer producer, int sequence) {
    return from(producer.id(), producer.epoch(), sequence);
  }

  TestBatch from(long id, int epoch, int sequence) {
    producerId = id;
    producerEpoch = (short) epoch;
    baseSequence = sequence;
    return this;
  }

  TestBatch compressed(Compression value) {
    compression = value;
    return this;
  }

  TestBatch wrongCrc() {
    isCrcRight = false;
    return this;
  }

  /** Changes bytes of the finished batch; the CRC is made to fit. */
  TestBatch change(Consumer<ByteBuffer> change) {
    changes.add(change);
    return this;
  }

  /** The batch as it is sent. */
  ByteBuffer bytes() {
    BufferPool pool = BufferPool.direct(0);
    BatchWriter writer = new BatchWriter(pool, 1024, MAX_BYTES);
    for (Entry entry : entries) {
      long time = entry.timestampMs() == Long.MIN_VALUE ? timestampMs : entry.timestampMs();
      BatchWriter.Append appended =
          writer.append(time, bytesOf(entry.key()), bytesOf(entry.value()));
      if (appended != BatchWriter.Append.APPENDED) {
        throw new IllegalStateException("too large for a test's batch");
      }
    }
    SealedBatch sealed = writer.seal(compression);
    ByteBuffer numbered = sealed.number(producerId, producerEpoch, baseSequence);
    ByteBuffer bytes = ByteBuffer.allocate(numbered.remaining()).put(numbered).flip();
    sealed.release();
    if (!changes.isEmpty()) {
      changes.forEach(change -> change.accept(bytes));
      putCrc(bytes);
    }
    if (!isCrcRight) {
      bytes.putInt(CRC, bytes.getInt(CRC) + 1);
    }
    return bytes;
  }

  private static byte @Nullable [] bytesOf(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private static void putCrc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(ATTRIBUTES, bytes.limit() - ATTRIBUTES));
    bytes.putInt(CRC, (int) crc.getValue());
  }

  /** An uncompressed batch with the same records, whatever they are, compressed. */
  static ByteBuffer gzipped(ByteBuffer batch) {
    byte[] records = new byte[batch.limit() - RECORDS];
    batch.get(RECORDS, records);
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(records);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ByteBuffer bytes = ByteBuffer.allocate(RECORDS + compressed.size());
    bytes.put(batch.slice(0, RECORDS)).put(compressed.toByteArray()).rewind();
    bytes.putInt(LENGTH, bytes.limit() - LEADER_EPOCH).putShort(ATTRIBUTES, (short) 1);
    putCrc(bytes);
    return bytes;
  }

  /** Batches one behind the other. */
  static ByteBuffer concat(ByteBuffer... batches) {
    int size = 0;
    for (ByteBuffer batch : batches) {
      size += batch.remaining();
    }
    ByteBuffer all = ByteBuffer.allocate(size);
    for (ByteBuffer batch : batches) {
      all.put(batch.duplicate());
    }
    return all.flip();
  }
}
