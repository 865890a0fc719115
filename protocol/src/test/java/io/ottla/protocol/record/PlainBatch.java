package io.ottla.protocol.record;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A batch as tests compare it: all that its header says, and its records. */
record PlainBatch(
    byte magic,
    long baseOffset,
    long lastOffset,
    Codec codec,
    TimestampType timestampType,
    long maxTimestamp,
    int leaderEpoch,
    Producer producer,
    boolean isTransactional,
    boolean isControl,
    OptionalLong deleteHorizon,
    List<PlainRecord> records) {

  /** Who wrote it. */
  record Producer(long id, short epoch, int baseSequence) {
    static final Producer NONE = new Producer(-1, (short) -1, -1);
  }

  /** All batches in some bytes, their CRCs checked. */
  static List<PlainBatch> read(ByteBuffer bytes, BufferPool pool) {
    List<PlainBatch> batches = new ArrayList<>();
    for (RecordBatch batch : RecordBatches.of(bytes, pool, 64 << 20)) {
      batch.verifyCrc();
      batches.add(of(batch));
    }
    return batches;
  }

  static PlainBatch of(RecordBatch batch) {
    return new PlainBatch(
        batch.magic(),
        batch.baseOffset(),
        batch.lastOffset(),
        batch.codec(),
        batch.timestampType(),
        batch.maxTimestamp(),
        batch.leaderEpoch(),
        new Producer(batch.producerId(), batch.producerEpoch(), batch.baseSequence()),
        batch.isTransactional(),
        batch.isControl(),
        batch.deleteHorizon(),
        records(batch));
  }

  static List<PlainRecord> records(RecordBatch batch) {
    List<PlainRecord> records = new ArrayList<>();
    try (RecordCursor record = batch.cursor()) {
      while (record.next()) {
        records.add(PlainRecord.at(record));
      }
    }
    return records;
  }

  /** The batch in the bytes that Ottla makes of it. */
  ByteBuffer write(Compression compression, BufferPool pool) {
    BatchWriter writer = new BatchWriter(pool, 64, 64 << 20);
    if (isTransactional) {
      writer.transactional();
    }
    if (isControl) {
      writer.control();
    }
    if (timestampType == TimestampType.LOG_APPEND_TIME) {
      writer.logAppendTime(maxTimestamp);
    }
    deleteHorizon.ifPresent(writer::deleteHorizon);
    long next = baseOffset;
    for (PlainRecord record : records) {
      writer.skipOffsets((int) (record.offset() - next));
      BatchWriter.Append result =
          writer.append(
              record.timestamp(), record.keyBytes(), record.valueBytes(), record.headers());
      if (result != BatchWriter.Append.APPENDED) {
        throw new AssertionError(result);
      }
      next = record.offset() + 1;
    }
    writer.skipOffsets((int) (lastOffset + 1 - next));
    SealedBatch sealed = writer.seal(compression);
    ByteBuffer sent =
        sealed
            .place(baseOffset, leaderEpoch)
            .number(producer.id(), producer.epoch(), producer.baseSequence());
    ByteBuffer copy = ByteBuffer.allocate(sent.remaining()).put(sent).flip();
    sealed.release();
    return copy;
  }
}
