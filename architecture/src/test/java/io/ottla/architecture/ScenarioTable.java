package io.ottla.architecture;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.joining;

import io.ottla.testkit.scenario.ScenarioResult;
import io.ottla.testkit.scenario.ScenarioResult.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Which scenarios are covered: those that a test stages which passed, in all its runs, and that no
 * test stages which failed.
 */
final class ScenarioTable {
  /** How many ids the checklists have. */
  private static final Map<Character, Integer> CHECKLISTS =
      new TreeMap<>(Map.of('G', 100, 'L', 200));

  /**
   * A test that names a scenario, or a class that does.
   *
   * @param name of the class, for a test followed by {@code #} and the method's name
   */
  record Named(String scenario, String module, String name) {
    String shortName() {
      return name.substring(name.lastIndexOf('.') + 1).replace('$', '.').replace('#', '.');
    }
  }

  private static final Comparator<Named> ORDER =
      comparing((Named test) -> test.scenario().charAt(0))
          .thenComparingInt(test -> Integer.parseInt(test.scenario().substring(1)))
          .thenComparing(Named::module)
          .thenComparing(Named::name);

  private final Map<Named, Set<Outcome>> outcomes = new TreeMap<>(ORDER);
  private final List<Named> withoutResult = new ArrayList<>();

  void add(String module, ScenarioResult result) {
    outcomes
        .computeIfAbsent(
            new Named(result.scenario(), module, result.test()),
            absent -> EnumSet.noneOf(Outcome.class))
        .add(result.outcome());
  }

  /** A test that names a scenario and was not run. */
  void addWithoutResult(Named test) {
    withoutResult.add(test);
  }

  List<Named> failed() {
    return tests(outcomes -> outcomes.contains(Outcome.FAILED));
  }

  List<Named> passed() {
    return tests(Set.of(Outcome.PASSED)::equals);
  }

  /** Ids, in their order. */
  List<String> covered() {
    List<String> failed = failed().stream().map(Named::scenario).toList();
    return passed().stream()
        .map(Named::scenario)
        .distinct()
        .filter(scenario -> !failed.contains(scenario))
        .toList();
  }

  String toMarkdown() {
    return """
    # Scenarios

    Of the reliability checklists' ids, the tests of this build cover %s.

    | id | module | tests that passed |
    |---|---|---|
    %s
    ## Named by tests that do not count

    | id | module | test | why |
    |---|---|---|---|
    %s\
    """
        .formatted(counts(), coveredRows(), otherRows());
  }

  private String counts() {
    List<String> covered = covered();
    return CHECKLISTS.entrySet().stream()
        .map(
            list ->
                "%d of %s1–%<s%d"
                    .formatted(
                        covered.stream().filter(id -> id.charAt(0) == list.getKey()).count(),
                        list.getKey(),
                        list.getValue()))
        .collect(joining(" and "));
  }

  private String coveredRows() {
    List<String> covered = covered();
    Map<String, List<Named>> rows = new TreeMap<>(comparingInt(covered::indexOf));
    for (Named test : passed()) {
      if (covered.contains(test.scenario())) {
        rows.computeIfAbsent(test.scenario(), absent -> new ArrayList<>()).add(test);
      }
    }
    StringBuilder text = new StringBuilder();
    rows.forEach((id, tests) -> text.append(coveredRow(id, tests)));
    return text.toString();
  }

  private static String coveredRow(String id, List<Named> tests) {
    String modules = tests.stream().map(Named::module).distinct().collect(joining(", "));
    String names = tests.stream().map(Named::shortName).collect(joining("<br>"));
    return "| %s | %s | %s |\n".formatted(id, modules, names);
  }

  private String otherRows() {
    Map<Named, String> others = new TreeMap<>(ORDER);
    withoutResult.forEach(test -> others.put(test, "not run"));
    outcomes.forEach(
        (test, seen) -> {
          if (!seen.equals(Set.of(Outcome.PASSED))) {
            others.put(
                test,
                seen.stream()
                    .map(outcome -> outcome.name().toLowerCase(Locale.ROOT))
                    .collect(joining(", ")));
          }
        });
    StringBuilder text = new StringBuilder();
    others.forEach(
        (test, why) ->
            text.append(
                "| %s | %s | %s | %s |\n"
                    .formatted(test.scenario(), test.module(), test.shortName(), why)));
    return text.toString();
  }

  private List<Named> tests(Predicate<Set<Outcome>> which) {
    return outcomes.entrySet().stream()
        .filter(entry -> which.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
