package io.ottla.internal.producer;

import io.ottla.error.OttlaException;
import io.ottla.producer.Delivery;
import io.ottla.producer.DeliveryReport;
import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.Header;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordBatches;
import io.ottla.protocol.record.RecordCursor;
import io.ottla.protocol.record.SealedBatch;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reports of one batch: a window that stands on one record after the other.
 *
 * <p>Owns: the batch's first hold, and a cursor over its records, which is opened when somebody
 * asks for what only the bytes know, once, and moves forward only. Thread: who makes it, then the
 * delivery thread. Always: valid while it is told, and loud afterwards.
 *
 * <p>A batch that could not be sealed has reports without key, value, headers and time.
 */
final class BatchReport extends Handover implements DeliveryReport {
  private static final Logger log = LoggerFactory.getLogger(BatchReport.class);
  private static final int NOWHERE = -1;
  private static final long MOST_IDLE_BYTES = 8 << 20;

  /** For records that were compressed; used by one batch per producer at a time. */
  private static final BufferPool POOL = BufferPool.direct(MOST_IDLE_BYTES);

  private final DeliveryThread thread;
  private final ProducerBatch batch;
  private final String topic;
  private final int partition;
  private final long baseOffset;
  private final long logAppendTimeMs;
  private final @Nullable OttlaException error;

  private int index = NOWHERE; // the record it stands on
  private @Nullable Object ref; // that record's
  private @Nullable RecordCursor cursor;
  private int cursorIndex = NOWHERE;
  private boolean isUnreadable; // the cursor failed
  private boolean isOver;

  /** Of a batch that was delivered. */
  BatchReport(
      DeliveryThread thread,
      ProducerBatch batch,
      String topic,
      int partition,
      long baseOffset,
      long logAppendTimeMs) {
    this(thread, batch, topic, partition, baseOffset, logAppendTimeMs, null);
  }

  /** Of a batch that failed. */
  BatchReport(
      DeliveryThread thread,
      ProducerBatch batch,
      String topic,
      int partition,
      OttlaException error) {
    this(thread, batch, topic, partition, Delivery.UNKNOWN_OFFSET, BatchEnds.NO_TIME, error);
  }

  private BatchReport(
      DeliveryThread thread,
      ProducerBatch batch,
      String topic,
      int partition,
      long baseOffset,
      long logAppendTimeMs,
      @Nullable OttlaException error) {
    this.thread = thread;
    this.batch = batch;
    this.topic = topic;
    this.partition = partition;
    this.baseOffset = baseOffset;
    this.logAppendTimeMs = logAppendTimeMs;
    this.error = error;
  }

  @Override
  void tell(Teller teller) {
    int count = batch.count();
    int unheard = 0;
    boolean isHeard = teller.isHeard(error == null);
    for (index = 0; index < count; index++) {
      Object ticket = batch.ticket(index);
      if (isHeard || Teller.isAwaited(ticket)) {
        tell(teller, ticket);
      } else {
        unheard++;
      }
    }
    end();
    if (error != null && unheard > 0) {
      teller.onUnheard(topic, partition, unheard, error);
    }
    teller.onReported(count);
  }

  private void tell(Teller teller, @Nullable Object ticket) {
    boolean mayWait = !thread.mayNotWait();
    if (ticket instanceof Ticket both) {
      ref = both.ref();
      teller.tell(both.target(), this, mayWait);
    } else {
      ref = null;
      teller.tell(ticket, this, mayWait);
    }
  }

  private void end() {
    isOver = true;
    ref = null;
    RecordCursor open = cursor;
    if (open != null) {
      cursor = null;
      open.close();
    }
    batch.letGo();
  }

  @Override
  public @Nullable Object ref() {
    check();
    return ref;
  }

  @Override
  public String topic() {
    return topic;
  }

  @Override
  public int partition() {
    return partition;
  }

  @Override
  public long offset() {
    check();
    return baseOffset == Delivery.UNKNOWN_OFFSET ? Delivery.UNKNOWN_OFFSET : baseOffset + index;
  }

  @Override
  public long timestampMs() {
    if (logAppendTimeMs != BatchEnds.NO_TIME) {
      check();
      return logAppendTimeMs;
    }
    RecordCursor record = record();
    return record == null ? BatchEnds.NO_TIME : record.timestamp();
  }

  @Override
  public @Nullable ByteBuffer key() {
    RecordCursor record = record();
    return record == null ? null : readOnly(record.keyView());
  }

  @Override
  public @Nullable ByteBuffer value() {
    RecordCursor record = record();
    return record == null ? null : readOnly(record.valueView());
  }

  private static @Nullable ByteBuffer readOnly(@Nullable ByteBuffer view) {
    return view == null || view.isReadOnly() ? view : view.asReadOnlyBuffer();
  }

  @Override
  public List<Header> headers() {
    RecordCursor record = record();
    return record == null ? List.of() : record.headers();
  }

  @Override
  public @Nullable OttlaException error() {
    return error;
  }

  @Override
  public DeliveryReport copy() {
    RecordCursor record = record();
    return new KeptReport(
        ref,
        topic,
        partition,
        offset(),
        timestampMs(),
        record == null ? null : record.key(),
        record == null ? null : record.value(),
        headers(),
        error);
  }

  @Override
  public String toString() {
    return isOver ? "the report of a record of " + topic + ", over" : KeptReport.text(this);
  }

  private void check() {
    if (isOver || !thread.isCurrent()) {
      throw new IllegalStateException(
          "a report is valid until the callback returns, on its thread; copy() makes one to keep");
    }
  }

  /** A cursor that stands on the record; null if the bytes cannot be read. */
  private @Nullable RecordCursor record() {
    check();
    if (isUnreadable) {
      return null;
    }
    try {
      RecordCursor open = cursor;
      if (open == null) {
        open = open();
        cursor = open;
      }
      for (; cursorIndex < index; cursorIndex++) {
        open.next();
      }
      return open;
    } catch (RuntimeException | OutOfMemoryError noBytes) {
      isUnreadable = true;
      log.warn("reports of a batch of {}-{} lack keys and values", topic, partition, noBytes);
      return null;
    }
  }

  private RecordCursor open() {
    SealedBatch sealed = batch.sealed();
    // The numbers that it has already: this writes nothing new into bytes that may be on their way.
    ByteBuffer bytes =
        batch.isNumbered()
            ? sealed.number(batch.producerId(), batch.producerEpoch(), batch.baseSequence())
            : sealed.number();
    RecordBatch sent = only(bytes);
    return sent.codec() == Codec.NONE
        ? only(bytes.asReadOnlyBuffer()).cursor() // spares an object per key and value
        : sent.cursor();
  }

  private static RecordBatch only(ByteBuffer bytes) {
    return RecordBatches.of(bytes, POOL, Integer.MAX_VALUE).iterator().next();
  }
}
