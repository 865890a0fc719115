package io.ottla.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LedgerTest {
  private final Ledger ledger = new Ledger(100);

  @Test
  void who_finds_no_room_waits_until_there_is_some() throws Exception {
    ledger.take(60);
    CountDownLatch began = new CountDownLatch(1);
    FutureTask<Boolean> second =
        new FutureTask<>(
            () -> {
              began.countDown();
              ledger.take(60);
              return true;
            });
    Thread thread = new Thread(second);
    thread.start();
    began.await();
    awaitWaiting(thread);

    ledger.delivered(7, 60);

    assertThat(second.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(ledger.delivered()).isEqualTo(7);
  }

  @Test
  void what_is_larger_than_all_room_goes_when_it_is_empty() throws Exception {
    ledger.take(1_000);
    ledger.delivered(1, 1_000);

    assertThat(ledger.awaitEnd(10_000)).isEqualTo(new WriteReport(1, 0, 0, null));
  }

  @Test
  void a_failure_ends_the_waiting_and_the_first_reason_counts() throws Exception {
    ledger.take(60);
    ledger.failed(3, 60, true, "first");
    ledger.failedEarly(2, "second");

    assertThatThrownBy(() -> ledger.take(1))
        .isInstanceOf(WriteFailedException.class)
        .hasMessage("first");
    assertThat(ledger.awaitEnd(10_000)).isEqualTo(new WriteReport(0, 5, 3, "first"));
  }

  @Test
  void the_end_is_not_waited_for_longer_than_given() throws Exception {
    ledger.take(60);

    assertThat(ledger.awaitEnd(1)).isEqualTo(new WriteReport(0, 0, 0, null));
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }
}
