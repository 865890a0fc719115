package io.ottla.error;

/** Somebody newer has taken this one's place; it must stop. */
public final class FencedException extends OttlaException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message who was fenced, by whom as far as is known
   */
  public FencedException(String message) {
    super(message, SendOutcome.REFUSED, null);
  }
}
