package io.ottla.internal.producer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.ottla.protocol.record.BatchWriter;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.Header;
import io.ottla.protocol.record.SealedBatch;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one partition that were never sent: the open one, and those that are sealed or
 * being sealed, in order.
 *
 * <p>Hands over: batches to the {@link Lane}, which polls. Thread: appending any, under the lock;
 * {@link BatchSource} and what the ticker calls, the loop. Nothing but appending happens under the
 * lock: no code of users, no compression, no waiting.
 *
 * <p>Always: batches leave in the order in which they were opened. A batch that is being sealed
 * holds its place, and those behind it wait. Units: bytes before compression, nanoseconds.
 */
final class PartitionQueue implements BatchSource, BatchWriter.Growth, PartitionMeter.Open {
  private final Ground ground;
  private final TopicQueue topic;
  private final int partition;
  private final PartitionMeter meter;
  private final AtomicBoolean isListed = new AtomicBoolean();
  private final AppendLock lock = new AppendLock();

  @GuardedBy("lock")
  private @Nullable ProducerBatch open;

  @GuardedBy("lock")
  private boolean isRipe; // the open batch goes as soon as it can

  @GuardedBy("lock")
  private boolean isWatched; // the ticker knows of it

  @GuardedBy("lock")
  private boolean isClosed;

  @GuardedBy("lock")
  private boolean isPlacing; // the record that is being appended was staged

  @GuardedBy("lock")
  private final BatchOpening openings;

  @GuardedBy("lock")
  private final ArrayDeque<ProducerBatch> sealed = new ArrayDeque<>();

  private volatile long lingerEndNanos; // of the open batch; written under the lock
  private volatile int backlog; // how many batches wait; likewise
  private volatile @Nullable Lane lane; // set once, on the loop

  PartitionQueue(Ground ground, TopicQueue topic, int partition, PartitionMeter meter) {
    this.ground = ground;
    this.topic = topic;
    this.partition = partition;
    this.meter = meter;
    openings = new BatchOpening(ground, topic, this);
    meter.watch(this);
  }

  TopicQueue topic() {
    return topic;
  }

  TopicSettings settings() {
    return topic.settings();
  }

  int partition() {
    return partition;
  }

  PartitionMeter meter() {
    return meter;
  }

  /** The other half of the partition; null until it was first needed. */
  @Nullable Lane lane() {
    return lane;
  }

  void lane(Lane itsLane) {
    lane = itsLane;
  }

  /** Whether records that may go anywhere had better go elsewhere. */
  boolean isFailing() {
    Lane known = lane;
    return known != null && known.isFailing();
  }

  /** How many batches wait here. Any thread. */
  int backlog() {
    return backlog;
  }

  /** Notes that the loop is told of it; false if it has been told already. */
  boolean list() {
    return !isListed.get() && isListed.compareAndSet(false, true);
  }

  void unlist() {
    isListed.set(false);
  }

  /**
   * Appends a record.
   *
   * @param isKeyed whether the record belongs here and nowhere else
   * @param ticket what its sender wants to hear; null for nothing
   */
  Appended append(
      Opening opening,
      boolean isKeyed,
      long timestampMs,
      byte @Nullable [] key,
      int keyOffset,
      int keyLength,
      byte @Nullable [] value,
      int valueOffset,
      int valueLength,
      List<Header> headers,
      @Nullable Object ticket) {
    ProducerBatch full = null;
    Appended appended;
    if (!lock.tryLock()) {
      topic.onContention();
      lock.lock();
    }
    try {
      isPlacing = opening.isForced();
      ProducerBatch batch = open;
      if (batch != null
          && batch
                  .writer()
                  .append(
                      timestampMs,
                      key,
                      keyOffset,
                      keyLength,
                      value,
                      valueOffset,
                      valueLength,
                      headers)
              == BatchWriter.Append.APPENDED) {
        appended = Appended.TAKEN;
      } else {
        int keyField = key == null ? -1 : keyLength;
        int valueField = value == null ? -1 : valueLength;
        long alone = BatchWriter.bytesAlone(keyField, valueField, headers);
        if (alone > settings().maxRecordBytes()) {
          return Appended.TOO_LARGE;
        }
        if (batch != null) {
          full = detach(batch);
        }
        appended = mayOpen(opening);
        batch = appended == Appended.OPENED ? openings.open(opening, (int) alone) : null;
        if (batch == null) {
          return appended == Appended.OPENED ? Appended.NO_ROOM : appended;
        }
        begin(
            batch,
            opening == Opening.RESERVED ? PoolSizes.of((int) alone) : 0,
            timestampMs,
            key,
            keyOffset,
            keyLength,
            value,
            valueOffset,
            valueLength,
            headers);
      }
      note(batch, isKeyed, ticket);
      if (batch.count() >= settings().batchRecords()) {
        full = detach(batch);
      }
    } finally {
      lock.unlock();
      if (full != null) {
        ground.sealing().byCaller(this, full);
      }
    }
    if (appended == Appended.OPENED && settings().lingerNanos() == 0) {
      ground.signals().send(this);
    }
    return appended;
  }

