package io.ottla.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an option's values are, how they are written, and which are accepted. Immutable.
 *
 * @param <T> the values' type
 */
interface OptionType<T> {
  /** The value that a text means, not yet looked at by {@link #accepts}; null if it means none. */
  @Nullable T read(String text);

  /** Whether the option may have this value. */
  default boolean accepts(T value) {
    return true;
  }

  /** The value as it is kept. */
  default T kept(T value) {
    return value;
  }

  /** A value of another program's map that needs no reading; empty for any other. */
  default Optional<T> cast(Object value) {
    return Optional.empty();
  }

  /** What is accepted, in words. */
  String accepted();

  /** A value as one would write it. */
  default String show(T value) {
    return String.valueOf(value);
  }
}
