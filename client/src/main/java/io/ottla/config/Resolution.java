package io.ottla.config;

import io.ottla.error.ConfigException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values of all options on their way from what was given to what holds. Of one thread. */
final class Resolution {
  private final Map<Option<?>, Setting<?>> given;
  private final Map<Option<?>, Object> values = new HashMap<>();
  private final List<ConfigException> problems;

  Resolution(Map<Option<?>, Setting<?>> given, List<ConfigException> problems) {
    this.given = given;
    this.problems = new ArrayList<>(problems);
  }

  /** The values that hold, of those options whose value is not their default. */
  Map<Option<?>, Object> values(List<Relation> relations) {
    given.forEach(
        (option, setting) -> {
          try {
            values.put(option, setting.checked());
          } catch (ConfigException problem) {
            problems.add(problem);
          }
        });
    if (problems.isEmpty()) {
      relations.forEach(relation -> relation.settle(this));
    }
    if (!problems.isEmpty()) {
      throw ConfigException.of(problems);
    }
    return Map.copyOf(values);
  }

  boolean isGiven(Option<?> option) {
    return given.containsKey(option);
  }

  /** Of an option that is given or has a default. */
  <T> T get(Option<T> option) {
    return OptionValues.value(option, values).orElseThrow();
  }

  <T> void assume(Option<T> option, T value) {
    values.put(option, value);
  }

  void refuse(Option<?> option, String accepted) {
    problems.add(setting(option).refusal(accepted));
  }

  String told(Option<?> option) {
    return setting(option).told();
  }

  private Setting<?> setting(Option<?> option) {
    Setting<?> setting = given.get(option);
    if (setting == null) {
      throw new IllegalStateException(option + " is not given");
    }
    return setting;
  }
}
