package io.ottla.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of a few words, in capitals or not.
 *
 * @param words as they are kept
 */
record OneOf(List<String> words) implements OptionType<String> {
  static OneOf of(String... words) {
    return new OneOf(List.of(words));
  }

  @Override
  public @Nullable String read(String text) {
    return words.stream().filter(text::equalsIgnoreCase).findFirst().orElse(null);
  }

  @Override
  public boolean accepts(String value) {
    return words.contains(value);
  }

  @Override
  public String accepted() {
    return String.join(", ", words);
  }
}
