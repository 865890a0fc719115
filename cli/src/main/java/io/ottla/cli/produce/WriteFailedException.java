package io.ottla.cli.produce;

/** A batch could not be delivered, so that nothing more should be appended. */
public final class WriteFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  WriteFailedException(String why) {
    super(why);
  }
}
