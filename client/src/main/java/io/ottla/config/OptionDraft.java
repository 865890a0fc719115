package io.ottla.config;

import io.ottla.error.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of a client while they are collected: from code, from maps, from files.
 *
 * <p>What comes later replaces what came before. But within one layer (one file, one map, all calls
 * of {@link #set}) an option that is given by two of its names is a mistake. All mistakes are told
 * when it is built. Of one thread at a time.
 */
public final class OptionDraft {
  private static final int CALLS_OF_SET = 0;

  private final OptionTable table;
  private final Map<Option<?>, Setting<?>> given = new LinkedHashMap<>();
  private final List<ConfigException> problems = new ArrayList<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private int layers = CALLS_OF_SET;

  /**
   * @param table what can be told
   */
  public OptionDraft(OptionTable table) {
    this.table = table;
  }

  /** Gives an option a value, from code. */
  public <T> void put(Option<T> option, T value) {
    given.put(option, Setting.of(option, value));
  }

  /** Gives an option a value as text, from code. */
  public <T> void read(Option<T> option, String text) {
    OptionTable.Match<T> match = new OptionTable.Match<>(option, option.ownName());
    give(option, Setting.read(match, option.name(), text, null, Setting.NO_LAYER));
  }

  /** Gives an option a value as text, by any of its names. */
  public void set(String key, String value) {
    set(key, value, null, CALLS_OF_SET);
  }

  /**
   * Gives options values, by any of their names.
   *
   * @param values texts, numbers, booleans, lists, or what the option itself has; null for none
   * @param from where they come from, for messages
   */
  public void load(Map<?, ?> values, String from) {
    int layer = ++layers;
    entries(values)
        .forEach(
            (key, value) -> {
              if (value != null) {
                set(String.valueOf(key), value, from, layer);
              }
            });
  }

  /**
   * Gives options the values in a file, by any of their names.
   *
   * @param file as {@link Properties} reads them, in UTF-8
   * @throws ConfigException if it cannot be read
   */
  public void load(Path file) {
    int layer = ++layers;
    Map<String, String> seen = new LinkedHashMap<>();
    for (PropertiesFile.Entry entry : PropertiesFile.read(file)) {
      String before = seen.put(entry.key(), entry.from());
      if (before != null) {
        notes.add(
            entry.key() + " (" + before + ") has no effect: it is given again in " + entry.from());
      }
      set(entry.key(), entry.value(), entry.from(), layer);
    }
  }

  /**
   * Checks each option, and what must hold between them.
   *
   * @throws ConfigException that tells everything that is wrong
   */
  public OptionValues build() {
    Resolution resolution = new Resolution(given, problems);
    return new OptionValues(resolution.values(table.relations()), given, List.copyOf(notes));
  }

  private void set(String key, Object value, @Nullable String from, int layer) {
    String name = key.strip();
    OptionTable.Match<?> match = table.find(name);
    if (match != null) {
      give(match.option(), Setting.read(match, name, value, from, layer));
      return;
    }
    UnusedKey unused = table.unused(name);
    if (unused == null) {
      problems.add(new ConfigException(name, Option.HIDDEN, table.advice(name), from));
    } else if (unused.isRefused(value)) {
      problems.add(new ConfigException(name, Option.HIDDEN, unused.why(), from));
    } else if (!unused.isHarmless(value)) {
      notes.add(name + Setting.at(from) + " has no effect: " + unused.why());
    }
  }

  private void give(Option<?> option, @Nullable Setting<?> setting) {
    Setting<?> before = setting == null ? given.remove(option) : given.put(option, setting);
    if (setting != null && before != null && setting.isOtherNameThan(before)) {
      problems.add(setting.refusal("it says the same as " + before.told() + "; leave one of them"));
    }
  }

  /** The entries of a map; of properties with their defaults. */
  private static Map<?, ?> entries(Map<?, ?> values) {
    if (!(values instanceof Properties properties)) {
      return values;
    }
    Map<Object, @Nullable Object> all = new LinkedHashMap<>();
    properties.stringPropertyNames().forEach(name -> all.put(name, properties.getProperty(name)));
    all.putAll(properties);
    return all;
  }
}
