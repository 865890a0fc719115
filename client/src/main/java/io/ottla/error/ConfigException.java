package io.ottla.error;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An option has a value that it cannot have; thrown where the client is built. */
public final class ConfigException extends OttlaException {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final String value;
  private final String accepted;
  private final @Nullable String from;

  /**
   * @param key the option's name, dotted
   * @param value the value given, as text
   * @param accepted what it may be, in words
   */
  public ConfigException(String key, String value, String accepted) {
    this(key, value, accepted, null);
  }

  /**
   * @param key the option's name, dotted, as it was given
   * @param value the value given, as text; a secret's is not
   * @param accepted what it may be, in words
   * @param from where it was given: a file and its line, for example; null if by a program
   */
  public ConfigException(String key, String value, String accepted, @Nullable String from) {
    this(
        key,
        value,
        accepted,
        from,
        key
            + " = "
            + value
            + (from == null ? "" : " (" + from + ")")
            + " is not accepted: "
            + accepted);
  }

  private ConfigException(
      String key, String value, String accepted, @Nullable String from, String message) {
    super(message, SendOutcome.NOT_SENT, null, true);
    this.key = key;
    this.value = value;
    this.accepted = accepted;
    this.from = from;
  }

  /**
   * The one problem, or one exception that tells all of them; it has the first one's key.
   *
   * @param problems at least one
   */
  public static ConfigException of(List<ConfigException> problems) {
    ConfigException first = problems.get(0);
    if (problems.size() == 1) {
      return first;
    }
    return new ConfigException(
        first.key,
        first.value,
        first.accepted,
        first.from,
        problems.stream()
            .map(ConfigException::getMessage)
            .collect(
                Collectors.joining(
                    "\n  ", problems.size() + " options cannot be as they are:\n  ", "")));
  }

  /** The option's name, dotted. */
  public String key() {
    return key;
  }

  /** The value given, as text; of a secret only that there is one. */
  public String value() {
    return value;
  }

  /** What the value may be, in words. */
  public String accepted() {
    return accepted;
  }

  /** Where the value was given, a file and its line for example; empty if by a program. */
  public Optional<String> from() {
    return Optional.ofNullable(from);
  }
}
