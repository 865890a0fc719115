package io.ottla.internal.producer;

import io.ottla.error.OttlaException;
import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.Header;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A topic of a producer: its partitions' queues, where records without a partition go, and where
 * they wait while it is not known which partitions there are.
 *
 * <p>Thread: any. Always: the partitions grow only; a record that came after a staged one for the
 * same partition is appended after it, because new partitions are shown only when nothing is staged
 * any more.
 */
final class TopicQueue {
  private static final PartitionQueue[] NONE = {};

  private final Ground ground;
  private final String name;
  private final TopicSettings settings;
  private final ProducerMeter meter;
  private final PartitionChoice choice;
  private final @Nullable OttlaException refusal;
  private final CompressionRatio ratio = new CompressionRatio();
  private final ReentrantLock growing = new ReentrantLock();
  private final PartitionQueue staged; // appended to under the lock above
  private volatile PartitionQueue[] partitions = NONE; // likewise
  private volatile StickySlots slots = new StickySlots(1, 1); // likewise
  private volatile boolean isClosed; // likewise

  /**
   * @param refusal why no record can be for it; null if some can
   */
  TopicQueue(
      Ground ground,
      String name,
      TopicSettings settings,
      ProducerMeter meter,
      @Nullable OttlaException refusal) {
    this.ground = ground;
    this.name = name;
    this.settings = settings;
    this.meter = meter;
    this.refusal = refusal;
    choice = PartitionChoice.of(settings.partitioner());
    staged = new PartitionQueue(ground, this, -1, meter.partition(name, -1));
  }

  String name() {
    return name;
  }

  TopicSettings settings() {
    return settings;
  }

  CompressionRatio ratio() {
    return ratio;
  }

  /** Why no record can be for it; null if some can. */
  @Nullable OttlaException refusal() {
    return refusal;
  }

  /** How many bytes a batch may have before compression, as far as can be guessed. */
  int maxRawBytes() {
    int most = settings.batchBytes();
    return settings.compression().codec() == Codec.NONE ? most : ratio.rawBytesFor(most);
  }

  /** How many partitions are known. */
  int partitionCount() {
    return partitions.length;
  }

  /** Those that are known. */
  List<PartitionQueue> partitions() {
    return List.of(partitions);
  }

  /** Records that wait to be told their partitions. */
  PartitionQueue staged() {
    return staged;
  }

  void onContention() {
    slots.onContention();
  }

  /**
   * Appends a record.
   *
   * @param isReserved whether room for it alone was taken already
   * @throws OttlaException if the partitioner chose none that there is
   */
  Appended append(
      boolean isReserved,
      int partition,
      long timestampMs,
      byte @Nullable [] key,
      int keyOffset,
      int keyLength,
      byte @Nullable [] value,
      int valueOffset,
      int valueLength,
      List<Header> headers,
      @Nullable Object ticket) {
    Opening opening = isReserved ? Opening.RESERVED : Opening.IF_ROOM;
    PartitionQueue[] all = partitions;
    if (all.length == 0 || partition >= all.length) {
      return stage(
          opening,
          partition,
          timestampMs,
          key,
          keyOffset,
          keyLength,
          value,
          valueOffset,
          valueLength,
          headers,
          ticket);
    }
    return append(
        opening,
        all,
        slots,
        partition,
        timestampMs,
        key,
        keyOffset,
        keyLength,
        value,
        valueOffset,
        valueLength,
        headers,
        ticket);
  }

