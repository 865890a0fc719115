package io.ottla.cli.broker;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A topic to create; written {@code name} or {@code name:partitions}. */
public record TopicSpec(String name, int partitions) {
  private static final Pattern FORM = Pattern.compile("([A-Za-z0-9._-]{1,249})(?::(\\d{1,6}))?");

  /** Reads a topic; it has one partition if no number is given. */
  public static TopicSpec parse(String word) {
    Matcher matcher = FORM.matcher(word);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + word + "' is not NAME or NAME:PARTITIONS (letters, digits, '.', '_' and '-')");
    }
    int partitions = matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2));
    if (partitions == 0) {
      throw new IllegalArgumentException("'" + word + "': a topic has at least one partition");
    }
    return new TopicSpec(matcher.group(1), partitions);
  }
}
