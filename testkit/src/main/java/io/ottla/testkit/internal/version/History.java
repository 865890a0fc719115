package io.ottla.testkit.internal.version;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What became of each of several things over Kafka's releases: a table with a line for each, which
 * begins with its name and goes on with {@code release:value} for each release that changed it; the
 * value {@code none} takes it away.
 */
final class History {
  private static final String GONE = "none";

  private final Map<String, TreeMap<ReleaseNumber, String>> changes = new LinkedHashMap<>();

  private History() {}

  static History parse(String table) {
    History history = new History();
    table.lines().forEach(history::parseLine);
    return history;
  }

  private void parseLine(String line) {
    String[] words = line.trim().split("\\s+", -1);
    TreeMap<ReleaseNumber, String> ofName = new TreeMap<>();
    for (int i = 1; i < words.length; i++) {
      int colon = words[i].indexOf(':');
      ReleaseNumber release = new ReleaseNumber(words[i].substring(0, colon));
      if (!ofName.isEmpty() && release.compareTo(ofName.lastKey()) <= 0) {
        throw new IllegalArgumentException("not in the order of time: " + line);
      }
      ofName.put(release, words[i].substring(colon + 1));
    }
    if (changes.put(words[0], ofName) != null) {
      throw new IllegalArgumentException("twice in the table: " + words[0]);
    }
  }

  /** The names in the order of the table. */
  Iterable<String> names() {
    return changes.keySet();
  }

  /** What held in a release; empty if the release did not have it. */
  Optional<String> at(String name, ReleaseNumber release) {
    return Optional.ofNullable(changes.get(name))
        .map(ofName -> ofName.floorEntry(release))
        .map(Map.Entry::getValue)
        .filter(value -> !value.equals(GONE));
  }
}
