package io.ottla.protocol;

/**
 * The root of everything that can be wrong with bytes or with a message that has to become bytes.
 */
public abstract class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was wrong and where, in words a user can act on
   */
  protected ProtocolException(String message) {
    super(message);
  }

  /**
   * @param message what was wrong and where, in words a user can act on
   * @param cause what another library said
   */
  protected ProtocolException(String message, Throwable cause) {
    super(message, cause);
  }
}
