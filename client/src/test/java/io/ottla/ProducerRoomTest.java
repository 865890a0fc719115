package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.BufferFullException;
import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.Delivery;
import io.ottla.producer.DeliveryListener;
import io.ottla.producer.Overflow;
import io.ottla.producer.Producer;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.message.ApiKey;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.Gate;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What happens when there is no room: for one record, for many, for reports. */
final class ProducerRoomTest extends FakeProducerTestBase {
  private static final String KILO = "k".repeat(1000);

  private final Gate gate = new Gate();
  private final AtomicInteger reports = new AtomicInteger();
  private final DeliveryListener counting = report -> reports.incrementAndGet();

  /** Sends until there is no room; nothing is answered until the gate opens. */
  private int fill(Producer<String, String> producer) {
    fake.on(ApiKey.PRODUCE).always(Fault.hold(gate));
    AtomicInteger taken = new AtomicInteger();
    Awaitility.await()
        .atMost(PATIENCE)
        .during(Duration.ofMillis(100)) // a batch that is sealed meanwhile gives some room back
        .until(() -> !foundRoom(producer, taken));
    return taken.get();
  }

  private boolean foundRoom(Producer<String, String> producer, AtomicInteger taken) {
    boolean wasSome = false;
    while (producer.trySend(ProducerRecord.record("orders", 0, KILO), counting)) {
      wasSome = true;
      assertThat(taken.incrementAndGet()).as("records that found room").isLessThan(2000);
    }
    return wasSome;
  }

  private void awaitReports(int count) {
    Awaitility.await().atMost(PATIENCE).until(() -> reports.get() >= count);
    assertThat(reports).hasValue(count);
  }

  @Test
  @Scenario("G16")
  void a_record_that_is_too_large_fails_at_once_and_alone() throws Exception {
    Producer<String, String> producer = producer("record.max.bytes", "100000");
    fake.on(ApiKey.PRODUCE).always(Fault.hold(gate));

    CompletableFuture<Delivery> before = send(producer, 0, "before");
    CompletableFuture<Delivery> large = send(producer, 0, "x".repeat(100_001));
    CompletableFuture<Delivery> after = send(producer, 0, "after");

    OttlaException failure = failureOf(large);
    assertThat(failure)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("record.max.bytes");
    assertThat(failure.outcome()).isEqualTo(SendOutcome.NOT_SENT);
    assertThat(before).isNotDone();
    gate.open();
    get(before);
    get(after);
    assertThat(log(0)).containsExactly("before", "after");
  }

  @Test
  @Scenario("G16")
  void a_record_larger_than_a_batch_has_a_batch_of_its_own() throws Exception {
    Producer<String, String> producer =
        producer("batch.bytes", "10000", "batch.records", "1000", "linger", "5ms");
    String large = "x".repeat(50_000);

    getAll(send(producer, 0, "before", large, "after"));

    assertThat(log(0)).containsExactly("before", large, "after");
  }

  @Test
  @Scenario("G16")
  void a_record_larger_than_the_memory_waits_for_no_room() throws Exception {
    Producer<String, String> producer =
        producer(
            builder ->
                builder
                    .set("memory", "512KB")
                    .set("record.max.bytes", "4MB")
                    .overflow(Overflow.block(Duration.ofMinutes(10))));

    CompletableFuture<Delivery> large = send(producer, 0, "x".repeat(2 << 20));

    OttlaException failure = failureOf(large);
    assertThat(failure.outcome()).isEqualTo(SendOutcome.NOT_SENT);
    assertThat(failure).isInstanceOfAny(RefusedException.class, BufferFullException.class);
    get(send(producer, 0, "another"));
  }

  @Test
  @Scenario({"G16", "G22"})
  void many_records_pass_through_little_memory() throws Exception {
    Producer<String, String> producer =
        producer("memory", "512KB", "batch.records", "100", "batch.bytes", "64KB");
    CompletableFuture<Delivery> last = new CompletableFuture<>();
    for (int i = 0; i < 3000; i++) {
      last = send(producer, i % PARTITIONS, KILO);
    }

    get(last);
    get(producer.flush());
    assertThat(fake.records("orders")).hasSize(3000);
  }

  @Test
  @Scenario("G17")
  void an_interrupt_ends_a_wait_for_room_and_nothing_else() throws Exception {
    Producer<String, String> producer =
        producer(
            builder ->
                builder.set("memory", "512KB").overflow(Overflow.block(Duration.ofMinutes(10))));
    int taken = fill(producer);
    AtomicReference<CompletableFuture<Delivery>> sent = new AtomicReference<>();
    CountDownLatch wasInterrupted = new CountDownLatch(1);
    Thread sender =
        new Thread(
            () -> {
              sent.set(send(producer, 0, KILO));
              if (Thread.currentThread().isInterrupted()) {
                wasInterrupted.countDown();
              }
            });

    sender.start();
    awaitWaiting(sender);
    sender.interrupt();

    sender.join(PATIENCE.toMillis());
    assertThat(wasInterrupted.getCount()).as("the thread's flag is set").isZero();
    assertThat(failureOf(Objects.requireNonNull(sent.get())).outcome())
        .isEqualTo(SendOutcome.NOT_SENT);
    gate.open();
    awaitReports(taken);
    assertThat(log(0)).hasSize(taken);
    get(send(producer, 0, "the next one"));
  }

