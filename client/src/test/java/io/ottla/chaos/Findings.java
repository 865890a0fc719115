package io.ottla.chaos;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What was found wrong: how often, and the first few of each kind. Thread-safe. */
public final class Findings {
  private static final int EXAMPLES = 8;

  @GuardedBy("this")
  private final Map<Finding, List<String>> examples = new EnumMap<>(Finding.class);

  @GuardedBy("this")
  private final Map<Finding, Integer> counts = new EnumMap<>(Finding.class);

  /** Notes one. */
  public synchronized void add(Finding kind, String what) {
    counts.merge(kind, 1, Integer::sum);
    List<String> ofKind = examples.computeIfAbsent(kind, any -> new ArrayList<>());
    if (ofKind.size() < EXAMPLES) {
      ofKind.add(what);
    }
  }

  /** The kinds that were found. */
  public synchronized Set<Finding> kinds() {
    return new TreeSet<>(counts.keySet());
  }

  /** One line per kind and example. */
  @Override
  public synchronized String toString() {
    if (counts.isEmpty()) {
      return "nothing found wrong";
    }
    StringBuilder all = new StringBuilder();
    counts.forEach(
        (kind, count) -> {
          all.append(kind).append(": ").append(count).append('\n');
          examples
              .getOrDefault(kind, List.of())
              .forEach(e -> all.append("  ").append(e).append('\n'));
        });
    return all.toString();
  }
}
