package io.ottla.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One of a few words, in capitals or not.
 *
 * @param words the words
 * @param <E> their enumeration
 */
record Choices<E extends Enum<E>>(Class<E> words) implements OptionType<E> {
  @Override
  public @Nullable E read(String text) {
    String word = text.toUpperCase(Locale.ROOT);
    for (E choice : words.getEnumConstants()) {
      if (choice.name().equals(word)) {
        return choice;
      }
    }
    return null;
  }

  @Override
  public String accepted() {
    return Arrays.stream(words.getEnumConstants())
        .map(Enum::name)
        .collect(Collectors.joining(", "));
  }
}
