package io.ottla.internal.sasl;

import io.ottla.error.ConfigException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A line of Kafka's {@code sasl.jaas.config}: a login module, a flag, options, a semicolon.
 *
 * <p>Most of what it holds may be secret, also what looks like a name when a quote is missing. So
 * it does not print, and errors tell positions only.
 *
 * @param module the module's class, as it stands there
 * @param options names and values, without quotes and escapes
 * @param positions where each option begins, counted from 1
 */
public record JaasLine(String module, Map<String, String> options, Map<String, Integer> positions) {
  /** The option's name in Kafka. */
  public static final String KEY = "sasl.jaas.config";

  /**
   * Reads it.
   *
   * @throws ConfigException says where it cannot be understood
   */
  public static JaasLine read(String line) {
    JaasWords words = new JaasWords(line);
    String module = words.bare("a login module's class");
    String flag = words.bare("required, requisite, sufficient or optional");
    if (!flag.matches("(?i)required|requisite|sufficient|optional")) {
      throw words.wrong(words.lastBegin(), "required, requisite, sufficient or optional");
    }
    Map<String, String> options = new LinkedHashMap<>();
    Map<String, Integer> positions = new LinkedHashMap<>();
    while (!words.takes(';')) {
      String name = words.bare("an option's name, or ; at the end");
      int position = words.lastBegin();
      words.require('=');
      if (options.put(name, words.value()) != null) {
        throw words.wrong(position, "each option once");
      }
      positions.put(name, position + 1);
    }
    words.requireEnd();
    return new JaasLine(
        module, Collections.unmodifiableMap(options), Collections.unmodifiableMap(positions));
  }

  /** What is wrong, without what is there. */
  public static ConfigException wrong(String accepted) {
    return new ConfigException(KEY, "(hidden)", accepted);
  }

  @Override
  public String toString() {
    return "JaasLine[hidden]";
  }
}
