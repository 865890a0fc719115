package io.ottla.internal.producer;

import io.ottla.protocol.record.BatchWriter;
import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.Compression;
import java.util.concurrent.Semaphore;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Reports of sixteen batches of a thousand records, handed over one by one and told on the delivery
 * thread; per record. In the producer's package, because nothing else may see what it measures.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReportBenchmark {
  private static final int BATCHES = 16;
  private static final int RECORDS = 1000;
  private static final int VALUE_BYTES = 100;
  private static final int MAX_BATCH_BYTES = 1 << 20;
  private static final long TIMESTAMP = 1_700_000_000_000L;

  /** Who hears. */
  @Param public Audience audience = Audience.NONE;

  /** How the batch is compressed. */
  @Param({"NONE", "LZ4"})
  public Codec codec = Codec.NONE;

  private final Semaphore told = new Semaphore(0);
  private final Memory memory = new Memory(1 << 20);
  private ProducerBatch batch = new ProducerBatch(writer(), 0, memory, 0);
  private final Reports reports =
      new Reports(
          null,
          false,
          new Reports.Tally() {
            @Override
            public void onReported(int records) {
              told.release();
            }

            @Override
            public void onRefusalReported(Reports.Refusal refusal) {}
          });

  private static BatchWriter writer() {
    return new BatchWriter(BufferPool.direct(MAX_BATCH_BYTES), MAX_BATCH_BYTES, MAX_BATCH_BYTES);
  }

  /** Fills the batch, which every report is made of. */
  @Setup
  public void fill(Blackhole hole) {
    BatchWriter writer = writer();
    batch = new ProducerBatch(writer, 0, memory, 0);
    Object ticket = audience.ticket(hole);
    for (int i = 0; i < RECORDS; i++) {
      writer.append(TIMESTAMP + (i >> 3), null, new byte[VALUE_BYTES]);
      if (ticket != null) {
        batch.keep(ticket);
      }
    }
    batch.detach();
    batch.onSealed(writer.seal(Compression.of(codec)));
    batch.moveTo(BatchPhase.DONE, "written");
  }

  /** Makes the reports. */
  @Benchmark
  @OperationsPerInvocation(BATCHES * RECORDS)
  public void report() throws InterruptedException {
    for (int i = 0; i < BATCHES; i++) {
      batch.hold(); // so that its last report does not give its bytes back
      reports.delivered(batch, "orders", 3, 1_000_000L * i, BatchEnds.NO_TIME);
    }
    told.acquire(BATCHES);
  }

  /** Ends the thread. */
  @TearDown
  public void close() {
    reports.close();
    batch.letGo();
  }
}
