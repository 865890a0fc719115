package io.ottla.protocol;

/**
 * A field is set that the chosen version of the message cannot carry, and dropping it silently
 * would change what the message means.
 */
public final class UnsupportedFieldException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the message's name
   * @param field the field's name as in Kafka's definition
   * @param version the version that lacks the field
   */
  public UnsupportedFieldException(String message, String field, int version) {
    super(
        message
            + " version "
            + version
            + " cannot carry "
            + field
            + ", which is set; leave it at its default or use a newer version");
  }

  private UnsupportedFieldException(String message) {
    super(message);
  }

  /**
   * A field is null in a version in which it cannot be.
   *
   * @param message the message's name
   * @param field the field's name as in Kafka's definition
   * @param version the version that needs a value
   */
  public static UnsupportedFieldException ofNull(String message, String field, int version) {
    return new UnsupportedFieldException(
        message + " version " + version + " cannot carry null for " + field + "; set a value");
  }
}
