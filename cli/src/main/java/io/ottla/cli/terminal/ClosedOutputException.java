package io.ottla.cli.terminal;

import java.io.IOException;

/** The reader of standard output went away: nobody wants the rest, and nobody wants to hear so. */
public final class ClosedOutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ClosedOutputException(IOException cause) {
    super("standard output was closed", cause);
  }
}
