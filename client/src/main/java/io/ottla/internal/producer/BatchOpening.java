package io.ottla.internal.producer;

import io.ottla.protocol.record.BatchWriter;
import org.jspecify.annotations.Nullable;

/**
 * Begins the batches of one partition: finds room for them, and makes them as large from the start
 * as the last one became, so that they need not grow by copying.
 *
 * <p>Thread: who holds its queue's lock.
 */
final class BatchOpening {
  private static final int FIRST_BYTES = 4 << 10;

  private final Ground ground;
  private final TopicQueue topic;
  private final BatchWriter.Growth growth;
  private int expectedBytes = FIRST_BYTES; // what the next batch will probably take

  BatchOpening(Ground ground, TopicQueue topic, BatchWriter.Growth growth) {
    this.ground = ground;
    this.topic = topic;
    this.growth = growth;
  }

  /** A batch became so large. */
  void expect(int bytes) {
    expectedBytes = bytes;
  }

  /**
   * Begins a batch.
   *
   * @param alone the bytes of the first record's batch if no other joins it
   * @return null if there is no room
   */
  @Nullable ProducerBatch open(Opening opening, int alone) {
    Memory memory = ground.memory();
    int bytes = PoolSizes.of(alone);
    if (opening == Opening.IF_ROOM) {
      int wanted = PoolSizes.of(Math.max(alone, memory.isScarce() ? 0 : expectedBytes));
      if (ground.outage().isOverflowing()) {
        return null;
      } else if (memory.tryTake(wanted)) {
        bytes = wanted;
      } else if (!memory.tryTake(bytes)) {
        return null;
      }
    } else if (opening == Opening.FORCED) {
      memory.give(-bytes);
    }
    BatchWriter writer = writer(opening, bytes, Math.max(alone, topic.maxRawBytes()));
    ProducerBatch batch =
        new ProducerBatch(writer, ground.clock().nanoTime(), memory, writer.heldBytes());
    memory.give(bytes - writer.heldBytes());
    batch.joined(ground.rounds().join());
    return batch;
  }

  private BatchWriter writer(Opening opening, int bytes, int most) {
    BatchWriter writer = null;
    try {
      writer = new BatchWriter(ground.pool(), Math.min(bytes, most), most, growth);
      return writer;
    } finally {
      if (writer == null && opening != Opening.RESERVED) { // the machine's memory is full
        ground.memory().give(bytes);
      }
    }
  }

  /**
   * A batch that was begun has no record, and never was.
   *
   * @param lentBytes what of its room its sender gives back itself
   */
  void abandon(ProducerBatch batch, int lentBytes) {
    batch.writer().release();
    ground.memory().give(batch.chargedBytes() - lentBytes);
    ground.rounds().abandon(batch.round());
  }
}
