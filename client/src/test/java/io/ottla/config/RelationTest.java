package io.ottla.config;

import static io.ottla.config.ConnectionKeys.CALL_TIMEOUT;
import static io.ottla.config.ConnectionKeys.RECONNECT_BACKOFF;
import static io.ottla.config.ConnectionKeys.RECONNECT_BACKOFF_MAX;
import static io.ottla.config.ConnectionKeys.REQUEST_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.error.ConfigException;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Scenario({"L4", "G100"})
final class RelationTest {
  private final OptionDraft draft = new OptionDraft(OptionTable.CLUSTER);

  @ParameterizedTest
  @CsvSource({
    "request.timeout.ms, 61s, default.api.timeout.ms, 60s",
    "reconnect.backoff, 2s, reconnect.backoff.max, 1s",
    "retry.backoff.ms, 2, retry.backoff.max.ms, 1",
  })
  void what_must_not_be_longer_is_told_with_what_it_is_longer_than(
      String low, String lowest, String high, String highest) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put(low, lowest);
    values.put(high, highest);
    draft.load(values, "f:1");

    assertThatThrownBy(draft::build)
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            low
                + " = "
                + lowest
                + " (f:1) is not accepted: at most "
                + high
                + " = "
                + highest
                + " (f:1)");
  }

  @Test
  void equal_ones_are_accepted() {
    draft.put(RECONNECT_BACKOFF, Duration.ofSeconds(2));
    draft.put(RECONNECT_BACKOFF_MAX, Duration.ofSeconds(2));

    assertThat(draft.build().get(RECONNECT_BACKOFF)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void a_default_moves_out_of_the_way_of_what_is_given() {
    draft.put(REQUEST_TIMEOUT, Duration.ofMinutes(5));
    draft.put(RECONNECT_BACKOFF_MAX, Duration.ofMillis(10));
    OptionValues values = draft.build();

    assertThat(values.get(CALL_TIMEOUT)).isEqualTo(Duration.ofMinutes(5));
    assertThat(values.get(RECONNECT_BACKOFF)).isEqualTo(Duration.ofMillis(10));
    assertThat(values.get(RECONNECT_BACKOFF_MAX)).isEqualTo(Duration.ofMillis(10));
  }

  @Test
  void a_fixed_pause_and_one_that_grows_are_not_both() {
    draft.set("retry.interval", "1s");
    draft.set("reconnect.backoff.ms", "100");

    assertThatThrownBy(draft::build)
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "retry.interval = 1s is not accepted: not together with reconnect.backoff.ms = 100;"
                + " leave one of them");
  }
}
