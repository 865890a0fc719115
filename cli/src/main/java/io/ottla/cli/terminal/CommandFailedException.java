package io.ottla.cli.terminal;

import org.jspecify.annotations.Nullable;

/** A command cannot go on, for a reason that the user can act on: one line, and an exit code. */
public final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  public CommandFailedException(ExitCode exitCode, String line) {
    this(exitCode, line, null);
  }

  public CommandFailedException(ExitCode exitCode, String line, @Nullable Throwable cause) {
    super(line, cause);
    this.exitCode = exitCode;
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
