package io.ottla.testkit.internal.log;

import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.TimestampType;
import io.ottla.testkit.internal.loop.Timers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The records of one partition, as its leader has them.
 *
 * <p>Owns: its batches, which are copied when they enter, so that a recorded or repeated request
 * stays as it was sent; and what follows from them: offsets, leader epochs, transactions, and what
 * each idempotent producer may write next.
 *
 * <p>Thread: the cluster's loop. Always: start ≤ last stable offset ≤ high watermark ≤ end. Units:
 * sizes in bytes, times in milliseconds since 1970.
 */
public final class PartitionLog {
  private static final long NO_TIMESTAMP = -1;

  /** {@code log.flush.start.offset.checkpoint.interval.ms}. */
  private static final long START_SAVED_EVERY_MILLIS = 60_000;

  /** For what is decompressed to be checked; shared by all logs of the process. */
  private static final BufferPool WORKSPACE = BufferPool.direct(16 << 20);

  private final Timers timers;
  private final LogSettings settings;
  private final StoredBatches batches = new StoredBatches();
  private final LeaderEpochs epochs = new LeaderEpochs();
  private final ProducerStates producers = new ProducerStates();
  private final List<Runnable> listeners = new ArrayList<>();
  private final BatchRules rules;

  private long lastAppendMillis;
  private long startOffset;

  /** Where the log begins again after a kill. */
  private long savedStartOffset;

  /** Only while the two differ. */
  private long startUnsavedSinceMillis;

  private long endOffset;
  private long highWatermark;
  private boolean isHighWatermarkHeld;
  private BooleanSupplier isReplicated = () -> true;

  /**
   * An empty log.
   *
   * @param settings the topic's configuration, asked whenever it matters
   */
  public PartitionLog(Timers timers, LogSettings settings) {
    this.timers = timers;
    this.settings = settings;
    this.lastAppendMillis = timers.nowMillis();
    this.rules = new BatchRules(settings, WORKSPACE);
  }

  /** The topic's configuration. */
  public LogSettings settings() {
    return settings;
  }

  /** The first offset that still exists. */
  public long startOffset() {
    return startOffset;
  }

  /** The offset that the next record will have. */
  public long endOffset() {
    return endOffset;
  }

  /** The first offset that is not on all in-sync replicas; clients read below it. */
  public long highWatermark() {
    return highWatermark;
  }

  /** Where those stop to read who want to see no open transaction. */
  public long lastStableOffset() {
    long firstUnstable = Math.max(startOffset, producers.transactions().firstUnstableOffset());
    return Math.min(firstUnstable, highWatermark);
  }

  /**
   * Appends what a client sent, if Kafka would.
   *
   * @param records one batch, or a message set of an old client, from position to limit; both stay,
   *     and so do the bytes
   * @param leaderEpoch the epoch of the leader that appends
   */
  public AppendResult append(ByteBuffer records, int leaderEpoch) {
    try {
      return append(rules.admit(records, timers.nowMillis()), leaderEpoch);
    } catch (BatchRefusedException refused) {
      return AppendResult.refused(
          refused.error(), refused.reason(), refused.recordErrors(), startOffset);
    }
  }

  /**
   * Appends batches without asking whether they may enter: transactional ones and markers, numbers
   * out of order, wrong checksums. Only their offsets and leader epoch are set, which no checksum
   * covers; what they say about producers and transactions is believed.
   *
   * @param records whole batches of version 2, from position to limit; both stay
   * @param leaderEpoch the epoch of the leader that appends
   * @return the offset of the first record
   * @throws IllegalArgumentException if the bytes are not headers of batches that fill them
   */
  public long appendUnchecked(ByteBuffer records, int leaderEpoch) {
    ByteBuffer copy = ByteBuffer.allocate(records.remaining()).put(records.duplicate()).flip();
    List<BatchHeader> heads = UncheckedBatches.split(copy);
    long first = endOffset;
    epochs.begin(leaderEpoch, first);
    for (BatchHeader batch : heads) {
      store(batch, leaderEpoch);
    }
    onAppended();
    return first;
  }

