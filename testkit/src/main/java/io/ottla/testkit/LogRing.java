package io.ottla.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.List;

/** The last lines that a node wrote. Thread: any. */
final class LogRing {
  private final int capacity;

  @GuardedBy("this")
  private final ArrayDeque<String> lines;

  LogRing(int capacity) {
    this.capacity = capacity;
    this.lines = new ArrayDeque<>(capacity);
  }

  synchronized void add(String line) {
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
