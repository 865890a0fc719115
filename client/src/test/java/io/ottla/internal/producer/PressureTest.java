package io.ottla.internal.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.internal.runtime.ManualLoop;
import io.ottla.testkit.scenario.Scenario;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PressureTest {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final ManualLoop loop = new ManualLoop();
  private final Memory memory = new Memory(1_000);
  private long openBytes;
  private int looks;
  private int ripened;
  private final Pressure pressure =
      new Pressure(
          loop,
          memory,
          () -> {
            looks++;
            return openBytes;
          },
          () -> ripened++);

  @Test
  @Scenario("G22")
  void what_lingers_goes_when_it_fills_the_memory() {
    memory.give(-1_000);
    openBytes = 1_000;

    pressure.onFull();
    loop.run();

    assertThat(ripened).isEqualTo(1);
  }

  @Test
  void what_is_open_may_become_full_while_something_else_makes_room() {
    memory.give(-1_000);
    openBytes = 200;

    pressure.onFull();
    loop.run();

    assertThat(ripened).isZero();
  }

  @Test
  void it_looks_again_while_somebody_waits_for_room() {
    memory.give(-1_000);
    memory.onRoom(() -> {});
    pressure.onFull();
    loop.pass(PAUSE_NANOS);
    assertThat(ripened).isZero();
    openBytes = 1_000;

    loop.pass(PAUSE_NANOS);

    assertThat(ripened).isPositive();
  }

  @Test
  void who_asks_all_the_time_has_it_looked_at_now_and_then() {
    memory.give(-1_000);
    for (int i = 0; i < 1_000; i++) {
      pressure.onFull();
      loop.run();
    }

    assertThat(looks).isEqualTo(1);
  }

  @Test
  void nothing_ticks_when_nobody_waits() {
    pressure.onFull();

    loop.pass(10 * PAUSE_NANOS);

    assertThat(loop.timers()).isZero();
    assertThat(looks).isEqualTo(1);
  }
}
