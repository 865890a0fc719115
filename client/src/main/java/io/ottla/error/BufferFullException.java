package io.ottla.error;

/** A bound that the caller set is reached; nothing was taken. */
public final class BufferFullException extends OttlaException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which bound, how full, how to make room
   */
  public BufferFullException(String message) {
    super(message, SendOutcome.NOT_SENT, null);
  }
}
