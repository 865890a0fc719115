package io.ottla.internal.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.error.RetriableException;
import io.ottla.error.SendOutcome;
import io.ottla.testkit.scenario.Scenario;
import io.ottla.watch.Warnings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When something that ends is fetched, for whom, and what becomes of a failure. */
@Scenario("L182")
final class RefreshingTest {
  private static final long LIFE = 1_000_000;

  private record Ending(int number, long end) {}

  private final HandClock clock = new HandClock();
  private final AtomicInteger fetched = new AtomicInteger();
  private final Queue<Runnable> background = new ArrayDeque<>();
  private volatile boolean isDown;
  private long life = LIFE;

  private Refreshing<Ending> refreshing() {
    return new Refreshing<>("ending", this::fetch, Ending::end, clock, () -> 1, background::add);
  }

  private Ending fetch() {
    if (isDown) {
      throw new RetriableException("down", SendOutcome.NOT_SENT, null);
    }
    long end = life == Long.MAX_VALUE ? life : clock.wallMillis() + life;
    return new Ending(fetched.incrementAndGet(), end);
  }

  private void runBackground() {
    for (Runnable work = background.poll(); work != null; work = background.poll()) {
      work.run();
    }
  }

  @Test
  void one_serves_all_until_its_window() {
    Refreshing<Ending> refreshing = refreshing();

    Ending first = refreshing.get();
    clock.pass(849_999);

    assertThat(refreshing.get()).isSameAs(first);
    assertThat(background).isEmpty();
  }

  @Test
  void in_its_window_it_is_replaced_in_the_background_and_nobody_waits() {
    Refreshing<Ending> refreshing = refreshing();
    Ending first = refreshing.get();
    clock.pass(850_000);

    assertThat(refreshing.get()).isSameAs(first);
    assertThat(refreshing.get()).isSameAs(first);
    assertThat(background).as("one fetch under way").hasSize(1);
    runBackground();

    assertThat(refreshing.get().number()).isEqualTo(2);
    assertThat(background).isEmpty();
  }

  @Test
  void after_its_end_it_is_fetched_by_who_asks() {
    Refreshing<Ending> refreshing = refreshing();
    refreshing.get();
    clock.pass(LIFE);

    assertThat(refreshing.get().number()).isEqualTo(2);
  }

  @Test
  void one_without_a_known_end_is_not_kept() {
    life = Long.MAX_VALUE;
    Refreshing<Ending> refreshing = refreshing();

    assertThat(refreshing.get()).isNotEqualTo(refreshing.get());
  }

  @Test
  void a_refused_one_is_forgotten_but_not_its_successor() {
    Refreshing<Ending> refreshing = refreshing();
    Ending first = refreshing.get();

    refreshing.drop(first);
    Ending second = refreshing.get();
    refreshing.drop(first);

    assertThat(second.number()).isEqualTo(2);
    assertThat(refreshing.get()).isSameAs(second);
  }

  @Test
  void a_failure_is_told_to_who_waits_and_forgotten() {
    Refreshing<Ending> refreshing = refreshing();
    isDown = true;
    assertThatThrownBy(refreshing::get).isInstanceOf(RetriableException.class);

    isDown = false;

    assertThat(refreshing.get().number()).isEqualTo(1);
  }

  @Test
  void a_failure_ahead_of_the_end_keeps_the_last_one_and_warns_once() {
    Refreshing<Ending> refreshing = refreshing();
    Ending first = refreshing.get();
    isDown = true;
    clock.pass(850_000);

    for (int i = 0; i < 3; i++) {
      assertThat(refreshing.get()).isSameAs(first);
      assertThat(background).hasSize(1);
      runBackground();
      assertThat(refreshing.get()).isSameAs(first);
      assertThat(background).as("it waits before the next try").isEmpty();
      clock.pass(10_000);
    }

    assertThat(Warnings.take(line -> line.contains("ending could not be had")))
        .singleElement()
        .asString()
        .contains("good for 150 s more", "next try in 10 s", "down");
    isDown = false;
    refreshing.get();
    runBackground();
    assertThat(refreshing.get().number()).isEqualTo(2);
  }

  @Test
  void many_who_ask_at_once_wait_for_one_fetch() throws Exception {
    CountDownLatch allAsk = new CountDownLatch(8);
    CountDownLatch mayGo = new CountDownLatch(1);
    Refreshing<Ending> refreshing =
        new Refreshing<>(
            "ending",
            () -> {
              awaitQuietly(mayGo);
              return fetch();
            },
            Ending::end,
            clock,
            () -> 0,
            background::add);
    ExecutorService askers = Executors.newFixedThreadPool(8);
    List<CompletableFuture<Ending>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      answers.add(
          CompletableFuture.supplyAsync(
              () -> {
                allAsk.countDown();
                return refreshing.get();
              },
              askers));
    }
    allAsk.await();

    mayGo.countDown();

    for (CompletableFuture<Ending> answer : answers) {
      assertThat(answer.get().number()).isEqualTo(1);
    }
    assertThat(fetched).hasValue(1);
    askers.shutdown();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }
}
