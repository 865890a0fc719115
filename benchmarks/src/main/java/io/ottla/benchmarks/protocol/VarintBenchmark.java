package io.ottla.benchmarks.protocol;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.WireWriter;
import java.util.Random;
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

/** Zig-zag varints through the wire's reader and writer; figures are per varint. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(VarintBenchmark.COUNT)
public class VarintBenchmark {
  static final int COUNT = 1000;

  /** How large the values may get: all of one byte, of one or two, of one to five. */
  @Param({"6", "13", "31"})
  int bits = 6;

  private final int[] values = new int[COUNT];
  private WireWriter written = WireWriter.ofSize(0);

  /** Makes the values. */
  @Setup
  public void setUp() {
    Random random = new Random(7);
    for (int i = 0; i < COUNT; i++) {
      int magnitude = (int) ((1L << random.nextInt(bits + 1)) - 1) & random.nextInt();
      values[i] = random.nextBoolean() ? magnitude : -magnitude;
    }
    written = write();
  }

  /** Writes them. */
  @Benchmark
  public WireWriter write() {
    WireWriter out = WireWriter.ofSize(5 * COUNT);
    for (int value : values) {
      out.writeVarint(value);
    }
    return out;
  }

  /** Reads them. */
  @Benchmark
  public int read() {
    WireReader in = WireReader.of(written.toByteBuffer());
    int sum = 0;
    for (int i = 0; i < COUNT; i++) {
      sum += in.readVarint();
    }
    return sum;
  }
}
