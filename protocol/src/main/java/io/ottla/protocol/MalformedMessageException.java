package io.ottla.protocol;

/** Bytes that came from a peer do not form the message they were said to be. */
public final class MalformedMessageException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was expected, what was found, and at which byte
   */
  public MalformedMessageException(String message) {
    super(message);
  }
}