  /**
   * Appends bytes, whatever they are, as readers will get them.
   *
   * @param bytes from position to limit; both stay
   * @param offsets how many offsets they take
   * @param leaderEpoch the epoch of the leader that appends
   * @return the first of these offsets
   */
  public long appendBytes(ByteBuffer bytes, int offsets, int leaderEpoch) {
    if (offsets < 1) {
      throw new IllegalArgumentException("bytes that take " + offsets + " offsets");
    }
    long first = endOffset;
    epochs.begin(leaderEpoch, first);
    batches.append(bytes, first, first + offsets - 1, NO_TIMESTAMP, true);
    endOffset = first + offsets;
    onAppended();
    return first;
  }

  /**
   * Reads whole batches, the last of which is cut off where the limit falls, as Kafka does.
   *
   * @param fromOffset not before the log's start; the answer begins with the batch that holds it
   * @param upToOffset the answer ends before the batch that holds it: the end, the high watermark
   *     or the last stable offset
   * @param maxBytes the most bytes to answer
   * @param minOneBatch whether to answer at least one batch, even if it is larger
   */
  public LogRead read(long fromOffset, long upToOffset, int maxBytes, boolean minOneBatch) {
    return batches.read(fromOffset, upToOffset, maxBytes, minOneBatch);
  }

  /**
   * The aborted transactions that have records in a range, in the order of their markers.
   *
   * @param fromOffset the first offset of the range
   * @param upToOffset the first offset behind it
   */
  public List<AbortedTransaction> abortedTransactions(long fromOffset, long upToOffset) {
    return producers.transactions().abortedBetween(fromOffset, upToOffset);
  }

  /** Notes that a leader of a new epoch takes over here. */
  public void beginEpoch(int epoch) {
    epochs.begin(epoch, endOffset);
  }

  /** Where the records of a leader epoch end. */
  public EpochEnd endOfEpoch(int epoch) {
    return epochs.endOf(epoch, endOffset);
  }

  /** The leader epoch of the record at an offset; −1 if not known. */
  public int epochAt(long offset) {
    return epochs.at(offset);
  }

  /** The latest leader epoch; −1 if there was none yet. */
  public int latestEpoch() {
    return epochs.latest();
  }

  /** The offset at which the latest leader epoch began; −1 if there was none yet. */
  public long latestEpochStart() {
    return epochs.latestStart();
  }

  /** When the last record was appended; before that, when the log was made. */
  public long lastAppendMillis() {
    return lastAppendMillis;
  }

  /** The first record whose time is not earlier than {@code timestamp}; null if there is none. */
  public @Nullable FoundOffset offsetForTimestamp(long timestamp) {
    return RecordTimes.firstNotBefore(timestamp, batches.from(startOffset), startOffset);
  }

  /** The first of the records with the latest time; null if the log holds none. */
  public @Nullable FoundOffset maxTimestamp() {
    return RecordTimes.latest(batches.from(0));
  }

  /** Cuts the tail off: another replica, which ends here, has become leader. */
  public void truncateTo(long offset) {
    if (offset >= endOffset) {
      return;
    }
    batches.truncateTo(offset);
    epochs.truncateTo(offset);
    endOffset = offset;
    startOffset = Math.min(startOffset, offset);
    savedStartOffset = Math.min(savedStartOffset, offset);
    highWatermark = Math.min(highWatermark, offset);
    rebuildProducers();
    announceChange();
  }

  /**
   * Moves the start of the log forward; nothing if it is there already.
   *
   * @param offset at most the high watermark
   */
  public void deleteRecordsBefore(long offset) {
    if (offset > highWatermark) {
      throw new IllegalArgumentException(
          "the log cannot begin at " + offset + ", behind its high watermark " + highWatermark);
    }
    if (offset > startOffset) {
      saveStartOffsetIfDue();
      if (startOffset == savedStartOffset) {
        startUnsavedSinceMillis = timers.nowMillis();
      }
      startOffset = offset;
      epochs.deleteBefore(offset);
      batches.freeBefore(offset);
      announceChange();
    }
  }

  /**
   * Lets the high watermark follow the end only while enough replicas are in sync, as Kafka does
   * since 3.7 (KIP-966), also for records that were written with acks=1.
   */
  public void replicateOnlyWhile(BooleanSupplier hasEnoughInSync) {
    isReplicated = hasEnoughInSync;
  }

  /** Leaves the high watermark where it is, whatever is appended. */
  public void holdHighWatermark() {
    isHighWatermarkHeld = true;
  }

  /** Lets the high watermark go to the end, and from now on with it. */
  public void releaseHighWatermark() {
    isHighWatermarkHeld = false;
    announceChange();
  }

