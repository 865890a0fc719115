package io.ottla.config;

import java.util.Arrays;
import java.util.List;

/**
 * Words divided by commas.
 *
 * @param what what the words are
 */
record Words(String what) implements OptionType<List<String>> {
  @Override
  public List<String> read(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }

  @Override
  public boolean accepts(List<String> value) {
    return !value.isEmpty() && value.stream().noneMatch(String::isEmpty);
  }

  @Override
  public List<String> kept(List<String> value) {
    return List.copyOf(value);
  }

  @Override
  public String accepted() {
    return what + ", divided by commas";
  }

  @Override
  public String show(List<String> value) {
    return String.join(",", value);
  }
}
