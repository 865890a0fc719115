package io.ottla.cli.demo;

import io.ottla.cli.format.Span;
import io.ottla.cli.produce.Deliveries;
import io.ottla.producer.ProducerChannel;
import io.ottla.producer.ProducerRecord;
import java.nio.ByteBuffer;

/**
 * Writes records and keeps account of them: how many of each key, and their checksums.
 *
 * <p>Thread: one at a time; the accounts are read when all is written.
 */
final class StampedWriter {
  private final ProducerChannel<Span, Span> channel;
  private final String topic;
  private final Deliveries deliveries;
  private final Meter meter;
  private final Span key = new Span();
  private final Span value = new Span();
  private final long[] written = new long[Keys.COUNT];
  private final Checksums checksums = new Checksums();

  StampedWriter(
      ProducerChannel<Span, Span> channel, String topic, Deliveries deliveries, Meter meter) {
    this.channel = channel;
    this.topic = topic;
    this.deliveries = deliveries;
    this.meter = meter;
  }

  /** Writes a record; returns false, and does not, if an earlier one was lost. */
  boolean write(int number, byte[] bytes, int offset, int length) throws InterruptedException {
    if (deliveries.failed() > 0) {
      return false;
    }
    byte[] keyBytes = Keys.bytes(number);
    deliveries.sending();
    channel.put(
        new ProducerRecord<>(
            topic,
            ProducerRecord.ANY_PARTITION,
            ProducerRecord.NO_TIMESTAMP,
            key.set(keyBytes, 0, keyBytes.length),
            value.set(bytes, offset, length),
            new Stamp(number, written[number]).asHeaders(),
            null));
    written[number]++;
    checksums.add(number, ByteBuffer.wrap(keyBytes), ByteBuffer.wrap(bytes, offset, length));
    meter.count(keyBytes.length + length);
    return true;
  }

  /** How many records there are of each key. */
  long[] written() {
    return written;
  }

  Checksums checksums() {
    return checksums;
  }
}
