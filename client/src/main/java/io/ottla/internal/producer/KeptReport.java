package io.ottla.internal.producer;

import io.ottla.error.OttlaException;
import io.ottla.producer.Delivery;
import io.ottla.producer.DeliveryReport;
import io.ottla.protocol.record.Header;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A report that stands by itself: a copy, or that of a record which never was in a batch. */
record KeptReport(
    @Nullable Object ref,
    String topic,
    int partition,
    long offset,
    long timestampMs,
    @Nullable ByteBuffer key,
    @Nullable ByteBuffer value,
    List<Header> headers,
    @Nullable OttlaException error)
    implements DeliveryReport {
  /** With copies of a batch's bytes. */
  static KeptReport copyOf(DeliveryReport report) {
    return new KeptReport(
        report.ref(),
        report.topic(),
        report.partition(),
        report.offset(),
        report.timestampMs(),
        copy(report.key()),
        copy(report.value()),
        report.headers(),
        report.error());
  }

  /** Of what was refused; shares its arrays. */
  static KeptReport of(Reports.Refusal refusal, @Nullable Object ref) {
    return new KeptReport(
        ref,
        refusal.topic(),
        refusal.partition(),
        Delivery.UNKNOWN_OFFSET,
        refusal.timestampMs(),
        readOnly(refusal.key()),
        readOnly(refusal.value()),
        refusal.headers(),
        refusal.failure());
  }

  private static @Nullable ByteBuffer copy(@Nullable ByteBuffer lying) {
    return lying == null
        ? null
        : ByteBuffer.allocate(lying.remaining()).put(lying).flip().asReadOnlyBuffer();
  }

  private static @Nullable ByteBuffer readOnly(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  @Override
  public @Nullable ByteBuffer key() {
    return key == null ? null : key.duplicate();
  }

  @Override
  public @Nullable ByteBuffer value() {
    return value == null ? null : value.duplicate();
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
