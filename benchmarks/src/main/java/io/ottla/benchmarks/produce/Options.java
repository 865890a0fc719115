package io.ottla.benchmarks.produce;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the report is told.
 *
 * @param isShort about twenty minutes, instead of about three hours
 * @param sections the ids of those that are wanted; empty for all
 * @param rounds how often each client runs in a section
 * @param warmUp seconds
 * @param seconds of the measured phase
 * @param records that each run against Kafka sends; 0: as many as the seconds allow
 */
record Options(
    boolean isShort,
    List<String> sections,
    int rounds,
    double warmUp,
    double seconds,
    long records) {
  static final String USAGE =
      "options: --short, --sections ID,ID, --rounds N, --warm-up SECONDS, --seconds SECONDS,"
          + " --records N";

  private static final double SHORT_WARM_UP = 2.5;
  private static final double SHORT_SECONDS = 3;
  private static final double LONG_WARM_UP = 8;
  private static final double LONG_SECONDS = 20;
  private static final double LONG_RECORDS = 50_000_000;

  static Options parse(String[] options) {
    boolean isShort = List.of(options).contains("--short");
    List<String> rest =
        List.of(options).stream().filter(option -> !option.equals("--short")).toList();
    Map<String, String> given = new TreeMap<>();
    for (int i = 0; i + 1 < rest.size(); i += 2) {
      given.put(rest.get(i), rest.get(i + 1));
    }
    String sections = given.remove("--sections");
    Options read =
        new Options(
            isShort,
            sections == null ? List.of() : List.of(sections.split(",", -1)),
            (int) number(given, "--rounds", 5),
            number(given, "--warm-up", isShort ? SHORT_WARM_UP : LONG_WARM_UP),
            number(given, "--seconds", isShort ? SHORT_SECONDS : LONG_SECONDS),
            (long) number(given, "--records", isShort ? 0 : LONG_RECORDS));
    if (!given.isEmpty() || rest.size() % 2 != 0) {
      throw new IllegalArgumentException("not understood: " + rest + "; " + USAGE);
    }
    return read;
  }

  private static double number(Map<String, String> given, String name, double otherwise) {
    String value = given.remove(name);
    return value == null ? otherwise : Double.parseDouble(value);
  }

  boolean wants(Section section) {
    return sections.isEmpty() || sections.contains(section.id());
  }
}
