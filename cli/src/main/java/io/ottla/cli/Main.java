package io.ottla.cli;

import io.ottla.cli.terminal.Terminal;

/** Where the process begins, and the one place that ends it. */
final class Main {
  private Main() {}

  public static void main(String[] args) {
    OttlaCli cli = new OttlaCli(Terminal.ofThisProcess());
    System.exit(Interruption.guard(() -> cli.run(args)));
  }
}
