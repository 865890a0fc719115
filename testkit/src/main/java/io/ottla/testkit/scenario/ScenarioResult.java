package io.ottla.testkit.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How one run of a test ended that stages a scenario. A test has several results if it has
 * parameters, or if several classes inherit it.
 *
 * @param scenario the id, such as {@code G5}
 * @param test the class that declares the test, {@code #}, and the method's name
 * @param outcome how it ended
 */
public record ScenarioResult(String scenario, String test, Outcome outcome) {
  /** How a test ended. */
  public enum Outcome {
    /** It ran to its end and found nothing wrong. */
    PASSED,
    /** It found something. */
    FAILED,
    /** It found that it does not apply here. */
    ABORTED,
    /** It was not run. */
    DISABLED
  }

  private static final Pattern ID = Pattern.compile("G([1-9]\\d?|100)|L([1-9]\\d?|1\\d\\d|200)");
  private static final String SUFFIX = ".tsv";

  /** Checks the id. */
  public ScenarioResult {
    if (!isId(scenario)) {
      throw new IllegalArgumentException("no id of a scenario: " + scenario);
    }
  }

  /**
   * All results that the tests of a module have left.
   *
   * @param directory the module's {@code target/scenarios}; may be absent
   * @return in no particular order
   * @throws IOException if they cannot be read
   */
  public static List<ScenarioResult> readAll(Path directory) throws IOException {
    List<ScenarioResult> results = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
          Files.readAllLines(file).forEach(line -> results.add(parse(line)));
        }
      }
    }
    return results;
  }

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** Where this process adds its results. */
  static Path file(Path directory) {
    return directory.resolve(ProcessHandle.current().pid() + SUFFIX);
  }

  String toLine() {
    return scenario + "\t" + outcome + "\t" + test + "\n";
  }

  private static ScenarioResult parse(String line) {
    String[] parts = line.split("\t", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("no result of a scenario: " + line);
    }
    return new ScenarioResult(parts[0], parts[2], Outcome.valueOf(parts[1]));
  }
}
