package io.ottla.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private static final long SEED = Long.getLong("ottla.seed", 42);

  private static long[] waits(Reconnect settings, int count) {
    Backoff backoff = new Backoff(settings, new SplittableRandom(SEED));
    return IntStream.range(0, count)
        .mapToLong(turn -> TimeUnit.NANOSECONDS.toMillis(backoff.onFailure()))
        .toArray();
  }

  private static Reconnect steady(long firstMs, long mostMs) {
    return Reconnect.backoff(Duration.ofMillis(firstMs), Duration.ofMillis(mostMs), 0, 0);
  }

  @Test
  void waits_double_up_to_the_longest() {
    assertThat(waits(steady(50, 1_000), 7)).containsExactly(50, 100, 200, 400, 800, 1_000, 1_000);
  }

  @Test
  void a_fixed_interval_stays() {
    assertThat(waits(Reconnect.every(Duration.ofMillis(300), 5), 4))
        .containsExactly(300, 300, 300, 300);
  }

  @Test
  void no_number_of_failures_overflows() {
    Backoff backoff = new Backoff(steady(50, 1_000), new SplittableRandom(SEED));
    for (int failures = 0; failures < 200; failures++) {
      backoff.onFailure();
    }

    assertThat(backoff.onFailure()).isEqualTo(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void jitter_is_a_share_to_both_sides() {
    Reconnect settings = Reconnect.backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), 0.2, 0);

    LongSummaryStatistics waits = LongStream.of(waits(settings, 500)).summaryStatistics();

    assertThat(waits.getMin()).as("seed " + SEED).isBetween(800L, 850L);
    assertThat(waits.getMax()).as("seed " + SEED).isBetween(1_150L, 1_200L);
  }

  @Test
  void success_begins_anew() {
    Backoff backoff = new Backoff(steady(50, 1_000), new SplittableRandom(SEED));
    backoff.onFailure();
    backoff.onFailure();

    backoff.onSuccess();

    assertThat(backoff.failures()).isZero();
    assertThat(backoff.onFailure()).isEqualTo(Duration.ofMillis(50).toNanos());
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Reconnect(2, 1, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Reconnect(1, 1, 1.5, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Reconnect(1, 1, 0, -2));
  }
}
