package io.ottla.protocol;

/** A message was asked to read or write itself in a version that it does not have. */
public final class UnsupportedMessageVersionException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the message's name
   * @param version the version asked for
   * @param lowest the lowest version that exists
   * @param highest the highest version that exists
   */
  public UnsupportedMessageVersionException(String message, int version, int lowest, int highest) {
    super(message + " has versions " + lowest + " to " + highest + ", not " + version);
  }

  /**
   * Does nothing if the version exists.
   *
   * @param message the message's name
   * @param version the version asked for
   * @param lowest the lowest version that exists
   * @param highest the highest version that exists
   * @throws UnsupportedMessageVersionException if it does not
   */
  public static void check(String message, int version, int lowest, int highest) {
    if (version < lowest || version > highest) {
      throw new UnsupportedMessageVersionException(message, version, lowest, highest);
    }
  }
}
