package io.ottla.internal.producer;

import io.ottla.error.BufferFullException;
import io.ottla.error.ClosedException;
import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;
import io.ottla.producer.Overflow;
import io.ottla.protocol.record.BatchWriter;
import io.ottla.protocol.record.Header;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds room for a record that found none, as its topic's overflow says.
 *
 * <p>Thread: the sender's, without any lock; it may wait here, and nowhere else. What dropping the
 * oldest drops is reported by the loop.
 */
final class Room {
  /** So long the reports of what was dropped may take until its room is free. */
  private static final long DROPPED_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** No wait is for a larger part of the memory than this, but for a record that needs it. */
  private static final int LEAST_BATCHES = 16;

  private final Memory memory;
  private final Reports reports;
  private final ProducerMeter meter;
  private final Clock clock;
  private final Loop loop;
  private final BatchEnds ends;
  private final AwayGate away;
  private final Runnable onFull;

  Room(
      Memory memory,
      Reports reports,
      ProducerMeter meter,
      Clock clock,
      Loop loop,
      BatchEnds ends,
      AwayGate away,
      Runnable onFull) {
    this.memory = memory;
    this.reports = reports;
    this.meter = meter;
    this.clock = clock;
    this.loop = loop;
    this.ends = ends;
    this.away = away;
    this.onFull = onFull;
  }

  /** The room that a record alone takes. */
  static int bytesFor(
      byte @Nullable [] key,
      int keyLength,
      byte @Nullable [] value,
      int valueLength,
      List<Header> headers) {
    long alone =
        BatchWriter.bytesAlone(
            key == null ? -1 : keyLength, value == null ? -1 : valueLength, headers);
    return PoolSizes.of((int) Math.min(alone, Integer.MAX_VALUE));
  }

  /**
   * Takes room, perhaps after a wait.
   *
   * @return null if it was taken; else why not
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  @Nullable OttlaException take(TopicQueue topic, int bytes, Waiting waiting)
      throws InterruptedException {
    if (bytes > memory.limit()) {
      return new RefusedException(
          "record for "
              + topic
              + " not sent: with "
              + bytes
              + " bytes of buffer it is larger than the producer's memory of "
              + memory.limit()
              + "; raise memory",
          SendOutcome.NOT_SENT,
          null);
    }
    onFull.run();
    Overflow overflow = topic.settings().overflow();
    return switch (waiting.kind()) {
      case NEVER -> memory.tryTake(bytes) ? null : full(topic, "");
      case AT_MOST -> await(topic, bytes, waiting.mostNanos());
      case BY_OVERFLOW ->
          switch (overflow.kind()) {
            case BLOCK ->
                reports.isReporting()
                    ? full(topic, ", and a listener of reports must not wait for room")
                    : await(topic, bytes, overflow.longestWait().toNanos());
            case FAIL, DIVERT -> full(topic, "");
            case DROP_NEWEST -> {
              meter.onDropped(topic.name(), 1);
              yield full(topic, ", and overflow drops the newest");
            }
            case DROP_OLDEST -> dropOldest(topic, bytes);
          };
    };
  }

  private @Nullable OttlaException await(TopicQueue topic, int bytes, long mostNanos)
      throws InterruptedException {
    long start = clock.nanoTime();
    try {
      long leftNanos = mostNanos - away.await(mostNanos);
      int worthWaitingFor = Math.max(bytes, worthWaitingFor(topic));
      if (leftNanos > 0 && memory.take(worthWaitingFor, leftNanos)) {
        memory.give(worthWaitingFor - bytes);
        return null;
      }
    } finally {
      meter.onBlocked(clock.nanoTime() - start);
    }
    if (memory.isClosed()) {
      return new ClosedException(
          "record for " + topic + " not sent: the producer was closed while it waited for room",
          SendOutcome.NOT_SENT);
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - start);
    return full(topic, " for " + millis + " ms");
  }

  /**
   * Room for a whole batch: who is woken for each record's room fills batches with a few records
   * each, which then fill the memory, and never comes out of that again.
   */
  private int worthWaitingFor(TopicQueue topic) {
    return (int) Math.min(PoolSizes.of(topic.maxRawBytes()), memory.limit() / LEAST_BATCHES);
  }

  private @Nullable OttlaException dropOldest(TopicQueue topic, int bytes)
      throws InterruptedException {
    long droppedBytes = 0; // becomes room when their reports are made
    while (!memory.tryTake(bytes)) {
      PartitionQueue queue = droppedBytes < bytes ? topic.oldest() : null;
      ProducerBatch oldest = queue == null ? null : queue.takeOldest();
      if (queue == null || oldest == null) {
        boolean isTaken = !reports.isReporting() && memory.take(bytes, DROPPED_NANOS);
        return isTaken ? null : full(topic, whyNone(droppedBytes));
      }
      droppedBytes += oldest.chargedBytes();
      meter.onDropped(topic.name(), oldest.count());
      drop(queue, oldest);
    }
    return null;
  }

  private static String whyNone(long droppedBytes) {
    return droppedBytes > 0
        ? ", and the reports of what was dropped take long"
        : ", and nothing of this topic is left to drop";
  }

  private void drop(PartitionQueue queue, ProducerBatch oldest) {
    String topic = queue.topic().name();
    BufferFullException why =
        new BufferFullException(
            oldest.count()
                + " records for "
                + topic
                + " not sent: dropped as the oldest to make room, for the producer's memory of "
                + memory.limit()
                + " bytes was full");
    try {
      loop.execute(() -> ends.failed(oldest, topic, queue.partition(), why));
    } catch (RejectedExecutionException afterTheLastClose) {
      ends.failed(oldest, topic, queue.partition(), why);
    }
  }

  private OttlaException full(TopicQueue topic, String more) {
    Duration gone = away.goneFor();
    return new BufferFullException(
        "record for "
            + topic
            + " not sent: "
            + (memory.taken() * 2 < memory.limit() && !gone.isZero()
                ? "no broker was reached for " + gone.toMillis() + " ms (overflow.after)"
                : "the producer's memory of " + memory.limit() + " bytes is full")
            + more
            + (gone.isZero()
                ? "; brokers take less than is sent: send less, raise memory, or choose another"
                    + " overflow"
                : "; no broker answers"));
  }
}
