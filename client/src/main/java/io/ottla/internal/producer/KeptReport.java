package io.ottla.internal.producer;

import io.ottla.error.OttlaException;
import io.ottla.producer.Delivery;
import io.ottla.producer.DeliveryReport;
import io.ottla.protocol.record.Header;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report that stands by itself: a copy, or that of a record which never was in a batch.
 *
 * @param keyBytes nobody writes to them any more; null if there is no key
 * @param valueBytes likewise
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record KeptReport(
    @Nullable Object ref,
    String topic,
    int partition,
    long offset,
    long timestampMs,
    byte @Nullable [] keyBytes,
    byte @Nullable [] valueBytes,
    List<Header> headers,
    @Nullable OttlaException error)
    implements DeliveryReport {
  /** Of what was refused; shares its arrays. */
  static KeptReport of(Reports.Refusal refusal, @Nullable Object ref) {
    return new KeptReport(
        ref,
        refusal.topic(),
        refusal.partition(),
        Delivery.UNKNOWN_OFFSET,
        refusal.timestampMs(),
        refusal.key(),
        refusal.value(),
        refusal.headers(),
        refusal.failure());
  }

  private static @Nullable ByteBuffer readOnly(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  @Override
  public @Nullable ByteBuffer key() {
    return readOnly(keyBytes);
  }

  @Override
  public @Nullable ByteBuffer value() {
    return readOnly(valueBytes);
  }

  @Override
  public DeliveryReport copy() {
    return this;
  }

  @Override
  public String toString() {
    return text(this);
  }

  /** A report in words: without key and value, which may be secret. */
  static String text(DeliveryReport report) {
    OttlaException error = report.error();
    String place = report.topic() + "-" + report.partition();
    return error == null
        ? place + "@" + report.offset() + " delivered"
        : place + " " + error.outcome() + ": " + error.getMessage();
  }
}
