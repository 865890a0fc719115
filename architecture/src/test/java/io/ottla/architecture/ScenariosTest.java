package io.ottla.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import io.ottla.architecture.ScenarioTable.Named;
import io.ottla.testkit.scenario.Scenario;
import io.ottla.testkit.scenario.ScenarioResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Gathers what the tests of all modules have left, and writes the table of covered scenarios. */
class ScenariosTest {
  /** Its tests run small classes with scenarios, some of which are to fail. */
  private static final String MECHANISM = Scenario.class.getPackageName();

  private static final ScenarioTable TABLE = new ScenarioTable();

  @BeforeAll
  static void gather() throws IOException {
    for (String module : House.ALL) {
      List<ScenarioResult> results =
          ScenarioResult.readAll(House.target(module).resolve("scenarios"));
      JavaClasses tests = House.testsOf(module);
      results.stream()
          .filter(result -> tests.contain(className(result)))
          .forEach(result -> TABLE.add(module, result));
      tests.stream()
          .filter(type -> !type.getPackageName().equals(MECHANISM))
          .forEach(type -> addWithoutResult(module, type, results));
    }
    Path report = Path.of("target", "reports", "scenarios.md");
    Files.createDirectories(report.getParent());
    Files.writeString(report, TABLE.toMarkdown());
  }

  @Test
  void the_tests_have_left_results() {
    assertThat(TABLE.passed()).hasSizeGreaterThan(20);
  }

  @Test
  void no_test_of_a_scenario_failed() {
    assertThat(TABLE.failed()).isEmpty();
  }

  /** A scenario that the class or a test of it names counts as run if there is any result of it. */
  private static void addWithoutResult(
      String module, JavaClass type, List<ScenarioResult> results) {
    if (!type.getModifiers().contains(JavaModifier.ABSTRACT)) {
      add(module, type.getName(), type, results, result -> isOf(type, className(result)));
    }
    for (JavaMethod method : type.getMethods()) {
      String test = type.getName() + "#" + method.getName();
      add(module, test, method, results, result -> result.test().equals(test));
    }
  }

  private static void add(
      String module,
      String name,
      CanBeAnnotated named,
      List<ScenarioResult> results,
      Predicate<ScenarioResult> isItsResult) {
    if (named.isAnnotatedWith(Scenario.class)) {
      for (String id : annotation(named).value()) {
        if (results.stream()
            .noneMatch(result -> result.scenario().equals(id) && isItsResult.test(result))) {
          TABLE.addWithoutResult(new Named(id, module, name));
        }
      }
    }
  }

  private static Scenario annotation(CanBeAnnotated named) {
    return named instanceof JavaClass type
        ? type.getAnnotationOfType(Scenario.class)
        : ((JavaMethod) named).getAnnotationOfType(Scenario.class);
  }

  /** Results carry the class that declares the test: this one, one it inherits, or one in it. */
  private static boolean isOf(JavaClass type, String declaring) {
    return type.isAssignableTo(declaring) || declaring.startsWith(type.getName() + "$");
  }

  private static String className(ScenarioResult result) {
    return result.test().substring(0, result.test().indexOf('#'));
  }
}
