package io.ottla.cli.produce;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Which line of which file a line is, of all lines that were read. Thread-safe. */
final class Places {
  private static final String STANDARD_INPUT = "-";

  private final List<String> files;
  // Guarded by this: the number of the first line of each file that was begun, and its place.
  private final TreeMap<Long, Integer> firstLines = new TreeMap<>(Map.of(1L, 0));

  Places(List<String> files) {
    this.files = files;
  }

  /** A file is over. */
  synchronized void endOfFile(long linesSoFar) {
    int next = firstLines.lastEntry().getValue() + 1;
    firstLines.put(linesSoFar + 1, next);
  }

  /** In words: {@code line 3}, or {@code line 3 of orders.txt} if there are several files. */
  synchronized String describe(long line) {
    Map.Entry<Long, Integer> file = Objects.requireNonNull(firstLines.floorEntry(line));
    String words = "line " + (line - file.getKey() + 1);
    return files.size() < 2 ? words : words + " of " + name(file.getValue());
  }

  private String name(int file) {
    String name = files.get(Math.min(file, files.size() - 1));
    return name.equals(STANDARD_INPUT) ? "standard input" : name;
  }
}
