package io.ottla.cli.produce;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ottla.cli.format.Span;
import io.ottla.error.OttlaException;
import io.ottla.error.RetriableException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.DeliveryReport;
import io.ottla.producer.ProducerChannel;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.record.Header;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes records and reports them at once, as delivered or, from one on, as lost. */
final class FakeChannel implements ProducerChannel<Span, Span> {
  final List<ProducerRecord<Span, Span>> records = new ArrayList<>();
  final List<String> sent = new ArrayList<>();
  private final Deliveries deliveries;
  private int firstLost = Integer.MAX_VALUE;

  FakeChannel(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  void losesFrom(int number) {
    firstLost = number;
  }

  @Override
  public void put(ProducerRecord<Span, Span> record) {
    records.add(record);
    sent.add(text(record.key()) + "=" + text(record.value()));
    int number = records.size();
    deliveries.onReport(new Report(record, number < firstLost ? null : lost(number)));
  }

  private static OttlaException lost(int number) {
    return new RetriableException("record " + number + " was lost", SendOutcome.NOT_SENT, null);
  }

  private static String text(@Nullable Span span) {
    return span == null ? "null" : new String(span.toBytes(), UTF_8);
  }

  @Override
  public boolean offer(ProducerRecord<Span, Span> record) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean offer(ProducerRecord<Span, Span> record, Duration timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long pending() {
    return 0;
  }

  @Override
  public void close() {}

  private record Report(ProducerRecord<Span, Span> record, @Nullable OttlaException error)
      implements DeliveryReport {
    @Override
    public @Nullable Object ref() {
      return record.ref();
    }

    @Override
    public String topic() {
      return record.topic();
    }

    @Override
    public int partition() {
      return 0;
    }

    @Override
    public long offset() {
      return 0;
    }

    @Override
    public long timestampMs() {
      return 0;
    }

    @Override
    public @Nullable ByteBuffer key() {
      return null;
    }

    @Override
    public @Nullable ByteBuffer value() {
      return null;
    }

    @Override
    public List<Header> headers() {
      return List.of();
    }

    @Override
    public DeliveryReport copy() {
      return this;
    }
  }
}
