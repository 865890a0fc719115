package io.ottla.config;

import org.jspecify.annotations.Nullable;

/**
 * The name that another client has for an option of ours.
 *
 * @param name that name
 * @param dialect whose it is
 * @param translate makes of a value as it is written there one as it is written here
 */
record Alias(String name, Dialect dialect, Translation translate) {
  /** From another client's way to write a value to ours. */
  @FunctionalInterface
  interface Translation {
    /** The value in our words; null if it asks for what holds if nobody says anything. */
    @Nullable String of(String text);
  }

  /** By a name that ends in {@code .ms}, a bare number is one of milliseconds. */
  static Alias of(String name, Dialect dialect) {
    return new Alias(name, dialect, name.endsWith(".ms") ? Alias::milliseconds : text -> text);
  }

  /** For durations whose negative value says what zero says here. */
  static String negativeIsZero(String text) {
    return text.startsWith("-") ? "0" : milliseconds(text);
  }

  /** For sizes of buffers: not to say one is written as 0 or -1. */
  static @Nullable String systemsChoice(String text) {
    return text.equals("0") || text.equals("-1") ? null : text;
  }

  private static String milliseconds(String text) {
    return text.chars().allMatch(Character::isDigit) ? text + "ms" : text;
  }
}
