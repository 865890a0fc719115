package io.ottla.internal.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.OttlaException;
import io.ottla.internal.runtime.ManualLoop;
import io.ottla.producer.Acks;
import io.ottla.producer.Overflow;
import io.ottla.producer.Partitioners;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.RecordBatches;
import io.ottla.protocol.record.RecordCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Queues of a producer, on a loop that the test moves, with nobody behind them. */
abstract class QueueTestBase {
  static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  final ManualLoop loop = new ManualLoop();
  final LentBuffers pool = new LentBuffers();
  final Memory memory = new Memory(1 << 20);
  final List<PartitionQueue> ready = new ArrayList<>();
  final List<PartitionQueue> ripe = new ArrayList<>();
  final List<OttlaException> failures = new ArrayList<>();
  final Queue<Runnable> sealers = new ArrayDeque<>();
  final List<ProducerBatch> taken = new ArrayList<>();
  boolean isOverflowing;

  final Ground ground =
      new Ground(
          loop,
          loop,
          memory,
          pool,
          new Ticker(loop, loop, ripe::add),
          new Sealing(sealers::add, loop, memory, new Failures()),
          new Rounds(loop),
          new Signals(loop, ready::add),
          () -> isOverflowing);

  static TopicSettings settings(
      long lingerNanos, int batchBytes, int batchRecords, Compression compression) {
    return new TopicSettings(
        Acks.ALL,
        TimeUnit.SECONDS.toNanos(30),
        TimeUnit.SECONDS.toNanos(120),
        compression,
        Partitioners.standard(),
        Overflow.block(),
        lingerNanos,
        batchBytes,
        batchRecords,
        64 << 10);
  }

  TopicQueue topic(TopicSettings settings) {
    return new TopicQueue(ground, "orders", settings, new ProducerMeter("test", loop), null);
  }

  PartitionQueue queue(TopicSettings settings) {
    return new PartitionQueue(
        ground, topic(settings), 0, new ProducerMeter("test", loop).partition("orders", 0));
  }

  static Appended append(PartitionQueue queue, Opening opening, String value) {
    return append(queue, opening, value.getBytes(StandardCharsets.UTF_8), null);
  }

  static Appended append(
      PartitionQueue queue, Opening opening, byte[] value, @Nullable Object ticket) {
    return queue.append(
        opening, false, 1000, null, 0, 0, value, 0, value.length, List.of(), ticket);
  }

  /** The next batch, which the test now owns. */
  @Nullable ProducerBatch poll(PartitionQueue queue, boolean isIdle) {
    ProducerBatch batch = queue.poll(isIdle);
    if (batch != null) {
      taken.add(batch);
    }
    return batch;
  }

  static List<String> values(@Nullable ProducerBatch batch) {
    List<String> values = new ArrayList<>();
    assertThat(batch).isNotNull();
    try (RecordCursor cursor =
        RecordBatches.of(batch.sealed().number()).iterator().next().cursor()) {
      while (cursor.next()) {
        values.add(new String(cursor.value(), StandardCharsets.UTF_8));
      }
    }
    return values;
  }

  /** All that a test took is given back, and then nothing is missing. */
  @AfterEach
  void nothing_is_lent_or_taken_for_ever() {
    taken.forEach(ProducerBatch::letGo);

    assertThat(pool.lent()).as("buffers").isZero();
    assertThat(memory.taken()).as("memory").isZero();
  }

  private final class Failures implements BatchEnds {
    @Override
    public void delivered(ProducerBatch batch, String topic, int partition, long base, long time) {
      throw new AssertionError("nobody delivers here");
    }

    @Override
    public void failed(ProducerBatch batch, String topic, int partition, OttlaException failure) {
      taken.add(batch);
      failures.add(failure);
    }

    @Override
    public void replaced(ProducerBatch batch) {
      throw new AssertionError("nobody replaces here");
    }
  }
}
