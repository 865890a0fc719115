package io.ottla.cli.produce;

import io.ottla.cli.cluster.Cluster;
import io.ottla.cli.cluster.Leaders;
import io.ottla.cli.cluster.TopicView;
import io.ottla.protocol.record.BatchWriter;
import io.ottla.protocol.record.BatchWriter.Append;
import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.SealedBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to the partitions of one topic: idempotently, with all replicas in sync, in
 * bounded memory.
 *
 * <p>Owns: the open batch of each partition, and the thread that sends. Hands over: sealed batches,
 * to the partition's sender.
 *
 * <p>Thread: all methods on one; they wait when too much is under way.
 *
 * <p>Always: the records of a partition arrive in the order of their appends, each once.
 */
public final class TopicWriter implements AutoCloseable {
  private static final int FIRST_BYTES = 16 << 10;
  private static final int LARGEST_BATCH_BYTES = 100 << 20;
  private static final int NONE = -1;

  private final WriteSettings settings;
  private final BufferPool pool;
  private final Ledger ledger;
  private final ScheduledExecutorService executor;
  private final List<PartitionSender> senders = new ArrayList<>();
  private final @Nullable BatchWriter[] open;
  private long openBytes;
  private int unkeyedPartition = NONE;
  private int lastUnkeyedPartition = NONE;

  private TopicWriter(
      Cluster cluster, TopicView topic, ProducerIdentity identity, WriteSettings settings) {
    this.settings = settings;
    this.pool = BufferPool.direct(settings.maxBufferedBytes());
    this.ledger = new Ledger(settings.maxBufferedBytes());
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "ottla-writer");
              thread.setDaemon(true);
              return thread;
            });
    this.open = new BatchWriter[topic.partitions()];
    Leaders leaders = new Leaders(cluster, topic);
    for (int partition = 0; partition < topic.partitions(); partition++) {
      senders.add(
          new PartitionSender(
              cluster, leaders, executor, identity, ledger, settings.timeout(), partition));
    }
  }

  /** Opens a writer; asks the cluster for the identity by which it knows what was sent twice. */
  public static TopicWriter open(Cluster cluster, TopicView topic, WriteSettings settings)
      throws InterruptedException {
    return new TopicWriter(cluster, topic, ProducerIdentity.obtain(cluster), settings);
  }

  /** The partition that Kafka's own producer would choose for a key. */
  public int partitionOf(byte[] key, int offset, int length) {
    return Murmur2.partition(key, offset, length, open.length);
  }

  /** The partition for records without a key: the same until its batch is full, then the next. */
  public int unkeyedPartition() {
    if (unkeyedPartition == NONE) {
      unkeyedPartition = (lastUnkeyedPartition + 1) % open.length;
      lastUnkeyedPartition = unkeyedPartition;
    }
    return unkeyedPartition;
  }

  /**
   * Appends a record; waits while too much is under way.
   *
   * @throws WriteFailedException if an earlier record could not be delivered; this one is not taken
   */
  public void append(int partition, OutgoingRecord record)
      throws InterruptedException, WriteFailedException {
    ledger.checkNoFailure();
    BatchWriter batch = open[partition];
    if (batch != null && tryAppend(batch, record) == Append.APPENDED) {
      return;
    }
    seal(partition);
    BatchWriter next = new BatchWriter(pool, FIRST_BYTES, settings.maxBatchBytes());
    open[partition] = next;
    if (tryAppend(next, record) != Append.APPENDED) {
      next.release();
      BatchWriter alone = new BatchWriter(pool, settings.maxBatchBytes(), LARGEST_BATCH_BYTES);
      open[partition] = alone;
      if (tryAppend(alone, record) != Append.APPENDED) {
        open[partition] = null;
        alone.release();
        String why = "a record of more than " + LARGEST_BATCH_BYTES + " bytes cannot be sent";
        ledger.failedEarly(1, why);
        throw new WriteFailedException(why);
      }
      seal(partition);
    }
    if (openBytes > settings.maxBufferedBytes()) {
      flush();
    }
  }

  /** Sends what was appended, without waiting for the answers. */
  public void flush() throws InterruptedException, WriteFailedException {
    for (int partition = 0; partition < open.length; partition++) {
      seal(partition);
    }
  }

  /** How many records the leaders acknowledged so far; any thread may ask. */
  public long delivered() {
    return ledger.delivered();
  }

  /**
   * Sends what was appended and waits for the answers, at most as long as given. What is not
   * delivered by then counts as failed.
   */
  public WriteReport finish(Duration longest) throws InterruptedException {
    try {
      flush();
    } catch (WriteFailedException e) {
      abandonOpen(String.valueOf(e.getMessage()));
    }
    return ledger.awaitEnd(longest.toMillis());
  }

  /** As the other, as long as it takes: each batch is tried for the time set, and no longer. */
  public WriteReport finish() throws InterruptedException {
    return finish(Duration.ofDays(1));
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  private Append tryAppend(BatchWriter batch, OutgoingRecord record) {
    int before = batch.sizeInBytes();
    Append result =
        batch.append(
            record.timestampMs,
            record.key,
            record.keyOffset,
            record.keyLength,
            record.value,
            record.valueOffset,
            record.valueLength,
            record.headers);
    openBytes += batch.sizeInBytes() - before;
    return result;
  }

  private void seal(int partition) throws InterruptedException, WriteFailedException {
    BatchWriter batch = open[partition];
    if (batch == null) {
      return;
    }
    open[partition] = null;
    if (partition == unkeyedPartition) {
      unkeyedPartition = NONE;
    }
    openBytes = Math.max(0, openBytes - batch.sizeInBytes());
    if (batch.count() == 0) {
      batch.release();
      return;
    }
    SealedBatch sealed = batch.seal(settings.compression());
    try {
      ledger.take(sealed.heldBytes());
    } catch (WriteFailedException e) {
      ledger.failedEarly(sealed.count(), String.valueOf(e.getMessage()));
      sealed.release();
      throw e;
    }
    executor.execute(() -> senders.get(partition).add(sealed));
  }

  private void abandonOpen(String why) {
    for (int partition = 0; partition < open.length; partition++) {
      BatchWriter batch = open[partition];
      if (batch != null) {
        ledger.failedEarly(batch.count(), why);
        batch.release();
        open[partition] = null;
      }
    }
  }
}
