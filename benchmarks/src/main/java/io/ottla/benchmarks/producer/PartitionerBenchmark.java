package io.ottla.benchmarks.producer;

import io.ottla.producer.KeyPartitioner;
import io.ottla.producer.Partitioners;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The choice of a partition for a key of 14 bytes, and for none; figures are per record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PartitionerBenchmark {
  private static final int KEYS = 1024;
  private static final int PARTITIONS = 12;

  @Param({"default", "round-robin", "random", "murmur2", "consistent", "fnv1a"})
  String name = "default";

  private final byte[][] keys = new byte[KEYS][];
  private KeyPartitioner partitioner = Partitioners.standard();
  private int next;

  /** Makes the keys. */
  @Setup
  public void setUp() {
    partitioner = Partitioners.named(name).forTopic();
    for (int i = 0; i < KEYS; i++) {
      keys[i] = "customer-%05d".formatted(i * 97).getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** With a key. */
  @Benchmark
  public int keyed() {
    byte[] key = keys[next++ & (KEYS - 1)];
    return partitioner.choose(key, 0, key.length, PARTITIONS);
  }

  /** Without one. */
  @Benchmark
  public int keyless() {
    return partitioner.choose(null, 0, 0, PARTITIONS);
  }
}
