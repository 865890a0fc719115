package io.ottla.internal.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ottla.testkit.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryTest {
  private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Memory memory = new Memory(100);

  /** Somebody who waits on a thread of its own. */
  private final class Asker {
    final CompletableFuture<Boolean> isServed = new CompletableFuture<>();
    final Thread thread;

    Asker(long bytes, long mostNanos) {
      thread =
          new Thread(
              () -> {
                try {
                  isServed.complete(memory.take(bytes, mostNanos));
                } catch (InterruptedException interrupted) {
                  isServed.completeExceptionally(interrupted);
                }
              });
      int before = memory.waiting();
      thread.start();
      await().until(() -> memory.waiting() > before || isServed.isDone());
    }
  }

  @Test
  void what_is_taken_never_passes_the_limit() {
    assertThat(memory.tryTake(60)).isTrue();
    assertThat(memory.tryTake(41)).isFalse();
    assertThat(memory.tryTake(40)).isTrue();
    assertThat(memory.taken()).isEqualTo(100);
  }

  @Test
  void who_came_first_is_served_first_and_nobody_takes_their_room() {
    assertThat(memory.tryTake(100)).isTrue();
    Asker first = new Asker(80, LONG_NANOS);
    Asker second = new Asker(10, LONG_NANOS);

    memory.give(50);
    assertThat(memory.tryTake(10)).as("those who wait come first").isFalse();
    assertThat(second.isServed).as("the first one comes first").isNotDone();
    memory.give(30);

    assertThat(first.isServed.join()).isTrue();
    assertThat(second.isServed).isNotDone();
    memory.give(10);
    assertThat(second.isServed.join()).isTrue();
    assertThat(memory.taken()).isEqualTo(100);
  }

  @Test
  @Scenario("G17")
  void who_is_interrupted_while_waiting_is_in_nobodys_way() {
    assertThat(memory.tryTake(60)).isTrue();
    Asker large = new Asker(90, LONG_NANOS);
    Asker small = new Asker(30, LONG_NANOS);
    assertThat(small.isServed).isNotDone();

    large.thread.interrupt();

    assertThat(small.isServed.join()).isTrue();
    await().until(large.isServed::isCompletedExceptionally);
    assertThat(memory.taken()).isEqualTo(90);
    assertThat(memory.waiting()).isZero();
  }

  @Test
  void who_waited_long_enough_leaves_with_nothing() {
    assertThat(memory.tryTake(100)).isTrue();

    Asker asker = new Asker(1, TimeUnit.MILLISECONDS.toNanos(1));

    assertThat(asker.isServed.join()).isFalse();
    assertThat(memory.waiting()).isZero();
    assertThat(memory.taken()).isEqualTo(100);
  }

  @Test
  void nobody_waits_once_it_is_closed() throws Exception {
    assertThat(memory.tryTake(100)).isTrue();
    Asker asker = new Asker(10, LONG_NANOS);

    memory.close();

    assertThat(asker.isServed.join()).isFalse();
    assertThat(memory.take(1, LONG_NANOS)).isFalse();
  }

  @Test
  void who_wants_to_know_of_room_is_told_once_when_half_is_free() {
    AtomicInteger told = new AtomicInteger();
    assertThat(memory.tryTake(100)).isTrue();
    memory.onRoom(told::incrementAndGet);

    memory.give(40);
    assertThat(told).hasValue(0);
    memory.give(10);
    memory.give(50);

    assertThat(told).hasValue(1);
    memory.onRoom(told::incrementAndGet);
    assertThat(told).as("there is room already").hasValue(2);
  }

  @Test
  void many_takers_and_givers_leave_it_as_it_was() throws Exception {
    AtomicLong most = new AtomicLong();
    CountDownLatch done = new CountDownLatch(4);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      long seed = i;
      threads.add(
          new Thread(
              () -> {
                SplittableRandom random = new SplittableRandom(seed);
                for (int n = 0; n < 2_000; n++) {
                  long bytes = 1 + random.nextLong(60);
                  if (take(bytes)) {
                    most.accumulateAndGet(memory.taken(), Math::max);
                    memory.give(bytes);
                  }
                }
                done.countDown();
              }));
    }
    threads.forEach(Thread::start);

    assertThat(done.await(50, TimeUnit.SECONDS)).isTrue();
    assertThat(memory.taken()).isZero();
    assertThat(memory.waiting()).isZero();
    assertThat(most.get()).isBetween(1L, 100L);
  }

  private boolean take(long bytes) {
    try {
      return memory.tryTake(bytes) || memory.take(bytes, LONG_NANOS);
    } catch (InterruptedException unexpected) {
      return false;
    }
  }
}
