package io.ottla.internal.producer;

import io.ottla.error.BufferFullException;
import io.ottla.error.ClosedException;
import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.DivertedRecord;
import io.ottla.producer.Overflow;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.record.BatchWriter;
import io.ottla.protocol.record.Header;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes records into their topics' queues: at once, or when there is room, as the overflow says; or
 * has it reported why not.
 *
 * <p>Thread: the sender's, without any lock. Always: a record is taken, refused with one report, or
 * not taken, and never two of these.
 */
record Acceptance(Ticker ticker, Memory memory, Room room, ProducerMeter meter, Refusals refusals) {
  /** More than a batch needs around key and value of its only record. */
  private static final int MOST_AROUND = 100;

  /**
   * Takes a record.
   *
   * @param partition its number, or −1
   * @param timestampMs its time, or −1 for now
   * @param ticket see {@link Ticket}
   * @return whether it was taken, and has, or will have, one report; only a {@link Waiting} other
   *     than {@code BY_OVERFLOW} lets it be false
   */
  boolean append(
      TopicQueue topic,
      int partition,
      long timestampMs,
      byte @Nullable [] key,
      int keyOffset,
      int keyLength,
      byte @Nullable [] value,
      int valueOffset,
      int valueLength,
      List<Header> headers,
      @Nullable Object ticket,
      Waiting waiting) {
    long time = timestampMs == ProducerRecord.NO_TIMESTAMP ? ticker.wallMillis() : timestampMs;
    OttlaException failure;
    try {
      Appended appended =
          isTooLarge(topic, key, keyLength, value, valueLength, headers)
              ? Appended.TOO_LARGE
              : topic.append(
                  false,
                  partition,
                  time,
                  key,
                  keyOffset,
                  keyLength,
                  value,
                  valueOffset,
                  valueLength,
                  headers,
                  ticket);
      if (appended.isTaken()) {
        return true;
      }
      failure =
          appended == Appended.NO_ROOM
              ? appendLater(
                  topic,
                  partition,
                  time,
                  key,
                  keyOffset,
                  keyLength,
                  value,
                  valueOffset,
                  valueLength,
                  headers,
                  ticket,
                  waiting)
              : failureOf(appended, topic);
    } catch (RuntimeException | OutOfMemoryError thrown) {
      failure = typed(topic.name(), thrown);
    }
    if (failure == null) {
      return true;
    }
    if (waiting.kind() != Waiting.Kind.BY_OVERFLOW && isForWantOfRoom(failure)) {
      return false;
    }
    refuse(
        topic,
        partition,
        time,
        copy(key, keyOffset, keyLength),
        copy(value, valueOffset, valueLength),
        headers,
        ticket,
        failure);
    return true;
  }

  /** Finds room and tries again, until it was taken or there is a reason not to; null if it was. */
  private @Nullable OttlaException appendLater(
      TopicQueue topic,
      int partition,
      long time,
      byte @Nullable [] key,
      int keyOffset,
      int keyLength,
      byte @Nullable [] value,
      int valueOffset,
      int valueLength,
      List<Header> headers,
      @Nullable Object ticket,
      Waiting waiting) {
    int bytes = Room.bytesFor(key, keyLength, value, valueLength, headers);
    try {
      OttlaException none = room.take(topic, bytes, waiting);
      if (none != null) {
        return diverted(
            topic,
            none,
            partition,
            time,
            key,
            keyOffset,
            keyLength,
            value,
            valueOffset,
            valueLength,
            headers,
            waiting);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new BufferFullException(
          "record for " + topic + " not sent: its sender was interrupted while it waited for room");
    }
    Appended appended = Appended.CLOSED;
    try {
      appended =
          topic.append(
              true,
              partition,
              time,
              key,
              keyOffset,
              keyLength,
              value,
              valueOffset,
              valueLength,
              headers,
              ticket);
    } finally {
      if (appended != Appended.OPENED) {
        memory.give(bytes);
      }
    }
    return appended.isTaken() ? null : failureOf(appended, topic);
  }

  private OttlaException diverted(
      TopicQueue topic,
      OttlaException none,
      int partition,
      long time,
      byte @Nullable [] key,
      int keyOffset,
      int keyLength,
      byte @Nullable [] value,
      int valueOffset,
      int valueLength,
      List<Header> headers,
      Waiting waiting) {
    Overflow overflow = topic.settings().overflow();
    if (overflow.diversion() == null
        || waiting.kind() != Waiting.Kind.BY_OVERFLOW
        || !isForWantOfRoom(none)) {
      return none;
    }
    meter.onDiverted(topic.name());
    return Diversion.of(
        overflow.diversion(),
        new DivertedRecord(
            topic.name(),
            partition,
            time,
            copy(key, keyOffset, keyLength),
            copy(value, valueOffset, valueLength),
            headers));
  }

  private static boolean isForWantOfRoom(OttlaException failure) {
    return failure instanceof BufferFullException;
  }

  /** A batch that is open, or one of records that wait, may have room for what no topic takes. */
  private static boolean isTooLarge(
      TopicQueue topic,
      byte @Nullable [] key,
      int keyLength,
      byte @Nullable [] value,
      int valueLength,
      List<Header> headers) {
    int limit = topic.settings().maxRecordBytes();
    int keyField = key == null ? -1 : keyLength;
    int valueField = value == null ? -1 : valueLength;
    boolean isSmall = headers.isEmpty() && (long) keyField + valueField + MOST_AROUND <= limit;
    return !isSmall && BatchWriter.bytesAlone(keyField, valueField, headers) > limit;
  }

  private OttlaException failureOf(Appended appended, TopicQueue topic) {
    if (topic.refusal() != null) {
      return topic.refusal();
    }
    return appended == Appended.TOO_LARGE
        ? new RefusedException(
            "record for "
                + topic
                + " not sent: it is larger than "
                + topic.settings().maxRecordBytes()
                + " bytes as a batch of its own; raise record.max.bytes, and max.message.bytes of"
                + " the topic",
            SendOutcome.NOT_SENT,
            null)
        : new ClosedException(
            "record for " + topic + " not sent: the producer is closed", SendOutcome.NOT_SENT);
  }

  /** What went wrong with a record, as its sender is told. */
  static OttlaException typed(String topic, Throwable thrown) {
    return thrown instanceof OttlaException ours
        ? ours
        : new RefusedException(
            "record for " + topic + " not sent: " + thrown.getMessage(),
            SendOutcome.NOT_SENT,
            thrown);
  }

  private static byte @Nullable [] copy(byte @Nullable [] bytes, int offset, int length) {
    return bytes == null ? null : Arrays.copyOfRange(bytes, offset, offset + length);
  }

  private void refuse(
      TopicQueue topic,
      int partition,
      long timestampMs,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<Header> headers,
      @Nullable Object ticket,
      OttlaException why) {
    refusals.add(
        topic.settings().overflow(),
        new Reports.Refusal(
            topic.name(), partition, timestampMs, key, value, headers, ticket, why));
  }
}
