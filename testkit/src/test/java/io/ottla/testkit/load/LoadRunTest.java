package io.ottla.testkit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadRunTest {
  private final ManualClock clock = new ManualClock();

  @Test
  void the_warm_up_is_sent_and_answered_before_what_is_measured() throws InterruptedException {
    Recorder client = new Recorder();

    Map<String, @Nullable Number> fields =
        new LoadRun(new LoadPlan(1_000, 100, 10, 1, 0), clock).run(client).fields();

    assertThat(client.sentAtFlush).containsExactly(100L, 1_100L);
    assertThat(fields)
        .containsEntry("records", 1_000L)
        .containsEntry("bytes", 10_000L)
        .containsEntry("warm_up_records", 100L)
        .containsEntry("failed", 7L);
  }

  @Test
  void figures_are_those_of_the_measured_part() throws InterruptedException {
    Recorder client = new Recorder();
    client.onSend = number -> clock.advanceMs(number <= 100 ? 50 : 2);

    Map<String, @Nullable Number> fields =
        new LoadRun(new LoadPlan(1_000, 100, 10, 1, 0), clock).run(client).fields();

    assertThat(fields)
        .containsEntry("seconds", 2.0)
        .containsEntry("records_per_second", 500.0)
        .containsEntry("bytes_per_second", 5_000.0)
        .containsEntry("warm_up_seconds", 5.0)
        .containsEntry("latency_p50_ms", 2.0)
        .containsEntry("latency_max_ms", 2.0);
  }

  @Test
  void all_threads_together_send_each_record_once() throws InterruptedException {
    Recorder client = new Recorder();

    LoadRun.of(new LoadPlan(10_001, 0, 40, 3, 0)).run(client);

    assertThat(client.sent).hasValue(10_001);
    assertThat(client.threads).hasSize(3);
    assertThat(client.sentAtFlush).containsExactly(10_001L);
  }

  @Test
  void a_sample_is_timed_and_no_more() throws InterruptedException {
    Recorder client = new Recorder();

    Map<String, @Nullable Number> fields =
        new LoadRun(new LoadPlan(64_000, 0, 1, 1, 0), clock).run(client).fields();

    assertThat(fields.get("latency_samples")).isEqualTo((int) client.timed.get());
    assertThat(client.timed.get()).isBetween(800L, 1_200L);
  }

  @Test
  void records_are_sent_when_they_are_due() throws InterruptedException {
    Recorder client = new Recorder();

    Map<String, @Nullable Number> fields =
        new LoadRun(new LoadPlan(1_001, 0, 1, 1, 1_000), clock).run(client).fields();

    assertThat(fields).containsEntry("seconds", 1.0).containsEntry("latency_max_ms", 0.0);
    assertThat(client.timed).hasValue(1_001);
  }

  @Test
  void a_client_that_stands_still_makes_all_late_that_it_holds_up() throws InterruptedException {
    Recorder client = new Recorder();
    client.onSend = number -> clock.advanceMs(number == 501 ? 400 : 0);

    Map<String, @Nullable Number> fields =
        new LoadRun(new LoadPlan(1_000, 0, 1, 1, 1_000), clock).run(client).fields();

    assertThat(fields).containsEntry("latency_max_ms", 400.0).containsEntry("latency_p50_ms", 0.0);
    assertThat(figure(fields, "latency_mean_ms"))
        .as("the 400 that it held up waited 200 ms on average")
        .isCloseTo(80, within(1.0));
  }

  @Test
  void without_an_answer_there_are_no_latencies() throws InterruptedException {
    Recorder client = new Recorder();
    client.answers = false;

    Map<String, @Nullable Number> fields =
        new LoadRun(new LoadPlan(100, 0, 1, 1, 10), clock).run(client).fields();

    assertThat(fields).containsEntry("latency_samples", 0).containsEntry("latency_p999_ms", null);
  }

  @Test
  void what_a_client_throws_ends_the_run() {
    Recorder client = new Recorder();
    client.onSend =
        number -> {
          throw new IllegalStateException("closed");
        };

    assertThatThrownBy(() -> LoadRun.of(new LoadPlan(10, 0, 1, 2, 0)).run(client))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("closed");
  }

  @Test
  void what_is_used_is_counted() throws InterruptedException {
    List<byte[]> garbage = new ArrayList<>();
    Recorder client = new Recorder();
    client.onSend = number -> garbage.add(new byte[10_000]);

    Map<String, @Nullable Number> fields =
        LoadRun.of(new LoadPlan(1_000, 0, 1, 1, 0)).run(client).fields();

    assertThat(figure(fields, "allocated_bytes")).isGreaterThan(10_000_000);
    assertThat(figure(fields, "process_cpu_seconds")).isPositive();
  }

  @Test
  void a_plan_that_cannot_be_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new LoadPlan(0, 0, 1, 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new LoadPlan(1, 0, 1, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new LoadPlan(1, 0, 1, 1, Double.NaN));
  }

  private static double figure(Map<String, @Nullable Number> fields, String name) {
    return Objects.requireNonNull(fields.get(name), name).doubleValue();
  }

  private static final class ManualClock implements LoadClock {
    private final AtomicLong nanos = new AtomicLong();

    void advanceMs(long millis) {
      nanos.addAndGet(millis * 1_000_000);
    }

    @Override
    public long nanos() {
      return nanos.get();
    }

    @Override
    public void sleepUntil(long then) {
      nanos.set(then);
    }
  }

  /** Delivers each record at once. */
  private static final class Recorder implements LoadClient {
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong timed = new AtomicLong();
    private final List<Long> sentAtFlush = new ArrayList<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private LongConsumer onSend = number -> {};
    private boolean answers = true;

    @Override
    public void send(byte[] value) {
      threads.add(Thread.currentThread());
      onSend.accept(sent.incrementAndGet());
    }

    @Override
    public void sendTimed(byte[] value, TimedRecord record) {
      timed.incrementAndGet();
      send(value);
      if (answers) {
        record.delivered();
      }
    }

    @Override
    public void flush() {
      sentAtFlush.add(sent.get());
    }

    @Override
    public long failed() {
      return 7;
    }
  }
}
