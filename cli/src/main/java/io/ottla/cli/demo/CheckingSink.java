package io.ottla.cli.demo;

import io.ottla.cli.consume.RecordSink;
import io.ottla.protocol.record.RecordCursor;
import java.nio.ByteBuffer;

/**
 * Takes back what was written, and keeps the same accounts of it.
 *
 * <p>Thread: one at a time; the accounts are read when all is read.
 */
final class CheckingSink implements RecordSink {
  private final Meter meter;
  private final Arrivals arrivals = new Arrivals();
  private final Checksums checksums = new Checksums();

  CheckingSink(Meter meter) {
    this.meter = meter;
  }

  @Override
  public boolean record(int partition, RecordCursor cursor) {
    Stamp stamp = Stamp.of(cursor.headers());
    ByteBuffer key = cursor.keyView();
    ByteBuffer value = cursor.valueView();
    if (stamp == null || key == null || value == null) {
      arrivals.stranger();
    } else {
      arrivals.arrived(stamp);
      checksums.add(stamp.key(), key, value);
      meter.count(key.remaining() + value.remaining());
    }
    return true;
  }

  Arrivals arrivals() {
    return arrivals;
  }

  Checksums checksums() {
    return checksums;
  }
}
