package io.ottla.config;

import io.ottla.error.ConfigException;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value that somebody gave to an option. Immutable.
 *
 * @param option what it was given to
 * @param key by which of its names
 * @param value the value; null if the text means none
 * @param shown what was given, as it may be printed
 * @param from where it stands, in words
 * @param layer which of its kind that is; within one layer an option has one name
 */
record Setting<T>(
    Option<T> option, String key, @Nullable T value, String shown, String from, int layer) {
  /** Where a builder's own methods give values. */
  static final String CODE = "code";

  /** What a builder's own methods give replaces whatever was given before. */
  static final int NO_LAYER = -1;

  static <T> Setting<T> of(Option<T> option, T value) {
    return new Setting<>(option, option.name(), value, option.shown(value), CODE, NO_LAYER);
  }

  static <T> Setting<T> read(
      OptionTable.Match<T> match, String key, Object given, String from, int layer) {
    Option<T> option = match.option();
    T value =
        option
            .type()
            .cast(given)
            .orElseGet(
                () -> option.type().read(match.alias().translate().apply(text(given).strip())));
    return new Setting<>(option, key, value, option.shown(text(given)), from, layer);
  }

  private static String text(Object given) {
    return given instanceof Collection<?> many
        ? many.stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(given);
  }

  /** The value, if it is one that the option may have. */
  T checked() {
    if (value == null || !option.type().accepts(value)) {
      throw refusal(option.accepted());
    }
    return option.type().kept(value);
  }

  ConfigException refusal(String accepted) {
    return new ConfigException(key, shown, accepted, from.equals(CODE) ? null : from);
  }

  /** For example {@code retry.backoff.ms = 100 (client.properties:3)}. */
  String told() {
    return key + " = " + shown + (from.equals(CODE) ? "" : " (" + from + ")");
  }
}
