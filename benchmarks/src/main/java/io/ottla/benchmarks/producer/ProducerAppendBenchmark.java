package io.ottla.benchmarks.producer;

import io.ottla.Ottla;
import io.ottla.producer.Producer;
import io.ottla.producer.TopicProducer;
import io.ottla.testkit.bench.NullBroker;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * A record of 100 bytes without a future, from the call to a null broker in this process, so that
 * CPU time is that of the whole way: caller, loop and broker.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ProducerAppendBenchmark {
  private static final String TOPIC = "orders";
  private static final int PARTITIONS = 4;
  private static final int VALUE_BYTES = 100;
  private static final int KEY_BYTES = 14;

  private final byte[] key = new byte[KEY_BYTES];
  private final byte[] value = new byte[VALUE_BYTES];
  private final NullBroker broker = NullBroker.builder().topic(TOPIC, PARTITIONS).start();
  private final Producer<byte[], byte[]> producer =
      Ottla.producer(broker.bootstrapServers()).linger(Duration.ofMillis(5)).start();
  private final TopicProducer<byte[], byte[]> topic = producer.topic(TOPIC);

  /** Connects, so that no record waits for metadata. */
  @Setup
  public void setUp() {
    Random random = new Random(7);
    random.nextBytes(key);
    random.nextBytes(value);
    topic.send(key, value).join();
  }

  /** Ends both. */
  @TearDown
  public void tearDown() {
    producer.close();
    broker.close();
  }

  /** Without a key, from one thread. */
  @Benchmark
  public void post() {
    topic.post(null, value);
  }

  /** Without a key, from two threads. */
  @Benchmark
  @Threads(2)
  public void postFromTwoThreads() {
    topic.post(null, value);
  }

  /** With a key, which chooses the partition. */
  @Benchmark
  public void postWithKey() {
    topic.post(key, value);
  }
}
