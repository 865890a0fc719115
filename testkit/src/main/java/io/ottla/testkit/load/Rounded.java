package io.ottla.testkit.load;

/** Figures with as many digits as they are worth: six behind the point. */
final class Rounded {
  private static final double PARTS = 1e6;

  private Rounded() {}

  static double of(double figure) {
    return Math.round(figure * PARTS) / PARTS;
  }
}
