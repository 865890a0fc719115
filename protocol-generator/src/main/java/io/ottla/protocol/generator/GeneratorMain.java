package io.ottla.protocol.generator;

import java.io.IOException;

/** The command that the build runs. */
public final class GeneratorMain {
  private GeneratorMain() {}

  /**
   * Generates, and says so in one line.
   *
   * @param args see {@link Options#parse}
   */
  public static void main(String[] args) throws IOException {
    System.out.println("protocol-generator: " + new Generator(Options.parse(args)).run());
  }
}