  @GuardedBy("lock")
  private Appended mayOpen(Opening opening) {
    if (isClosed) {
      return Appended.CLOSED;
    }
    return opening.isHere() ? Appended.OPENED : Appended.ENDED;
  }

  /**
   * Puts the first record into a batch; if that fails the batch never was.
   *
   * @param lentBytes what of the batch's room its sender gives back itself in that case
   */
  @GuardedBy("lock")
  private void begin(
      ProducerBatch batch,
      int lentBytes,
      long timestampMs,
      byte @Nullable [] key,
      int keyOffset,
      int keyLength,
      byte @Nullable [] value,
      int valueOffset,
      int valueLength,
      List<Header> headers) {
    BatchWriter.Append first = BatchWriter.Append.RECORD_TOO_LARGE;
    try {
      first =
          batch
              .writer()
              .append(
                  timestampMs, key, keyOffset, keyLength, value, valueOffset, valueLength, headers);
    } finally {
      if (first != BatchWriter.Append.APPENDED) {
        openings.abandon(batch, lentBytes);
      }
    }
    if (first != BatchWriter.Append.APPENDED) {
      throw new IllegalStateException("a record does not fit into a batch made for it: " + first);
    }
    show(batch);
  }

  @GuardedBy("lock")
  private void note(ProducerBatch batch, boolean isKeyed, @Nullable Object ticket) {
    if (isKeyed) {
      batch.markKeyed();
    }
    if (ticket != null) {
      batch.keep(ticket);
    }
  }

  /** From now on there is an open batch. */
  @GuardedBy("lock")
  private void show(ProducerBatch batch) {
    open = batch;
    isRipe = false;
    lingerEndNanos = batch.openedNanos() + settings().lingerNanos();
    if (!isWatched) {
      isWatched = true;
      ground.ticker().opened(this);
    }
  }

  /** What is being placed is in the memory already, in another batch. */
  @GuardedBy("lock")
  private boolean takeMore(int moreBytes) {
    if (isPlacing) {
      ground.memory().give(-moreBytes);
    }
    return isPlacing || ground.memory().grow(moreBytes);
  }

  /** Asked within an append, that is under the lock. */
  @SuppressWarnings("GuardedBy") // the checker does not see through the batch
  @Override
  public boolean allows(int moreBytes) {
    ProducerBatch growing = open;
    if (growing == null || !takeMore(moreBytes)) {
      return false;
    }
    growing.charge(growing.chargedBytes() + moreBytes);
    return true;
  }

  @GuardedBy("lock")
  private ProducerBatch detach(ProducerBatch batch) {
    batch.detach();
    open = null;
    isRipe = false;
    openings.expect(batch.writer().sizeInBytes());
    sealed.add(batch);
    backlog = sealed.size();
    return batch;
  }

  /** A batch that was detached has its bytes. On the thread that sealed it. */
  void onSealed(ProducerBatch batch, SealedBatch bytes) {
    lock.lock();
    try {
      batch.onSealed(bytes);
    } finally {
      lock.unlock();
    }
    ground.signals().send(this);
  }

  /** A batch cannot go on. */
  void remove(ProducerBatch batch) {
    lock.lock();
    try {
      sealed.remove(batch);
      backlog = sealed.size();
    } finally {
      lock.unlock();
    }
    ground.signals().send(this); // those behind it may go now
  }

  /** A batch of another partition, sealed and never sent, goes on in this one. */
  void take(ProducerBatch batch) {
    lock.lock();
    try {
      sealed.add(batch);
      backlog = sealed.size();
    } finally {
      lock.unlock();
    }
    ground.signals().send(this);
  }

  /** Has the open batch go as soon as it can, whatever its linger. */
  void ripen() {
    lock.lock();
    try {
      isRipe = open != null;
    } finally {
      lock.unlock();
    }
  }

  /** When the linger of the open batch is over. */
  long lingerEndNanos() {
    return lingerEndNanos;
  }

