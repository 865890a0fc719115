package io.ottla.testkit.scenario;

import static io.ottla.testkit.scenario.ScenarioResult.Outcome.ABORTED;
import static io.ottla.testkit.scenario.ScenarioResult.Outcome.DISABLED;
import static io.ottla.testkit.scenario.ScenarioResult.Outcome.FAILED;
import static io.ottla.testkit.scenario.ScenarioResult.Outcome.PASSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Runs the small test classes below, which are not picked up by themselves. */
final class ScenarioTest {
  @TempDir private Path directory;

  @Test
  void each_outcome_is_told() throws IOException {
    run(EachOutcome.class);

    assertThat(ScenarioResult.readAll(directory))
        .containsExactlyInAnyOrder(
            result("G1", EachOutcome.class, "passes", PASSED),
            result("L200", EachOutcome.class, "passes", PASSED),
            result("G2", EachOutcome.class, "fails", FAILED),
            result("G3", EachOutcome.class, "aborts", ABORTED),
            result("G4", EachOutcome.class, "is_disabled", DISABLED));
  }

  @Test
  void what_fails_after_the_test_fails_the_test() throws IOException {
    run(FailsAfterwards.class);

    assertThat(ScenarioResult.readAll(directory))
        .containsExactly(result("G5", FailsAfterwards.class, "passes", FAILED));
  }

  @Test
  void each_parameter_is_a_result() throws IOException {
    run(Parameters.class);

    assertThat(ScenarioResult.readAll(directory))
        .containsExactly(
            result("G6", Parameters.class, "is_even", PASSED),
            result("G6", Parameters.class, "is_even", FAILED),
            result("G6", Parameters.class, "is_even", PASSED));
  }

  @Test
  void a_class_speaks_for_its_tests_and_for_those_nested_in_it() throws IOException {
    run(Outer.class);

    assertThat(ScenarioResult.readAll(directory))
        .containsExactlyInAnyOrder(
            result("G7", Outer.class, "outside", PASSED),
            result("G7", Outer.Inner.class, "inside", PASSED),
            result("G8", Outer.Inner.class, "inside", PASSED),
            result("G9", Outer.Inner.class, "inside", PASSED));
  }

  @Test
  void an_inherited_test_is_named_by_the_class_that_declares_it() throws IOException {
    run(One.class, Other.class);

    assertThat(ScenarioResult.readAll(directory))
        .containsExactlyInAnyOrder(
            result("G10", Base.class, "is_inherited", PASSED),
            result("G11", Base.class, "is_inherited", PASSED),
            result("G10", Base.class, "is_inherited", FAILED),
            result("G12", Base.class, "is_inherited", FAILED));
  }

  @Test
  void ids_of_another_form_fail_the_test() throws IOException {
    Events tests = run(Malformed.class);

    assertThat(messages(tests))
        .hasSize(7)
        .allSatisfy(message -> assertThat(message).contains("must be G1 to G100 or L1 to L200"));
    assertThat(ScenarioResult.readAll(directory)).isEmpty();
  }

  @Test
  void no_id_fails_the_test() {
    assertThat(messages(run(NoId.class))).singleElement().asString().contains("names no id");
  }

  @Test
  void dynamic_tests_are_refused() {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(Factory.class))
        .configurationParameter(ScenarioWatcher.DIRECTORY, directory.toString())
        .execute()
        .containerEvents()
        .failed()
        .assertThatEvents()
        .hasSize(1);
  }

  @Test
  void what_cannot_be_written_fails_the_test() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    Events tests =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(Parameters.class))
            .configurationParameter(ScenarioWatcher.DIRECTORY, file.toString())
            .execute()
            .testEvents();

    assertThat(messages(tests)).hasSize(3).allMatch(message -> message.contains("cannot write"));
  }

  @Test
  void results_of_other_processes_are_read_and_a_module_may_have_none() throws IOException {
    Files.writeString(directory.resolve("1.tsv"), "G1\tPASSED\ta.B#c\n");
    Files.writeString(directory.resolve("2.tsv"), "L1\tFAILED\ta.B#d\n");
    Files.writeString(directory.resolve("notes.txt"), "not a result\n");

    assertThat(ScenarioResult.readAll(directory))
        .containsExactlyInAnyOrder(
            new ScenarioResult("G1", "a.B#c", PASSED), new ScenarioResult("L1", "a.B#d", FAILED));
    assertThat(ScenarioResult.readAll(directory.resolve("absent"))).isEmpty();
  }

  private Events run(Class<?>... classes) {
    EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter");
    kit.configurationParameter(ScenarioWatcher.DIRECTORY, directory.toString());
    for (Class<?> type : classes) {
      kit.selectors(selectClass(type));
    }
    return kit.execute().testEvents();
  }

  private static ScenarioResult result(
      String id, Class<?> type, String method, ScenarioResult.Outcome outcome) {
    return new ScenarioResult(id, type.getName() + "#" + method, outcome);
  }

  private static List<String> messages(Events tests) {
    Stream<Event> failed = tests.failed().stream();
    return failed
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .map(result -> result.getThrowable().orElseThrow().getMessage())
        .toList();
  }

  static final class EachOutcome {
    @Test
    @Scenario({"G1", "L200"})
    void passes() {}

    @Test
    @Scenario("G2")
    void fails() {
      throw new AssertionError();
    }

    @Test
    @Scenario("G3")
    void aborts() {
      abort();
    }

    @Test
    @Scenario("G4")
    @Disabled
    void is_disabled() {}

    @Test
    void stages_nothing() {}
  }

  static final class FailsAfterwards {
    @Test
    @Scenario("G5")
    void passes() {}

    @AfterEach
    void finds_something() {
      assertThat(this).isNull();
    }
  }

  static final class Parameters {
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    @Scenario("G6")
    void is_even(int number) {
      assertThat(number).isEven();
    }
  }

  @Scenario("G7")
  static final class Outer {
    @Test
    void outside() {}

    @Nested
    @Scenario("G8")
    final class Inner {
      @Test
      @Scenario("G9")
      void inside() {}
    }
  }

  abstract static class Base {
    @Test
    @Scenario("G10")
    void is_inherited() {
      assertThat(this).isInstanceOf(One.class);
    }
  }

  @Scenario("G11")
  static final class One extends Base {}

  @Scenario("G12")
  static final class Other extends Base {}

  static final class Malformed {
    @Test
    @Scenario("G0")
    void g0() {}

    @Test
    @Scenario("G101")
    void g101() {}

    @Test
    @Scenario("L201")
    void l201() {}

    @Test
    @Scenario("L05")
    void l05() {}

    @Test
    @Scenario("g5")
    void lower_case() {}

    @Test
    @Scenario("G5, L19")
    void two_in_one() {}

    @Test
    @Scenario("")
    void empty() {}
  }

  static final class NoId {
    @Test
    @Scenario({})
    void names_nothing() {}
  }

  static final class Factory {
    @TestFactory
    @Scenario("G13")
    List<DynamicTest> makes_tests() {
      return List.of(DynamicTest.dynamicTest("one", () -> {}));
    }
  }
}