  /**
   * Moves the high watermark forward, whoever is in sync, and holds it there.
   *
   * @param offset from where it is to the end of the log
   */
  public void advanceHighWatermarkTo(long offset) {
    if (offset < highWatermark || offset > endOffset) {
      throw new IllegalArgumentException(
          "the high watermark cannot go from "
              + highWatermark
              + " to "
              + offset
              + " in a log that ends at "
              + endOffset);
    }
    isHighWatermarkHeld = true;
    moveHighWatermarkTo(offset);
    announceChange();
  }

  /**
   * Asks to be told after each append, move of the high watermark or start, and truncation. A
   * listener may read and unsubscribe, but not write.
   */
  public Subscription onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /**
   * Tells the listeners to look again, for example because the partition has another leader, or
   * enough replicas in sync.
   */
  public void announceChange() {
    if (!isHighWatermarkHeld && highWatermark < endOffset && isReplicated.getAsBoolean()) {
      moveHighWatermarkTo(endOffset);
    }
    for (Runnable listener : List.copyOf(listeners)) {
      listener.run();
    }
  }

  /** What the log knows about idempotent producers, in the order of their ids. */
  public List<ProducerState> producerStates() {
    return producers.states();
  }

  /**
   * Forgets producers whose last batch is older than {@code producer.id.expiration.ms}, by the time
   * of its records. Kafka does this every ten minutes.
   */
  public void expireProducers() {
    producers.expire(timers.nowMillis(), settings.producerIdExpirationMillis());
  }

  /** Forgets all producers but those with open transactions, as if their time had come. */
  public void forgetProducers() {
    producers.forget();
  }

  /** Remembers what Kafka remembers after a clean restart: one batch of each producer. */
  public void afterCleanRestart() {
    savedStartOffset = startOffset;
    producers.restart(
        startOffset, endOffset, timers.nowMillis(), settings.producerIdExpirationMillis());
    producers.transactions().onHighWatermark(highWatermark);
  }

  /**
   * Remembers what Kafka remembers after {@code kill -9}: one batch of each producer, too, because
   * the recovery of the log leaves a snapshot; and the start of the log as it was written down
   * last, which Kafka does once a minute. Records that were deleted since are back.
   */
  public void afterKill() {
    saveStartOffsetIfDue();
    startOffset = savedStartOffset;
    producers.recover(
        batches.from(0), endOffset, timers.nowMillis(), settings.producerIdExpirationMillis());
    afterCleanRestart();
    announceChange();
  }

  private AppendResult append(BatchHeader batch, int leaderEpoch) throws BatchRefusedException {
    epochs.begin(leaderEpoch, endOffset);
    if (batch.hasProducerId()) {
      ProducerEntry.Written duplicate = producers.duplicateOf(batch);
      if (duplicate != null) {
        return AppendResult.duplicate(
            duplicate.baseOffset(), duplicate.lastOffset(), duplicate.maxTimestamp(), startOffset);
      }
      producers.check(batch);
    }
    long first = endOffset;
    store(batch, leaderEpoch);
    boolean isLogAppendTime = batch.timestampType() == TimestampType.LOG_APPEND_TIME;
    AppendResult result =
        AppendResult.appended(
            first,
            endOffset - 1,
            isLogAppendTime ? batch.maxTimestamp() : NO_TIMESTAMP,
            startOffset);
    onAppended();
    return result;
  }

  private void store(BatchHeader batch, int leaderEpoch) {
    batch.place(endOffset, leaderEpoch);
    long lastOffset = endOffset + batch.lastOffsetDelta();
    batches.append(batch.bytes(), endOffset, lastOffset, batch.maxTimestamp(), false);
    endOffset = lastOffset + 1;
    producers.onAppended(batch);
  }

  private void onAppended() {
    lastAppendMillis = timers.nowMillis();
    announceChange();
  }

  private void saveStartOffsetIfDue() {
    if (timers.nowMillis() - startUnsavedSinceMillis >= START_SAVED_EVERY_MILLIS) {
      savedStartOffset = startOffset;
    }
  }

  private void moveHighWatermarkTo(long offset) {
    highWatermark = offset;
    producers.transactions().onHighWatermark(offset);
  }

  private void rebuildProducers() {
    producers.rebuild(
        batches.from(startOffset),
        startOffset,
        endOffset,
        timers.nowMillis(),
        settings.producerIdExpirationMillis());
    producers.transactions().onHighWatermark(highWatermark);
  }
}