  /** The ticker found that the linger of the batch it saw is over. On the loop. */
  Due onDue(long nowNanos) {
    lock.lock();
    try {
      if (open != null && lingerEndNanos - nowNanos > 0) {
        return Due.LATER;
      }
      isWatched = false;
      if (open == null || settings().lingerNanos() == 0) {
        return Due.NOTHING;
      }
      isRipe = true;
      return Due.RIPE;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable ProducerBatch poll(boolean isIdle) {
    ProducerBatch taken;
    lock.lock();
    try {
      ProducerBatch first = sealed.peek();
      if (first != null) {
        return first.phase() == BatchPhase.SEALED ? removeFirst() : null;
      }
      taken = open;
      if (taken == null || !isRipe(isIdle)) {
        return null;
      }
      detach(taken);
    } finally {
      lock.unlock();
    }
    if (!ground.sealing().isLight(this, taken)) {
      ground.sealing().bySealer(this, taken);
      return null;
    }
    SealedBatch bytes;
    try {
      bytes = ground.sealing().bytes(this, taken, settings().compression());
    } catch (RuntimeException | OutOfMemoryError failure) {
      ground.sealing().bySealer(this, taken); // which knows what to do about it
      return null;
    }
    lock.lock();
    try {
      taken.onSealed(bytes);
      return removeFirst();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private ProducerBatch removeFirst() {
    ProducerBatch first = sealed.remove();
    backlog = sealed.size();
    return first;
  }

  @GuardedBy("lock")
  private boolean isRipe(boolean isIdle) {
    return isRipe || (isIdle && settings().lingerNanos() == 0);
  }

  @Override
  public boolean hasBatch(boolean isIdle) {
    lock.lock();
    try {
      return !sealed.isEmpty() || (open != null && isRipe(isIdle));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable ProducerBatch peekSealed() {
    lock.lock();
    try {
      ProducerBatch first = sealed.peek();
      return first != null && first.phase() == BatchPhase.SEALED ? first : null;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long openRecords() {
    lock.lock();
    try {
      long records = open == null ? 0 : open.count();
      for (ProducerBatch batch : sealed) {
        records += isUncounted(batch) ? batch.count() : 0;
      }
      return records;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long openBytes() {
    lock.lock();
    try {
      long bytes = open == null ? 0 : open.writer().sizeInBytes();
      for (ProducerBatch batch : sealed) {
        bytes += isUncounted(batch) ? batch.chargedBytes() : 0;
      }
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the meter has not heard of a batch that is closed. */
  private boolean isUncounted(ProducerBatch batch) {
    return isStaging() || batch.phase() == BatchPhase.SEALING;
  }

  /** When the oldest batch that was never sent was opened; {@link Long#MAX_VALUE} if none is. */
  long oldestNanos() {
    lock.lock();
    try {
      ProducerBatch first = sealed.isEmpty() ? open : sealed.peek();
      return first == null || first.phase() == BatchPhase.SEALING
          ? Long.MAX_VALUE
          : first.openedNanos();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the oldest batch out, for it is to make room.
   *
   * @return sealed; null if there is none that could be taken
   */
  @Nullable ProducerBatch takeOldest() {
    ProducerBatch oldest;
    lock.lock();
    try {
      ProducerBatch first = sealed.peek();
      if (first != null) {
        return first.phase() == BatchPhase.SEALED ? removeFirst() : null;
      }
      oldest = open;
      if (oldest == null) {
        return null;
      }
      detach(oldest);
      sealed.remove(oldest);
      backlog = sealed.size();
    } finally {
      lock.unlock();
    }
    try {
      oldest.onSealed(ground.sealing().bytes(this, oldest, Compression.none()));
      return oldest;
    } catch (RuntimeException | OutOfMemoryError failure) {
      putBack(oldest);
      return null;
    }
  }

  /** A batch that was to be the oldest one taken could not be sealed; nothing is before it. */
  private void putBack(ProducerBatch batch) {
    lock.lock();
    try {
      sealed.addFirst(batch);
      backlog = sealed.size();
    } finally {
      lock.unlock();
    }
    ground.sealing().bySealer(this, batch);
  }

  /** Whether no batch waits here, open, sealed or being sealed. */
  boolean isEmpty() {
    lock.lock();
    try {
      return open == null && sealed.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Whether its oldest batch was opened before a time. */
  boolean hasOlderThan(long nanos) {
    lock.lock();
    try {
      ProducerBatch first = sealed.isEmpty() ? open : sealed.peek();
      return first != null && first.openedNanos() - nanos < 0;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is no partition's, but that of records whose partitions are not known. */
  boolean isStaging() {
    return partition < 0;
  }

  /** Takes no more records; what is in goes on. */
  void close() {
    lock.lock();
    try {
      isClosed = true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return topic.name() + "-" + partition;
  }
}
