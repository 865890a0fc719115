package io.ottla.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs JMH with its usual options, then prints the results as a Markdown table. "M per CPU second"
 * is what one core would do if nothing else ran on it.
 */
public final class MarkdownReport {
  private static final String ALLOCATION = "gc.alloc.rate.norm";

  private MarkdownReport() {}

  /**
   * @param options those of JMH
   */
  public static void main(String[] options) throws RunnerException, CommandLineOptionException {
    Collection<RunResult> results = new Runner(new CommandLineOptions(options)).run();
    System.out.println();
    System.out.println("| benchmark | with | CPU ns | M per CPU second | ns | ± | B allocated |");
    System.out.println("|---|---|--:|--:|--:|--:|--:|");
    results.stream().map(MarkdownReport::row).forEach(System.out::println);
  }

  private static String row(RunResult result) {
    Result<?> primary = result.getPrimaryResult();
    String name = result.getParams().getBenchmark();
    List<String> path = List.of(name.split("\\.", -1));
    Map<String, String> parameters = new TreeMap<>();
    for (String key : result.getParams().getParamsKeys()) {
      parameters.put(key, result.getParams().getParam(key));
    }
    double cpuNanos = secondary(result, CpuTimeProfiler.NAME);
    return String.format(
        Locale.ROOT,
        "| %s.%s | %s | %.2f | %.1f | %.2f | %.2f | %.2f |",
        path.get(path.size() - 2),
        path.get(path.size() - 1),
        String.join(" ", parameters.values()),
        cpuNanos,
        1000 / cpuNanos,
        primary.getScore(),
        primary.getScoreError(),
        secondary(result, ALLOCATION));
  }

  /** What a profiler measured, or NaN if it was not asked to. */
  private static double secondary(RunResult result, String name) {
    Result<?> secondary = result.getSecondaryResults().get(name);
    return secondary == null ? Double.NaN : secondary.getScore();
  }
}
