package io.ottla.benchmarks.produce;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one run measured, by name: numbers, and a few words. Written as one flat line of JSON. */
final class Figures {
  private static final Pattern ENTRY =
      Pattern.compile("\"([^\"]+)\":(?:\"([^\"]*)\"|(-?[0-9.eE+-]+))");

  private final Map<String, Double> numbers = new LinkedHashMap<>();
  private final Map<String, String> words = new LinkedHashMap<>();

  static Figures parse(String json) {
    Figures figures = new Figures();
    Matcher entry = ENTRY.matcher(json);
    while (entry.find()) {
      String word = entry.group(2);
      if (word != null) {
        figures.put(entry.group(1), word);
      } else {
        figures.put(entry.group(1), Double.parseDouble(entry.group(3)));
      }
    }
    return figures;
  }

  void put(String name, double value) {
    numbers.put(name, value);
  }

  void put(String name, String value) {
    words.put(name, value);
  }

  /** NaN if it was not measured. */
  double number(String name) {
    return numbers.getOrDefault(name, Double.NaN);
  }

  /** Empty if it was not said. */
  String word(String name) {
    return words.getOrDefault(name, "");
  }

  /** One number by another: for example {@code cpu_seconds} by {@code records}. */
  double per(String name, String unit) {
    return number(name) / number(unit);
  }

  String toJson() {
    StringBuilder json = new StringBuilder("{");
    words.forEach((name, value) -> entry(json, name, "\"" + value + "\""));
    numbers.forEach((name, value) -> entry(json, name, text(value)));
    return json.append('}').toString();
  }

  private static void entry(StringBuilder json, String name, String value) {
    json.append(json.length() == 1 ? "" : ",").append('"').append(name).append("\":").append(value);
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.6f", value);
  }
}
