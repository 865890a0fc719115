package io.ottla.config;

import io.ottla.error.ConfigException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value that somebody gave to an option. Immutable.
 *
 * @param option what it was given to
 * @param key by which of its names
 * @param value the value; null if the text means none
 * @param shown what was given, as it may be printed
 * @param from where it stands, in words; null in code
 * @param layer which of its kind that is; within one layer an option has one name
 */
record Setting<T>(
    Option<T> option,
    String key,
    @Nullable T value,
    String shown,
    @Nullable String from,
    int layer) {
  /** What a builder's own methods give replaces whatever was given before. */
  static final int NO_LAYER = -1;

  static <T> Setting<T> of(Option<T> option, T value) {
    return new Setting<>(option, option.name(), value, option.shown(value), null, NO_LAYER);
  }

  /** Reads a value by one of the option's names; null if it says what holds if nobody does. */
  static <T> @Nullable Setting<T> read(
      OptionTable.Match<T> match, String key, Object given, @Nullable String from, int layer) {
    Option<T> option = match.option();
    Optional<T> asItIs = option.type().cast(given);
    if (asItIs.isPresent()) {
      return new Setting<>(option, key, asItIs.get(), option.shown(asItIs.get()), from, layer);
    }
    String text = text(given);
    if (text == null) {
      String type = "[a " + given.getClass().getName() + "]";
      return new Setting<>(option, key, null, option.shown(type), from, layer);
    }
    String ours = match.alias().translate().of(text);
    return ours == null
        ? null
        : new Setting<>(option, key, option.type().read(ours), option.shown(text), from, layer);
  }

  /** The text of a value; null if what it prints may be something else, as secrets' wrappers do. */
  private static @Nullable String text(Object given) {
    if (given instanceof Collection<?> many) {
      return many.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    boolean printsItself =
        given instanceof CharSequence
            || given instanceof Number
            || given instanceof Boolean
            || given instanceof Enum<?>
            || given instanceof Path;
    return printsItself ? given.toString().strip() : null;
  }

  /** The value, if it is one that the option may have. */
  T checked() {
    if (value == null || !option.type().accepts(value)) {
      throw refusal(option.accepted());
    }
    return option.type().kept(value);
  }

  /** Whether it and the one before it are two names for one thing, side by side. */
  boolean isOtherNameThan(Setting<?> before) {
    return layer == before.layer && !key.equals(before.key);
  }

  ConfigException refusal(String accepted) {
    return new ConfigException(key, shown, accepted, from);
  }

  /** For example {@code retry.backoff.ms = 100 (client.properties:3)}. */
  String told() {
    return key + " = " + shown + at(from);
  }

  /** Where something stands, behind what is said of it. */
  static String at(@Nullable String from) {
    return from == null ? "" : " (" + from + ")";
  }
}