  /** Appends a record to one of these partitions. */
  Appended append(
      Opening opening,
      PartitionQueue[] all,
      StickySlots sticky,
      int partition,
      long timestampMs,
      byte @Nullable [] key,
      int keyOffset,
      int keyLength,
      byte @Nullable [] value,
      int valueOffset,
      int valueLength,
      List<Header> headers,
      @Nullable Object ticket) {
    int chosen =
        partition >= 0
            ? partition
            : choice.choose(
                name, key, keyOffset, keyLength, value, valueOffset, valueLength, all.length);
    if (chosen >= 0) {
      return all[chosen].append(
          opening,
          true,
          timestampMs,
          key,
          keyOffset,
          keyLength,
          value,
          valueOffset,
          valueLength,
          headers,
          ticket);
    }
    int slot = sticky.slot();
    int filled = sticky.partition(slot);
    // It may be one of those that were added since the partitions were looked at.
    if (filled < all.length && !all[filled].isFailing()) {
      Appended appended =
          all[filled].append(
              opening.elsewhere(),
              false,
              timestampMs,
              key,
              keyOffset,
              keyLength,
              value,
              valueOffset,
              valueLength,
              headers,
              ticket);
      if (appended != Appended.ENDED) {
        return appended;
      }
    }
    int next = sticky.next(slot, filled, all);
    return all[next].append(
        opening,
        false,
        timestampMs,
        key,
        keyOffset,
        keyLength,
        value,
        valueOffset,
        valueLength,
        headers,
        ticket);
  }

  private Appended stage(
      Opening opening,
      int partition,
      long timestampMs,
      byte @Nullable [] key,
      int keyOffset,
      int keyLength,
      byte @Nullable [] value,
      int valueOffset,
      int valueLength,
      List<Header> headers,
      @Nullable Object ticket) {
    if (refusal != null) {
      throw refusal;
    }
    growing.lock();
    try {
      if (partitions.length == 0 || partition >= partitions.length) {
        Appended appended =
            staged.append(
                opening,
                true,
                timestampMs,
                key,
                keyOffset,
                keyLength,
                value,
                valueOffset,
                valueLength,
                headers,
                partition < 0 ? ticket : new StagedTicket(partition, ticket));
        if (appended == Appended.OPENED) {
          ground.signals().send(staged);
        }
        return appended;
      }
    } finally {
      growing.unlock();
    }
    return append( // they have just been shown; the partitioner must not run under the lock
        opening,
        partitions,
        slots,
        partition,
        timestampMs,
        key,
        keyOffset,
        keyLength,
        value,
        valueOffset,
        valueLength,
        headers,
        ticket);
  }

  /** The partitions there are, with queues made for those that are new; not shown yet. */
  PartitionQueue[] grown(int count) {
    PartitionQueue[] known = partitions;
    PartitionQueue[] all = Arrays.copyOf(known, Math.max(count, known.length));
    for (int i = known.length; i < all.length; i++) {
      all[i] = new PartitionQueue(ground, this, i, meter.partition(name, i));
    }
    return all;
  }

  /**
   * Shows new partitions, if nothing is staged.
   *
   * @return whether they are shown
   */
  boolean show(PartitionQueue[] all, StickySlots itsSlots) {
    growing.lock();
    try {
      if (!staged.isEmpty()) {
        return false;
      }
      if (isClosed) {
        for (PartitionQueue queue : all) {
          queue.close();
        }
      }
      if (all.length > partitions.length) {
        slots = itsSlots;
        partitions = all;
      }
      return true;
    } finally {
      growing.unlock();
    }
  }

  /** Takes no more records; what is in goes on. */
  void close() {
    growing.lock();
    try {
      isClosed = true;
      staged.close();
      for (PartitionQueue queue : partitions) {
        queue.close();
      }
    } finally {
      growing.unlock();
    }
  }

  /** The partition with the oldest batch that can be given up to make room; null if none has. */
  @Nullable PartitionQueue oldest() {
    PartitionQueue oldest = null;
    long oldestNanos = Long.MAX_VALUE;
    for (PartitionQueue queue : partitions) {
      long nanos = queue.oldestNanos();
      if (nanos < oldestNanos) {
        oldest = queue;
        oldestNanos = nanos;
      }
    }
    return oldest;
  }

  @Override
  public String toString() {
    return name;
  }
}
