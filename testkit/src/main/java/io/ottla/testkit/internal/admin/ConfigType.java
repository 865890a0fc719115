package io.ottla.testkit.internal.admin;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The type of a configuration's value, with the number by which DescribeConfigs tells it. */
enum ConfigType {
  UNKNOWN(0),
  BOOLEAN(1),
  STRING(2),
  INT(3),
  SHORT(4),
  LONG(5),
  DOUBLE(6),
  LIST(7);

  private final int id;

  ConfigType(int id) {
    this.id = id;
  }

  byte id() {
    return (byte) id;
  }

  /**
   * A value as brokers tell it, whatever the way in which it was given: {@code 5} for {@code "
   * 05"}.
   *
   * @throws IllegalArgumentException if it is not of this type
   */
  String normalise(String value) {
    String text = value.strip();
    return switch (this) {
      case BOOLEAN -> bool(text);
      case INT -> Integer.toString(Integer.parseInt(text));
      case SHORT -> Short.toString(Short.parseShort(text));
      case LONG -> Long.toString(Long.parseLong(text));
      case DOUBLE -> Double.toString(Double.parseDouble(text));
      case LIST -> String.join(",", elements(text));
      case STRING, UNKNOWN -> text;
    };
  }

  /** The elements of a list. */
  static List<String> elements(String list) {
    return list.isBlank()
        ? List.of()
        : Arrays.stream(list.split(",", -1)).map(String::strip).collect(Collectors.toList());
  }

  private static String bool(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!lower.equals("true") && !lower.equals("false")) {
      throw new IllegalArgumentException("neither true nor false");
    }
    return lower;
  }
}
