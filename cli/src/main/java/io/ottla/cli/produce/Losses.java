package io.ottla.cli.produce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * The records that were not delivered, grouped by why. Of the first of each group the words are
 * kept, and of a few where they came from; so it stays small however many they are. Thread-safe.
 */
final class Losses {
  private static final int MOST_PLACES = 3;
  private static final int MOST_GROUPS = 20;

  private static final class Group {
    private final String words;
    private final List<Long> lines = new ArrayList<>();
    private long count;

    Group(String words) {
      this.words = words;
    }
  }

  // All guarded by this.
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private long count;
  private long unknown;

  /**
   * Adds a record.
   *
   * @param kind what records of one group have in common
   * @param words why, of this one
   * @param mayHaveArrived whether a broker can have it all the same
   * @param line where it came from; 0 if nobody knows
   */
  synchronized void add(String kind, String words, boolean mayHaveArrived, long line) {
    count++;
    unknown += mayHaveArrived ? 1 : 0;
    String key = groups.size() < MOST_GROUPS || groups.containsKey(kind) ? kind : "";
    Group group = groups.computeIfAbsent(key, unused -> new Group(words));
    group.count++;
    if (group.lines.size() < MOST_PLACES && line > 0) {
      group.lines.add(line);
    }
  }

  synchronized long count() {
    return count;
  }

  synchronized boolean areNone() {
    return count == 0;
  }

  /** How many, and why if that is one thing. */
  synchronized String headline(long delivered, LongFunction<String> places) {
    String doubt =
        unknown == 0
            ? ""
            : String.format(Locale.ROOT, " (%,d of them may have arrived all the same)", unknown);
    String why = groups.size() == 1 ? why(groups.values().iterator().next(), places) : "";
    return String.format(
            Locale.ROOT, "%,d of %,d records were not delivered", count, delivered + count)
        + doubt
        + why;
  }

  /** A line for each reason, if there are several. */
  synchronized List<String> details(LongFunction<String> places) {
    return groups.size() < 2
        ? List.of()
        : groups.values().stream()
            .map(
                group ->
                    String.format(Locale.ROOT, "%,d not delivered", group.count)
                        + why(group, places))
            .toList();
  }

  private static String why(Group group, LongFunction<String> places) {
    if (group.lines.isEmpty()) {
      return ": " + group.words;
    }
    String where = String.join(", ", group.lines.stream().map(places::apply).toList());
    return ": "
        + where
        + (group.count > group.lines.size() ? " and others" : "")
        + ": "
        + group.words;
  }
}
