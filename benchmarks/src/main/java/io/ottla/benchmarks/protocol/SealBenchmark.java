package io.ottla.benchmarks.protocol;

import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.SealedBatch;
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

/** Encoding, compressing and the CRC; figures are per record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Records.COUNT)
public class SealBenchmark {
  @Param({"NONE", "GZIP", "SNAPPY", "LZ4", "ZSTD"})
  Codec codec = Codec.NONE;

  private final Records records = new Records(RecordShape.VALUE);
  private Compression compression = Compression.none();

  /** Takes the codec at its default level. */
  @Setup
  public void setUp() {
    compression = Compression.of(codec);
  }

  /** Append, seal, number. */
  @Benchmark
  public int appendSealNumber() {
    SealedBatch sealed = records.seal(compression);
    int size = sealed.number(1, (short) 2, 3).remaining();
    sealed.release();
    return size;
  }
}
