package io.ottla.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.testkit.scenario.Scenario;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pauses double up to a bound, each a fifth more or less. */
final class BackoffTest {
  @Test
  @Scenario("L41")
  void pauses_double_up_to_the_bound_and_differ() {
    Random random = new Random(7);
    Backoff backoff = new Backoff(100, 1000, random);
    for (int round = 0; round < 100; round++) {
      assertThat(backoff.nanos(1)).isBetween(80L, 120L);
      assertThat(backoff.nanos(2)).isBetween(160L, 240L);
      assertThat(backoff.nanos(4)).isBetween(640L, 960L);
      assertThat(backoff.nanos(5)).isBetween(800L, 1200L);
      assertThat(backoff.nanos(Integer.MAX_VALUE)).isBetween(800L, 1200L);
    }
    assertThat(random.ints(50).mapToLong(any -> backoff.nanos(5)).distinct().count())
        .isGreaterThan(30);
  }

  @Test
  void the_longest_bound_does_not_overflow() {
    assertThat(new Backoff(Long.MAX_VALUE / 4, Long.MAX_VALUE / 2, new Random(1)).nanos(60))
        .isPositive();
  }
}
