package io.ottla.internal.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.internal.runtime.ManualLoop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private final ManualLoop loop = new ManualLoop();
  private final Rounds rounds = new Rounds(loop);
  private final List<String> over = new ArrayList<>();

  @Test
  void a_round_with_nobody_is_over_at_once() {
    rounds.whenOver(() -> over.add("empty"));

    assertThat(over).containsExactly("empty");
  }

  @Test
  void a_round_is_over_when_all_who_joined_before_have_left_whoever_joins_later() {
    Rounds.Round early = rounds.join();
    Rounds.Round early2 = rounds.join();
    rounds.whenOver(() -> over.add("first"));
    Rounds.Round late = rounds.join();

    rounds.leave(early);
    assertThat(over).isEmpty();
    rounds.leave(early2);
    assertThat(over).containsExactly("first");

    rounds.whenOver(() -> over.add("second"));
    assertThat(over).containsExactly("first");
    rounds.leave(late);
    assertThat(over).containsExactly("first", "second");
  }

  @Test
  void a_later_flush_waits_for_earlier_rounds_too() {
    Rounds.Round early = rounds.join();
    rounds.whenOver(() -> over.add("first"));
    rounds.whenOver(() -> over.add("second"));
    assertThat(over).isEmpty();

    rounds.leave(early);

    assertThat(over).containsExactly("first", "second");
  }

  @Test
  void a_batch_that_never_began_holds_nobody_up() {
    Rounds.Round early = rounds.join();
    rounds.whenOver(() -> over.add("over"));

    rounds.abandon(early);
    loop.run();

    assertThat(over).containsExactly("over");
  }
}
