package io.ottla.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ThrottleTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long DAY = 86_400 * SECOND;

  @ParameterizedTest
  @ValueSource(longs = {1, 3, 200, 1_000, 999_999_937, 1L << 32})
  void what_is_due_next_is_allowed_then_and_not_before(long bytesPerSecond) {
    Throttle throttle = new Throttle();
    throttle.rate(bytesPerSecond, 0);
    throttle.onReady(true, 0);
    for (int i = 0; i < 100; i++) {
      long due = throttle.nextDueNanos(1 << 20);

      assertThat(throttle.allowed(due - 1)).isLessThan(Math.max(1, bytesPerSecond / 200));
      long allowed = throttle.allowed(due);
      assertThat(allowed).isPositive();
      throttle.onSent(allowed);
    }
  }

  @Test
  void the_highest_rate_does_not_overflow_in_a_day() {
    Throttle throttle = new Throttle();
    throttle.rate(1L << 32, 0);

    assertThat(throttle.allowed(DAY)).isEqualTo(86_400L << 32);
    throttle.onSent(86_400L << 32);
    assertThat(throttle.nextDueNanos(1)).isEqualTo(DAY + 1);
  }

  @Test
  void without_a_rate_all_is_allowed() {
    assertThat(new Throttle().allowed(0)).isEqualTo(Long.MAX_VALUE);
  }
}
