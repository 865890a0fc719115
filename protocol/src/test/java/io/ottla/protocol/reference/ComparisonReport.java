package io.ottla.protocol.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** How many messages of each version were compared with each release, as a table for people. */
final class ComparisonReport {
  private final Map<String, Map<ReferenceJar, NavigableMap<Integer, Integer>>> compared =
      new TreeMap<>();

  /** Notes that so many messages were compared and found equal. */
  void add(String ourName, ReferenceJar jar, int version, int messages) {
    compared
        .computeIfAbsent(ourName, name -> new HashMap<>())
        .computeIfAbsent(jar, j -> new TreeMap<>())
        .merge(version, messages, Integer::sum);
  }

  /** {@code Message version} of all that should have been compared and was not. */
  List<String> missing() {
    return ClientApis.inEither().entrySet().stream()
        .flatMap(
            required ->
                required.getValue().stream()
                    .filter(version -> !isCompared(required.getKey(), version))
                    .map(version -> required.getKey() + " " + version))
        .toList();
  }

  void write(Path file, Seed seed) throws IOException {
    StringBuilder text = new StringBuilder("# Compared with kafka-clients, byte for byte\n\n");
    text.append("Seed: `").append(seed).append("`. ");
    text.append("Messages are counted per version: lowest–highest version × messages.\n\n");
    text.append("| message | versions |");
    ReferenceJar.BOTH.forEach(jar -> text.append(" with ").append(jar).append(" |"));
    text.append("\n|---|---|---|---|\n");
    compared.forEach((name, byJar) -> appendRow(text, name, byJar));
    text.append("\n").append(totals()).append("\n");
    text.append("\nBelow a message's highest version, but stable in neither release: ");
    text.append(String.join(", ", ClientApis.versionsOfNobody())).append(".\n");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** One line with all sums. */
  String totals() {
    StringBuilder text = new StringBuilder();
    long requests = compared.keySet().stream().filter(name -> name.endsWith("Request")).count();
    text.append(requests).append(" APIs, ").append(compared.size()).append(" messages");
    for (ReferenceJar jar : ReferenceJar.BOTH) {
      IntSummaryStatistics counts =
          compared.values().stream()
              .flatMap(byJar -> counts(byJar, jar).values().stream())
              .mapToInt(Integer::intValue)
              .summaryStatistics();
      text.append("; with kafka-clients ").append(jar).append(": ");
      text.append(counts.getCount()).append(" versions, ").append(counts.getSum());
      text.append(" comparisons");
    }
    return text.append('.').toString();
  }

  private boolean isCompared(String name, int version) {
    Map<ReferenceJar, NavigableMap<Integer, Integer>> byJar = compared.getOrDefault(name, Map.of());
    return ReferenceJar.BOTH.stream()
        .anyMatch(jar -> counts(byJar, jar).getOrDefault(version, 0) > 0);
  }

  private static void appendRow(
      StringBuilder text, String name, Map<ReferenceJar, NavigableMap<Integer, Integer>> byJar) {
    IntSummaryStatistics versions =
        byJar.values().stream()
            .flatMap(counts -> counts.keySet().stream())
            .mapToInt(Integer::intValue)
            .summaryStatistics();
    text.append("| ").append(name).append(" | ");
    text.append(new Versions(versions.getMin(), versions.getMax())).append(" |");
    for (ReferenceJar jar : ReferenceJar.BOTH) {
      text.append(' ').append(cell(counts(byJar, jar))).append(" |");
    }
    text.append('\n');
  }

  private static String cell(NavigableMap<Integer, Integer> counts) {
    if (counts.isEmpty()) {
      return "–";
    }
    IntSummaryStatistics each =
        counts.values().stream().mapToInt(Integer::intValue).summaryStatistics();
    String range = each.getMin() == each.getMax() ? "" : each.getMin() + "–";
    return new Versions(counts.firstKey(), counts.lastKey()) + " × " + range + each.getMax();
  }

  private static NavigableMap<Integer, Integer> counts(
      Map<ReferenceJar, NavigableMap<Integer, Integer>> byJar, ReferenceJar jar) {
    return byJar.getOrDefault(jar, new TreeMap<>());
  }
}
