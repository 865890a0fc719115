package io.ottla.benchmarks.protocol;

import io.ottla.protocol.record.BatchWriter;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.SealedBatch;
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

/** Records into batches; figures are per record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Records.COUNT)
public class AppendBenchmark {
  @Param({"VALUE", "KEY", "KEY_AND_HEADER"})
  RecordShape shape = RecordShape.VALUE;

  private Records records = new Records(shape);

  /** Makes the records. */
  @Setup
  public void setUp() {
    records = new Records(shape);
  }

  /** Encoding alone. */
  @Benchmark
  public int append() {
    BatchWriter writer = records.append();
    int size = writer.sizeInBytes();
    writer.release();
    return size;
  }

  /** Encoding, and the CRC over all of it: what an uncompressed batch costs before it is sent. */
  @Benchmark
  public int appendSealNumber() {
    SealedBatch sealed = records.seal(Compression.none());
    ByteBuffer bytes = sealed.number(1, (short) 2, 3);
    sealed.release();
    return bytes.remaining();
  }
}
