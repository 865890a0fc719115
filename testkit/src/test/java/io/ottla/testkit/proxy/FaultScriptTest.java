package io.ottla.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class FaultScriptTest extends ProxyTestBase {
  private static final FaultScript OUTAGE =
      FaultScript.empty()
          .afterBytes(Direction.TO_BROKER, 1_000, FaultProxy::cut)
          .then(FaultProxy::refuse)
          .after(Duration.ofSeconds(2), FaultProxy::heal);

  @Test
  void steps_come_at_their_byte_and_their_time() throws Exception {
    Ends first = open();
    Ends second = open();
    ScriptRun run = proxy.play(OUTAGE.times(2));
    write(first.client(), bytes(999));
    expect(first.broker(), bytes(999));
    assertThat(run.stepsDone()).isZero();

    write(second.client(), bytes(10));

    assertThat(second.broker().getInputStream().readAllBytes()).as("byte 1000").hasSize(1);
    expectEnd(first.broker());
    assertThat(run.stepsDone()).isEqualTo(2);
    assertThatThrownBy(this::dial).isInstanceOf(ConnectException.class);
    clock.advance(Duration.ofMillis(1_999));
    assertThatThrownBy(this::dial).isInstanceOf(ConnectException.class);
    clock.advance(Duration.ofMillis(1));
    Socket again = dial();
    Socket broker = answer();

    write(again, bytes(2_000));
    assertThat(broker.getInputStream().readAllBytes()).hasSize(1_000);
    assertThat(run.isDone()).isFalse();
    clock.advance(Duration.ofSeconds(2));
    run.await(PATIENCE);
    assertThat(run.stepsDone()).isEqualTo(6);
  }

  @Test
  void steps_that_became_due_together_each_see_their_own_time() throws Exception {
    AtomicLong between = new AtomicLong();
    FaultScript script =
        FaultScript.empty()
            .after(Duration.ofSeconds(1), FaultProxy::refuse)
            .after(Duration.ofSeconds(1), it -> between.incrementAndGet())
            .after(Duration.ofSeconds(1), it -> between.incrementAndGet());
    ScriptRun run = proxy.play(script);

    clock.advance(Duration.ofMillis(2_500));

    assertThat(between).hasValue(1);
    assertThat(run.stepsDone()).isEqualTo(2);
  }

  @Test
  void a_cancelled_script_takes_no_further_step() throws Exception {
    Ends ends = open();
    ScriptRun run = proxy.play(OUTAGE);

    run.cancel();
    write(ends.client(), bytes(2_000));

    expect(ends.broker(), bytes(2_000));
    assertThatThrownBy(() -> run.await(PATIENCE))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("the script was cancelled");
    assertThat(run.stepsDone()).isZero();
  }

  @Test
  void a_step_that_throws_ends_the_script_and_says_so() {
    ScriptRun run =
        proxy.play(
            FaultScript.empty()
                .then(
                    it -> {
                      throw new IllegalArgumentException("on purpose");
                    })
                .then(FaultProxy::refuse));

    assertThatThrownBy(() -> run.await(PATIENCE))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("on purpose");
    assertThat(run.stepsDone()).isZero();
  }

  @Test
  void waiting_in_vain_says_how_far_it_came() {
    ScriptRun run = proxy.play(OUTAGE);

    assertThatThrownBy(() -> run.await(Duration.ofMillis(1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("0 of 3 steps");
  }

  @Test
  void a_script_ends_with_its_proxy() {
    ScriptRun run = proxy.play(OUTAGE);

    proxy.close();

    assertThatThrownBy(() -> run.await(PATIENCE))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("the proxy was closed before the script had ended");
  }

  @Test
  void steps_that_cannot_be_are_refused() {
    assertThatThrownBy(() -> FaultScript.empty().after(Duration.ofNanos(-1), FaultProxy::cut))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FaultScript.empty().afterBytes(Direction.BOTH, -1, FaultProxy::cut))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OUTAGE.times(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
