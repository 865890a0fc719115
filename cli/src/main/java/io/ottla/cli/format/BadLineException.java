package io.ottla.cli.format;

/** A line cannot be read as a record. The message says why, and not which line it is. */
public final class BadLineException extends Exception {
  private static final long serialVersionUID = 1L;

  BadLineException(String why) {
    super(why, null, false, false);
  }

  /** Why, in half a sentence that goes behind the number of the line. */
  public String why() {
    return String.valueOf(getMessage());
  }
}
