package io.ottla.error;

/** An option has a value that it cannot have; thrown where the client is built. */
public final class ConfigException extends OttlaException {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final String value;
  private final String accepted;

  /**
   * @param key the option's name, dotted
   * @param value the value given, as text
   * @param accepted what it may be, in words
   */
  public ConfigException(String key, String value, String accepted) {
    super(key + " = " + value + " is not accepted: " + accepted, SendOutcome.NOT_SENT, null, true);
    this.key = key;
    this.value = value;
    this.accepted = accepted;
  }

  /** The option's name, dotted. */
  public String key() {
    return key;
  }

  /** The value given, as text. */
  public String value() {
    return value;
  }

  /** What the value may be, in words. */
  public String accepted() {
    return accepted;
  }
}
