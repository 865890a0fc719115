package io.ottla.cli.topics;

import io.ottla.cli.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** What failed of several things: all are told, and the last one ends the command. */
final class Failures {
  private final Terminal terminal;
  private @Nullable RuntimeException last;

  Failures(Terminal terminal) {
    this.terminal = terminal;
  }

  void add(RuntimeException failure) {
    tellLast();
    last = failure;
  }

  /** Ends the command if something failed. */
  void throwLast() {
    if (last != null) {
      throw last;
    }
  }

  private void tellLast() {
    if (last != null) {
      terminal.say(String.valueOf(last.getMessage()));
    }
  }
}
