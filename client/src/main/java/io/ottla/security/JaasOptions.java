package io.ottla.security;

import io.ottla.error.ConfigException;
import io.ottla.internal.sasl.JaasLine;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The options of a login module, and what properties besides the line say; it knows which of them
 * mean something. What it holds does not print.
 */
final class JaasOptions {
  private final JaasLine line;
  private final Map<String, String> properties;

  JaasOptions(JaasLine line, Map<String, String> properties) {
    this.line = line;
    this.properties = properties;
  }

  /** Refuses a module that is none of the mechanism's, and options that it has not. */
  void check(String mechanism, String module, List<String> known, List<String> prefixes) {
    String simpleName = line.module().substring(line.module().lastIndexOf('.') + 1);
    if (!simpleName.equals(module)) {
      throw JaasLine.wrong(
          mechanism + " goes with " + module + "; for other ways to log in see SaslMechanism");
    }
    line.options().keySet().stream()
        .filter(name -> !known.contains(name) && prefixes.stream().noneMatch(name::startsWith))
        .findFirst()
        .ifPresent(
            unknown -> {
              throw JaasLine.wrong(
                  "at character "
                      + line.positions().get(unknown)
                      + " there is an option that "
                      + module
                      + " has not; it has "
                      + String.join(", ", known)
                      + "; is a quote missing before it?");
            });
  }

  @Nullable String get(String name) {
    return line.options().get(name);
  }

  /** The line's, or else the property's. */
  @Nullable String get(String name, String property) {
    String ofLine = line.options().get(name);
    return ofLine != null ? ofLine : property(property);
  }

  @Nullable String property(String key) {
    return properties.get(key);
  }

  String require(String name) {
    String value = get(name);
    if (value == null || value.isEmpty()) {
      throw JaasLine.wrong("the option " + name + " is missing or empty");
    }
    return value;
  }

  boolean isTrue(String name) {
    String value = line.options().getOrDefault(name, "false");
    if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
      throw JaasLine.wrong("the option " + name + " is true or false");
    }
    return value.equalsIgnoreCase("true");
  }

  /** Options whose names begin so, by the rest of their names. */
  Map<String, String> startingWith(String prefix) {
    return line.options().entrySet().stream()
        .filter(option -> option.getKey().startsWith(prefix))
        .collect(
            Collectors.toMap(
                option -> option.getKey().substring(prefix.length()), Map.Entry::getValue));
  }

  /** A property of milliseconds. */
  @Nullable Long millis(String key) {
    String text = properties.get(key);
    if (text != null && !text.strip().matches("[0-9]{1,15}")) {
      throw new ConfigException(key, text, "a number of milliseconds");
    }
    return text == null ? null : Long.valueOf(text.strip());
  }

  @Override
  public String toString() {
    return "JaasOptions[hidden]";
  }
}
