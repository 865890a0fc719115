package io.ottla.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.architecture.ScenarioTable.Named;
import io.ottla.testkit.scenario.ScenarioResult;
import io.ottla.testkit.scenario.ScenarioResult.Outcome;
import org.junit.jupiter.api.Test;

class ScenarioTableTest {
  private final ScenarioTable table = new ScenarioTable();

  @Test
  void covered_is_what_a_test_stages_that_passed_in_all_its_runs() {
    add("G1", "a.T#passes", Outcome.PASSED);
    add("G2", "a.T#one_parameter_fails", Outcome.PASSED);
    add("G2", "a.T#one_parameter_fails", Outcome.FAILED);
    add("G3", "a.T#aborts", Outcome.ABORTED);
    add("G4", "a.T#is_disabled", Outcome.DISABLED);
    add("G5", "a.T#one_parameter_does_not_apply", Outcome.PASSED);
    add("G5", "a.T#one_parameter_does_not_apply", Outcome.ABORTED);

    assertThat(table.covered()).containsExactly("G1");
    assertThat(table.failed()).containsExactly(new Named("G2", "m", "a.T#one_parameter_fails"));
  }

  @Test
  void a_test_that_fails_uncovers_its_scenarios_and_one_that_was_not_run_does_not() {
    add("G1", "a.T#passes", Outcome.PASSED);
    add("G1", "a.T#fails", Outcome.FAILED);
    add("G2", "a.T#passes", Outcome.PASSED);
    add("G2", "a.T#aborts", Outcome.ABORTED);

    assertThat(table.covered()).containsExactly("G2");
  }

  @Test
  void the_same_name_in_two_modules_is_two_tests() {
    table.add("one", new ScenarioResult("G1", "a.T#t", Outcome.PASSED));
    table.add("two", new ScenarioResult("G1", "a.T#t", Outcome.ABORTED));

    assertThat(table.passed()).containsExactly(new Named("G1", "one", "a.T#t"));
  }

  @Test
  void the_table_has_a_row_for_each_id_in_the_order_of_the_checklists() {
    add("L3", "a.b.T#stages", Outcome.PASSED);
    add("G10", "a.b.T#stages", Outcome.PASSED);
    add("G9", "a.b.T$Inner#stages", Outcome.PASSED);
    add("G9", "a.b.T$Inner#stages", Outcome.PASSED);
    add("G9", "a.b.T#too", Outcome.PASSED);
    add("L4", "a.b.T#fails", Outcome.FAILED);
    table.addWithoutResult(new Named("L1", "m", "a.b.Long#takes_minutes"));

    assertThat(table.toMarkdown())
        .isEqualTo(
            """
            # Scenarios

            Of the reliability checklists' ids, the tests of this build cover 2 of G1–G100 and 1 of L1–L200.

            | id | module | tests that passed |
            |---|---|---|
            | G9 | m | T.too<br>T.Inner.stages |
            | G10 | m | T.stages |
            | L3 | m | T.stages |

            ## Named by tests that do not count

            | id | module | test | why |
            |---|---|---|---|
            | L1 | m | Long.takes_minutes | not run |
            | L4 | m | T.fails | failed |
            """);
  }

  private void add(String id, String test, Outcome outcome) {
    table.add("m", new ScenarioResult(id, test, outcome));
  }
}
