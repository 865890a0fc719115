package io.ottla.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BatchStateTest {
  @Test
  void every_state_is_reached_and_only_the_last_is_final() {
    assertThat(BatchState.values())
        .filteredOn(state -> Arrays.stream(BatchState.values()).anyMatch(s -> s.mayBecome(state)))
        .containsExactly(BatchState.SEALED, BatchState.RELEASED);
    assertThat(BatchState.values())
        .filteredOn(state -> Arrays.stream(BatchState.values()).noneMatch(state::mayBecome))
        .containsExactly(BatchState.RELEASED);
  }

  @ParameterizedTest
  @EnumSource(BatchState.class)
  void no_state_becomes_itself_or_open(BatchState state) {
    assertThat(state.mayBecome(state)).isFalse();
    assertThat(state.mayBecome(BatchState.OPEN)).isFalse();
  }

  @Test
  void an_illegal_move_says_what_was_tried_and_changes_nothing() {
    BatchLife life = new BatchLife();
    life.moveTo(BatchState.RELEASED, "given up");

    assertThatIllegalStateException()
        .isThrownBy(() -> life.moveTo(BatchState.SEALED, "too late"))
        .withMessageContainingAll("RELEASED", "SEALED", "too late");
    assertThat(life.state()).isEqualTo(BatchState.RELEASED);
  }
}
