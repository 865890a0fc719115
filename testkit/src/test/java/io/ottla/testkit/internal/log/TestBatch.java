package io.ottla.testkit.internal.log;

import io.ottla.protocol.record.BatchWriter;
import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.ControlRecord;
import io.ottla.protocol.record.Header;
import io.ottla.protocol.record.SealedBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A batch as a producer sends it. Record {@code i} has the value {@code "value-i"}. */
public final class TestBatch {
  private static final BufferPool POOL = BufferPool.direct(1 << 20);
  private static final int ATTRIBUTES = 21;
  private static final int CRC = 17;

  private final BatchWriter writer = new BatchWriter(POOL, 1024, 64 << 20);
  private Codec codec = Codec.NONE;
  private long producerId = -1;
  private short producerEpoch = -1;
  private int baseSequence = -1;

  private TestBatch() {}

  /** A batch without records yet. */
  public static TestBatch empty() {
    return new TestBatch();
  }

  /** A batch of records with the key {@code "key"} and no time. */
  public static TestBatch of(int records) {
    TestBatch batch = new TestBatch();
    for (int i = 0; i < records; i++) {
      batch.record(-1);
    }
    return batch;
  }

  /** Adds a record with a key. */
  public TestBatch record(long timestamp) {
    return record(timestamp, "key", "value-" + writer.count());
  }

  /** Adds a record. */
  public TestBatch record(long timestamp, @Nullable String key, @Nullable String value) {
    return record(timestamp, key, value, List.of());
  }

  /** Adds a record with headers. */
  public TestBatch record(
      long timestamp, @Nullable String key, @Nullable String value, List<Header> headers) {
    writer.append(timestamp, utf8(key), utf8(value), headers);
    return this;
  }

  /** Adds the marker that ends a transaction. */
  public static TestBatch marker(ControlRecord.Type type, long producerId, int producerEpoch) {
    TestBatch batch = new TestBatch();
    ControlRecord end = ControlRecord.end(type, 7);
    batch.writer.control().transactional().append(1000, end.key(), end.value());
    return batch.producer(producerId, producerEpoch, -1);
  }

  /** Compresses. */
  public TestBatch codec(Codec value) {
    codec = value;
    return this;
  }

  /** Makes it part of its producer's transaction. */
  public TestBatch transactional() {
    writer.transactional();
    return this;
  }

  /** Marks it as a control batch. */
  public TestBatch control() {
    writer.control();
    return this;
  }

  /** Says that all records have one time, which the broker gave. */
  public TestBatch logAppendTime(long timestamp) {
    writer.logAppendTime(timestamp);
    return this;
  }

  /** Numbers it. */
  public TestBatch producer(long id, int epoch, int sequence) {
    producerId = id;
    producerEpoch = (short) epoch;
    baseSequence = sequence;
    return this;
  }

  /** What is sent; the batch can be used no more. */
  public ByteBuffer bytes() {
    SealedBatch sealed = writer.seal(Compression.of(codec));
    ByteBuffer bytes = sealed.number(producerId, producerEpoch, baseSequence);
    ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    sealed.release();
    return copy;
  }

  /** Makes the checksum right after the bytes were changed. */
  public static ByteBuffer repairCrc(ByteBuffer batch) {
    CRC32C crc = new CRC32C();
    crc.update(batch.slice(ATTRIBUTES, batch.limit() - ATTRIBUTES));
    return batch.putInt(CRC, (int) crc.getValue());
  }

  private static byte @Nullable [] utf8(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
