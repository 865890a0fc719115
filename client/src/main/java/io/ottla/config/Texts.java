package io.ottla.config;

import java.nio.charset.StandardCharsets;

/**
 * Texts of a limited length.
 *
 * @param fewestBytes 0, or 1 if there must be something
 * @param mostBytes the most that it may have in UTF-8
 */
record Texts(int fewestBytes, int mostBytes) implements OptionType<String> {
  static Texts upTo(int mostBytes) {
    return new Texts(0, mostBytes);
  }

  static Texts any() {
    return upTo(Integer.MAX_VALUE);
  }

  static Texts notEmpty() {
    return new Texts(1, Integer.MAX_VALUE);
  }

  @Override
  public String read(String text) {
    return text;
  }

  @Override
  public boolean accepts(String value) {
    int bytes = value.getBytes(StandardCharsets.UTF_8).length;
    return bytes >= fewestBytes && bytes <= mostBytes;
  }

  @Override
  public String accepted() {
    if (mostBytes < Integer.MAX_VALUE) {
      return "a text of at most " + mostBytes + " bytes in UTF-8";
    }
    return fewestBytes == 0 ? "any text" : "a text that is not empty";
  }

  @Override
  public String show(String value) {
    return value.isEmpty() ? "empty" : value;
  }
}
