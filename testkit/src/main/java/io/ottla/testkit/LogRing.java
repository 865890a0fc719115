package io.ottla.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.List;

/** The last lines that a node wrote, without secrets. Thread: any. */
final class LogRing {
  private static final String MASK = "[hidden]";

  private final int capacity;
  private final List<String> secrets;

  @GuardedBy("this")
  private final ArrayDeque<String> lines;

  LogRing(int capacity) {
    this(capacity, List.of());
  }

  /**
   * @param secrets are masked wherever they stand
   */
  LogRing(int capacity, List<String> secrets) {
    this.capacity = capacity;
    this.secrets = List.copyOf(secrets);
    this.lines = new ArrayDeque<>(capacity);
  }

  /** The line without secrets. */
  String masked(String line) {
    String masked = line;
    for (String secret : secrets) {
      masked = masked.replace(secret, MASK);
    }
    return masked;
  }

  void add(String line) {
    keep(masked(line));
  }

  private synchronized void keep(String line) {
    if (lines.size() == capacity) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  /** All lines kept, oldest first. */
  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** At most {@code count} of the newest lines, oldest first. */
  synchronized List<String> last(int count) {
    return lines.stream().skip(Math.max(0, lines.size() - count)).toList();
  }
}
