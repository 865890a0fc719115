package io.ottla.internal.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.Acks;
import io.ottla.producer.Overflow;
import io.ottla.producer.Partitioners;
import io.ottla.protocol.record.BatchWriter;
import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.Header;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Sinks over brokers that do what a test says. Time moves when a test moves it. */
abstract class SinksTestBase {
  static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
  static final Duration DELIVERY_TIMEOUT = Duration.ofMinutes(2);

  /** How a batch ended. */
  record End(String what, List<String> values, long offset, @Nullable OttlaException failure) {
    SendOutcome outcome() {
      return Objects.requireNonNull(failure).outcome();
    }

    String message() {
      return String.valueOf(Objects.requireNonNull(failure).getMessage());
    }
  }

  final FakeFloor floor = new FakeFloor(42);
  final Memory memory = new Memory(1 << 30);
  final List<End> ends = new ArrayList<>();
  final List<ProducerBatch> moved = new ArrayList<>();
  final BufferPool pool = BufferPool.direct(1 << 24);
  boolean takesMoved;
  boolean isKeyed = true;
  ProducerSettings settings = settings(true, false, -1);
  @Nullable Sinks opened;

  static TopicSettings topic(Acks acks, Duration linger) {
    return new TopicSettings(
        acks,
        REQUEST_TIMEOUT.toNanos(),
        DELIVERY_TIMEOUT.toNanos(),
        Compression.none(),
        Partitioners.sticky(),
        Overflow.fail(),
        linger.toNanos(),
        1 << 18,
        1000,
        1 << 20);
  }

  static final TopicSettings SAFE = topic(Acks.ALL, Duration.ofMillis(5));

  static ProducerSettings settings(boolean isIdempotent, boolean isDemanded, int retries) {
    return settings(isIdempotent, isDemanded, retries, 1);
  }

  static ProducerSettings settings(
      boolean isIdempotent, boolean isDemanded, int retries, int unnumberedInFlight) {
    return new ProducerSettings(
        "test",
        1 << 30,
        SAFE,
        isIdempotent,
        isDemanded,
        5,
        unnumberedInFlight,
        1 << 20,
        retries,
        0,
        Duration.ofSeconds(10).toNanos(),
        null,
        false);
  }

  Sinks sinks() {
    Sinks sinks = opened;
    if (sinks == null) {
      sinks =
          new Sinks(
              floor,
              settings,
              new Recorder(),
              (batch, topic, from) -> {
                if (takesMoved) {
                  moved.add(batch);
                }
                return takesMoved;
              },
              memory,
              new ProducerMeter("test", floor.clock()));
      opened = sinks;
    }
    return sinks;
  }

  @AfterEach
  void nothing_is_left() {
    if (opened != null) {
      opened.close();
    }
    floor.close();
    for (FakeLeader broker : floor.brokers.values()) {
      for (Exchange open : new ArrayList<>(broker.open)) {
        open.fail(FakeFloor.closed());
      }
      broker.all.forEach(Exchange::freeBytes);
    }
    moved.forEach(ProducerBatch::letGo);
    assertThat(memory.taken()).as("memory that was not given back").isZero();
    assertThat(floor.loop.timers()).as("timers left").isZero();
  }

  /** A partition of the test's: batches that a caller appended. */
  final class Source implements BatchSource {
    final ArrayDeque<ProducerBatch> sealed = new ArrayDeque<>();
    @Nullable ProducerBatch unripe; // goes only when the leader is idle
    final Lane lane;

    Source(String topic, int partition, TopicSettings settings) {
      lane = sinks().lane(topic, partition, settings, this);
    }

    @Override
    public @Nullable ProducerBatch poll(boolean isIdle) {
      ProducerBatch next = sealed.poll();
      if (next == null && isIdle) {
        next = unripe;
        unripe = null;
      }
      return next;
    }

    @Override
    public boolean hasBatch(boolean isIdle) {
      return !sealed.isEmpty() || (isIdle && unripe != null);
    }

    @Override
    public @Nullable ProducerBatch peekSealed() {
      return sealed.peek();
    }

    /** A batch of these values, ready to be sent. */
    ProducerBatch send(String... values) {
      ProducerBatch batch = batch(values);
      sealed.add(batch);
      sinks().onReady(lane);
      return batch;
    }

    /** Likewise, and runs what follows. */
    ProducerBatch sendNow(String... values) {
      ProducerBatch batch = send(values);
      floor.loop.run();
      return batch;
    }
  }

  Source source(String topic, int partition) {
    return new Source(topic, partition, SAFE);
  }

  ProducerBatch batch(String... values) {
    return batch(List.of(), values);
  }

  ProducerBatch batch(List<Header> headers, String... values) {
    BatchWriter writer = new BatchWriter(pool, 64, 1 << 20);
    long charge = 100L * values.length;
    assertThat(memory.tryTake(charge)).isTrue();
    ProducerBatch batch = new ProducerBatch(writer, floor.loop.nanoTime(), memory, charge);
    for (String value : values) {
      BatchWriter.Append appended =
          writer.append(1000, null, value.getBytes(StandardCharsets.UTF_8), headers);
      assertThat(appended).isEqualTo(BatchWriter.Append.APPENDED);
      batch.keep(value);
    }
    if (isKeyed) {
      batch.markKeyed();
    }
    batch.detach();
    batch.onSealed(writer.seal(Compression.none()));
    return batch;
  }

  static List<String> tickets(ProducerBatch batch) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      values.add(String.valueOf(batch.ticket(i)));
    }
    return values;
  }

  private final class Recorder implements BatchEnds {
    @Override
    public void delivered(
        ProducerBatch batch, String topic, int partition, long baseOffset, long logAppendTimeMs) {
      end("delivered", batch, baseOffset, null);
    }

    @Override
    public void failed(ProducerBatch batch, String topic, int partition, OttlaException failure) {
      end("failed", batch, -1, failure);
    }

    @Override
    public void replaced(ProducerBatch batch) {
      end("replaced", batch, -1, null);
    }

    private void end(
        String what, ProducerBatch batch, long offset, @Nullable OttlaException failure) {
      assertThat(batch.phase()).isEqualTo(BatchPhase.DONE);
      ends.add(new End(what, tickets(batch), offset, failure));
      batch.letGo();
    }
  }

  /** What ended, in order: {@code delivered a@0}, {@code failed b NOT_SENT}. */
  List<String> told() {
    return ends.stream()
        .map(
            end ->
                end.what
                    + " "
                    + String.join(",", end.values)
                    + (end.failure == null
                        ? end.what.equals("replaced") ? "" : "@" + end.offset
                        : " " + end.outcome()))
        .toList();
  }

  /** The numbers of everything that was ever sent to a broker, in order. */
  List<String> sent(int broker) {
    return floor.broker(broker).all.stream()
        .flatMap(exchange -> exchange.numbers().stream())
        .toList();
  }

  void pass(Duration time) {
    floor.loop.pass(time.toNanos());
  }

  void run() {
    floor.loop.run();
  }
}
