package io.ottla.config;

import io.ottla.error.ConfigException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What all options of a client are, and who said so. Immutable; secrets do not print. */
public final class OptionValues {
  private final Map<Option<?>, Object> values;
  private final Map<Option<?>, Setting<?>> given;
  private final List<String> notes;

  OptionValues(
      Map<Option<?>, Object> values, Map<Option<?>, Setting<?>> given, List<String> notes) {
    this.values = values;
    this.given = new LinkedHashMap<>(given);
    this.notes = List.copyOf(notes);
  }

  /**
   * The value of an option that always has one.
   *
   * @throws IllegalStateException if it has no default and was not given
   */
  public <T> T get(Option<T> option) {
    return find(option).orElseThrow(() -> new IllegalStateException(option + " has no value"));
  }

  /** The value given, else the default, else nothing. */
  public <T> Optional<T> find(Option<T> option) {
    return value(option, values);
  }

  /** Whether somebody said what it is to be. */
  public boolean isGiven(Option<?> option) {
    return given.containsKey(option);
  }

  /** The options that somebody gave a value. */
  public Set<Option<?>> given() {
    return Collections.unmodifiableSet(given.keySet());
  }

  /** What was given and has no effect, a sentence each. */
  public List<String> notes() {
    return notes;
  }

  /**
   * What to throw if a value turns out to be of no use later than by looking at it alone.
   *
   * @param accepted what it may be, in words
   */
  public ConfigException refusal(Option<?> option, String accepted) {
    Setting<?> setting = given.get(option);
    return setting == null
        ? new ConfigException(option.name(), "(not given)", accepted)
        : setting.refusal(accepted);
  }

  /**
   * A given option by the name it was given by, and where; for example in another one's refusal.
   */
  public String told(Option<?> option) {
    Setting<?> setting = given.get(option);
    return setting == null ? option.name() + " (not given)" : setting.told();
  }

  // The one place where values are put in is typed by its option.
  @SuppressWarnings("unchecked")
  static <T> Optional<T> value(Option<T> option, Map<Option<?>, Object> values) {
    T value = (T) values.get(option);
    return value == null ? option.fallback() : Optional.of(value);
  }

  /** What was given, by whatever name. */
  @Override
  public String toString() {
    return given.values().stream()
        .map(setting -> setting.option() + "=" + setting.shown())
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
