package io.ottla.config;

import java.util.function.UnaryOperator;

/**
 * The name that another client has for an option of ours.
 *
 * @param name that name
 * @param dialect whose it is
 * @param translate makes of a value as it is written there one as it is written here
 */
record Alias(String name, Dialect dialect, UnaryOperator<String> translate) {
  /** By a name that ends in {@code .ms}, a bare number is one of milliseconds. */
  static Alias of(String name, Dialect dialect) {
    return new Alias(
        name, dialect, name.endsWith(".ms") ? Alias::milliseconds : UnaryOperator.identity());
  }

  /** For durations whose negative value says what zero says here. */
  static String negativeIsZero(String text) {
    return text.startsWith("-") ? "0" : milliseconds(text);
  }

  private static String milliseconds(String text) {
    return text.chars().allMatch(Character::isDigit) ? text + "ms" : text;
  }
}
