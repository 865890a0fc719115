package io.ottla.internal.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.DeliveryListener;
import io.ottla.protocol.record.BatchWriter;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.Header;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Batches whose ends are known, and reports of them. After each test all is let go, once. */
abstract class ReportsTestBase implements Reports.Tally {
  static final long PATIENCE_SECONDS = 60;
  static final long FIRST_TIMESTAMP_MS = 1_000;

  /** In place of a ticket: the sender of the record wants to hear nothing. */
  static final Object NOBODY = new Object();

  private static final long CHARGED = 1_024;
  private static final int MOST_BYTES = 1 << 20;

  final LentBuffers pool = new LentBuffers();
  final Memory memory = new Memory(1 << 30);
  final AtomicInteger tally = new AtomicInteger();
  final Queue<Reports.Refusal> refusalsTold = new ConcurrentLinkedQueue<>();
  private @Nullable Reports reports;

  @Override
  public void onReported(int records) {
    tally.addAndGet(records);
  }

  @Override
  public void onRefusalReported(Reports.Refusal refusal) {
    refusalsTold.add(refusal);
  }

  @AfterEach
  void all_is_let_go() throws InterruptedException {
    Reports made = reports;
    if (made != null) {
      made.close();
      assertThat(made.awaitEnd(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS))).as("ended").isTrue();
    }
    assertThat(pool.lent()).as("buffers that are out").isZero();
    assertThat(memory.taken()).as("memory that is taken").isZero();
  }

  Reports reports() {
    return requireNonNull(reports, "reports");
  }

  Reports reports(@Nullable DeliveryListener listener, boolean isErrorsOnly) {
    reports = new Reports(listener, isErrorsOnly, this);
    return reports;
  }

  /** Waits until all that was handed over is told. */
  void settle() {
    CompletableFuture<Boolean> told = new CompletableFuture<>();
    reports().afterAll(() -> told.complete(true));
    assertThat(told.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join()).isTrue();
  }

  /** A batch of as many records as there are tickets, sealed; one holds it: its reports. */
  ProducerBatch batch(Compression compression, Object... tickets) {
    ProducerBatch batch = open(tickets);
    batch.detach();
    batch.onSealed(batch.writer().seal(compression));
    batch.moveTo(BatchPhase.DONE, "its end is known");
    return batch;
  }

  ProducerBatch batch(Object... tickets) {
    return batch(Compression.none(), tickets);
  }

  /** A batch of records of which each sender wants to hear nothing. */
  ProducerBatch batchOf(int records) {
    return batch(Collections.nCopies(records, NOBODY).toArray());
  }

  ProducerBatch open(Object... tickets) {
    assertThat(memory.tryTake(CHARGED)).isTrue();
    BatchWriter writer = new BatchWriter(pool, 1_024, MOST_BYTES);
    ProducerBatch batch = new ProducerBatch(writer, 0, memory, CHARGED);
    for (int i = 0; i < tickets.length; i++) {
      writer.append(FIRST_TIMESTAMP_MS + i, bytes("k" + i), bytes("v" + i), headers(i));
      Object ticket = tickets[i];
      if (ticket != NOBODY) {
        batch.keep(ticket);
      }
    }
    return batch;
  }

  static List<Header> headers(int record) {
    return List.of(new Header("h", bytes("h" + record)));
  }

  static Reports.Refusal refusal(String topic, @Nullable Object ticket) {
    return new Reports.Refusal(
        topic, -1, 77, bytes("k"), null, headers(0), ticket, failure("has no room"));
  }

  static OttlaException failure(String message) {
    return new RefusedException(message, SendOutcome.NOT_SENT, null);
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  static @Nullable String text(@Nullable ByteBuffer bytes) {
    return bytes == null ? null : UTF_8.decode(bytes).toString();
  }

  static List<String> deliveryThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("ottla-delivery-"))
        .toList();
  }
}
