package io.ottla.benchmarks.protocol;

import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordBatches;
import io.ottla.protocol.record.RecordCursor;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Records out of batches; figures are per record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Records.COUNT)
public class CursorBenchmark {
  @Param({"NONE", "GZIP", "SNAPPY", "LZ4", "ZSTD"})
  Codec codec = Codec.NONE;

  private final Records records = new Records(RecordShape.VALUE);
  private final byte[] value = new byte[100];
  private ByteBuffer batch = ByteBuffer.allocate(0);

  /** Writes the batch, into a direct buffer as a socket's would be. */
  @Setup
  public void setUp() {
    ByteBuffer sealed = records.seal(Compression.of(codec)).number();
    batch = ByteBuffer.allocateDirect(sealed.remaining()).put(sealed).flip();
  }

  /** Each record's offset, timestamp and lengths. */
  @Benchmark
  public long walk() {
    return walk(batches().iterator().next());
  }

  /** The same behind a check of the CRC. */
  @Benchmark
  public long verifyAndWalk() {
    RecordBatch first = batches().iterator().next();
    first.verifyCrc();
    return walk(first);
  }

  /** The same with a copy of each value. */
  @Benchmark
  public long verifyAndCopyValues() {
    RecordBatch first = batches().iterator().next();
    first.verifyCrc();
    long sum = 0;
    try (RecordCursor record = first.cursor()) {
      while (record.next()) {
        record.copyValue(value, 0);
        sum += record.offset() + value[50];
      }
    }
    return sum;
  }

  private RecordBatches batches() {
    return RecordBatches.of(batch, records.pool(), 1 << 20);
  }

  private static long walk(RecordBatch batch) {
    long sum = 0;
    try (RecordCursor record = batch.cursor()) {
      while (record.next()) {
        sum += record.offset() + record.timestamp() + record.keyLength() + record.valueLength();
      }
    }
    return sum;
  }
}