  @Test
  @Scenario("G17")
  void who_waits_behind_somebody_who_gives_up_is_served() throws Exception {
    Producer<String, String> producer =
        producer(
            builder ->
                builder.set("memory", "512KB").overflow(Overflow.block(Duration.ofMinutes(10))));
    fill(producer);
    Thread impatient = new Thread(() -> postTo(producer, "x".repeat(100_000)));
    impatient.start();
    awaitWaiting(impatient);
    AtomicReference<CompletableFuture<Delivery>> sent = new AtomicReference<>();
    Thread patient = new Thread(() -> sent.set(send(producer, 0, "patient")));
    patient.start();
    awaitWaiting(patient);

    impatient.interrupt();
    impatient.join(PATIENCE.toMillis());
    gate.open();

    patient.join(PATIENCE.toMillis());
    assertWritten(get(Objects.requireNonNull(sent.get())), "patient");
  }

  private static void awaitWaiting(Thread thread) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                thread.getState() == Thread.State.TIMED_WAITING
                    || thread.getState() == Thread.State.WAITING);
  }

  @Test
  @Scenario("G18")
  void flush_ends_though_a_blocked_send_was_given_up() throws Exception {
    Producer<String, String> producer =
        producer(
            builder ->
                builder.set("memory", "512KB").overflow(Overflow.block(Duration.ofMinutes(10))));
    int taken = fill(producer);
    Thread sender = new Thread(() -> postTo(producer, KILO));
    sender.start();
    awaitWaiting(sender);

    CompletableFuture<Void> flushed = producer.flush();
    sender.interrupt();
    sender.join(PATIENCE.toMillis());
    assertThat(flushed).isNotDone();
    gate.open();

    get(flushed);
    assertThat(reports).hasValue(taken);
  }

  @Test
  @Scenario("G20")
  void records_that_fail_faster_than_their_reports_are_heard_stay_within_bounds() throws Exception {
    CountDownLatch hears = new CountDownLatch(1);
    DeliveryListener slow =
        report -> {
          reports.incrementAndGet();
          awaitQuietly(hears);
        };
    Producer<String, String> producer =
        producer(
            builder ->
                builder
                    .set("memory", "512KB")
                    .set("record.max.bytes", "100000")
                    .overflow(Overflow.fail()));
    String large = "x".repeat(200_000);
    int taken = 0;
    boolean isFull = false;
    while (!isFull) {
      try {
        producer.send("orders", null, large, slow);
        taken++;
      } catch (BufferFullException full) {
        isFull = true;
      }
      assertThat(taken).as("refused records whose reports wait").isLessThan(1000);
    }

    // Nobody who holds a lock waits for the listener:
    assertThat(producer.stats()).isNotNull();
    assertThat(producer.flush()).isNotDone();
    AtomicReference<Boolean> tried = new AtomicReference<>();
    Thread other =
        new Thread(() -> tried.set(producer.trySend(ProducerRecord.record("orders", "small"))));
    other.start();
    other.join(PATIENCE.toMillis());
    assertThat(tried.get()).as("a small record, meanwhile").isNotNull();
    hears.countDown();

    get(producer.flush());
    assertThat(reports).hasValue(taken);
    get(producer.send("orders", "the next one"));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @Scenario("G20")
  void a_listener_that_sleeps_bounds_what_is_taken() throws Exception {
    CountDownLatch hears = new CountDownLatch(1);
    Producer<String, String> producer =
        producer(builder -> builder.set("memory", "512KB").overflow(Overflow.fail()));
    DeliveryListener slow =
        report -> {
          reports.incrementAndGet();
          awaitQuietly(hears);
        };
    int taken = 0;
    while (producer.trySend(ProducerRecord.record("orders", 0, KILO), slow)) {
      taken++;
      assertThat(taken).as("delivered records whose reports wait").isLessThan(2000);
    }
    hears.countDown();

    awaitReports(taken);
    assertThat(log(0)).hasSize(taken);
  }

  @Test
  @Scenario("G22")
  void full_memory_does_not_wait_for_linger() throws Exception {
    Producer<String, String> producer =
        producer(
            builder ->
                builder
                    .set("memory", "512KB")
                    .set("linger", "1h")
                    .set("delivery.timeout", "2h")
                    .set("batch.records", "1000000")
                    .set("batch.bytes", "512KB")
                    .overflow(Overflow.block(PATIENCE)));
    List<CompletableFuture<Delivery>> sent = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      sent.add(send(producer, i % PARTITIONS, KILO));
    }

    assertThat(sent).noneMatch(CompletableFuture::isCompletedExceptionally);
    get(producer.flush());
    getAll(sent);
  }

  /** Nobody asks what becomes of it. */
  private static void postTo(Producer<String, String> producer, String value) {
    CompletableFuture<Delivery> unused = producer.send(ProducerRecord.record("orders", 0, value));
  }
}
