package io.ottla.internal.cluster.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.Attempt;
import io.ottla.error.BrokerUnreachableException;
import io.ottla.error.ConnectPhase;
import io.ottla.error.ConnectionLostException;
import io.ottla.error.SendOutcome;
import io.ottla.protocol.message.ErrorCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Attempts are told compactly: what is the same is counted. */
final class AttemptsTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Attempts attempts = new Attempts();

  private static BrokerUnreachableException unreachable(ConnectPhase phase) {
    return new BrokerUnreachableException("no way", phase, null);
  }

  @Test
  void what_ended_alike_at_one_place_is_counted() {
    for (int i = 1; i <= 12; i++) {
      attempts.failed("localhost:9092", unreachable(ConnectPhase.TCP), "refused", i * SECOND);
    }
    for (int i = 1; i <= 3; i++) {
      attempts.failed(
          "broker2:9093", unreachable(ConnectPhase.TLS), "TLS certificate expired", i * SECOND);
    }
    attempts.refused("broker 3 at c:9092", ErrorCode.NOT_CONTROLLER, 13 * SECOND);

    List<Attempt> tried = attempts.since(0, 13 * SECOND + SECOND / 10 * 9);

    assertThat(Attempts.text(tried))
        .isEqualTo(
            "localhost:9092 refused 12 times (last 1.9 s ago); "
                + "broker2:9093 TLS certificate expired 3 times (last 10.9 s ago); "
                + "broker 3 at c:9092 said NOT_CONTROLLER once (last 900 ms ago)");
    assertThat(tried).extracting(Attempt::count).containsExactly(12, 3, 1);
  }

  @Test
  void only_what_happened_since_then_is_told() {
    attempts.failed("a:1", unreachable(ConnectPhase.DNS), "unknown host", SECOND);
    attempts.failed("b:1", unreachable(ConnectPhase.TCP), null, 3 * SECOND);

    assertThat(attempts.since(2 * SECOND, 4 * SECOND))
        .containsExactly(new Attempt("b:1", "unreachable (tcp: no way)", 1, Duration.ofSeconds(1)));
  }

  @Test
  void it_never_grows_beyond_its_bound() {
    for (int i = 0; i < 1000; i++) {
      attempts.failed(
          "broker" + i, new ConnectionLostException("gone", SendOutcome.UNKNOWN, null), null, i);
    }

    assertThat(attempts.since(0, 1000)).hasSize(16);
    assertThat(attempts.since(0, 1000).get(15).where()).isEqualTo("broker999");
  }
}
