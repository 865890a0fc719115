package io.ottla.internal.producer;

import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.runtime.Loop;
import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.SealedBatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Closes batches: compresses them and works out their checksums.
 *
 * <p>Thread: what is cheap on the thread that finds the batch full, the rest on sealers; never
 * under a lock. What the loop itself takes before it is full, it seals if that takes a few
 * microseconds.
 */
final class Sealing {
  /**
   * Up to here copying and checksum take the loop less time than handing them to a thread would.
   */
  private static final int MAX_LOOP_BYTES = 64 << 10;

  /** Up to here a fast codec takes the caller less than about a millisecond. */
  private static final int MAX_CALLER_BYTES = 1 << 20;

  private static final long OUT_OF_MEMORY_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Executor sealers;
  private final Loop loop;
  private final Memory memory;
  private final BatchEnds ends;

  Sealing(Executor sealers, Loop loop, Memory memory, BatchEnds ends) {
    this.sealers = sealers;
    this.loop = loop;
    this.memory = memory;
    this.ends = ends;
  }

  /** Seals a batch that a sender found full, and has just detached. */
  void byCaller(PartitionQueue queue, ProducerBatch batch) {
    boolean isFast =
        switch (compression(queue).codec()) {
          case NONE, LZ4, SNAPPY -> true;
          case GZIP, ZSTD -> false;
        };
    if (isFast && batch.writer().sizeInBytes() <= MAX_CALLER_BYTES) {
      seal(queue, batch);
    } else {
      bySealer(queue, batch);
    }
  }

  /** What is staged is soon read again. */
  private static Compression compression(PartitionQueue queue) {
    return queue.isStaging() ? Compression.none() : queue.settings().compression();
  }

  /** Whether the loop may seal a batch itself. */
  boolean isLight(PartitionQueue queue, ProducerBatch batch) {
    return queue.settings().compression().codec() == Codec.NONE
        && batch.writer().sizeInBytes() <= MAX_LOOP_BYTES;
  }

  /** Has a batch sealed on a thread for that. */
  void bySealer(PartitionQueue queue, ProducerBatch batch) {
    try {
      sealers.execute(() -> seal(queue, batch));
    } catch (RejectedExecutionException afterTheLastClose) {
      seal(queue, batch);
    }
  }

  private void seal(PartitionQueue queue, ProducerBatch batch) {
    try {
      queue.onSealed(batch, bytes(queue, batch, compression(queue)));
    } catch (OutOfMemoryError noRoomForTheMoment) {
      loop.schedule(() -> bySealer(queue, batch), OUT_OF_MEMORY_PAUSE_NANOS);
    } catch (RuntimeException unusableCodec) {
      SealedBatch plain = bytes(queue, batch, Compression.none());
      loop.execute(() -> fail(queue, batch, plain, unusableCodec));
    }
  }

  /** The bytes of a batch; its share of the memory becomes what they take. */
  SealedBatch bytes(PartitionQueue queue, ProducerBatch batch, Compression compression) {
    int rawBytes = batch.writer().sizeInBytes();
    SealedBatch sealed = batch.writer().seal(compression);
    long before = batch.chargedBytes();
    batch.charge(sealed.heldBytes());
    memory.give(before - sealed.heldBytes());
    if (!queue.isStaging()) {
      queue.meter().onSealed(sealed.count(), rawBytes, sealed.sizeInBytes());
      queue.topic().ratio().add(rawBytes, sealed.sizeInBytes());
    }
    return sealed;
  }

  private void fail(
      PartitionQueue queue, ProducerBatch batch, SealedBatch plain, RuntimeException why) {
    queue.remove(batch);
    batch.onSealed(plain);
    ends.failed(
        batch,
        queue.topic().name(),
        queue.partition(),
        new RefusedException(
            batch.count()
                + " records for "
                + queue
                + " not sent: they could not be compressed with "
                + queue.settings().compression().codec()
                + ": "
                + why.getMessage(),
            SendOutcome.NOT_SENT,
            why));
  }
}
