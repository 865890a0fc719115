package io.ottla.benchmarks.protocol;

import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.SealedBatch;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Numbering a sealed batch of 108 kB by combining CRCs, against the whole CRC; per batch. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NumberBenchmark {
  private final SealedBatch sealed = new Records(RecordShape.VALUE).seal(Compression.none());
  private int sequence;

  /** Numbers the batch again. */
  @Benchmark
  public ByteBuffer number() {
    return sealed.number(4711, (short) 1, sequence++);
  }

  /** What it would cost to go over all bytes of the batch instead. */
  @Benchmark
  public long wholeCrc() {
    CRC32C crc = new CRC32C();
    crc.update(sealed.number(4711, (short) 1, sequence++).position(21));
    return crc.getValue();
  }
}
