package io.ottla.benchmarks.produce;

import java.io.IOException;

/** One client: produces as its arguments say, and prints what it measured. */
public final class ProduceMain {
  private ProduceMain() {}

  /**
   * @param arguments {@code --name value}, see {@code ProduceArguments}
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Figures figures = new ProduceRun(ProduceArguments.parse(arguments)).run();
    System.out.println(figures.toJson());
    System.exit(figures.number("failed") > 0 ? 1 : 0);
  }
}
