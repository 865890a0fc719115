package io.ottla.testkit.internal.log;

/** Sequence numbers: after 2³¹ − 1 comes 0. */
final class Sequences {
  private static final long NUMBERS = 1L << 31;

  private Sequences() {}

  static int plus(int sequence, int more) {
    return (int) ((sequence + (long) more) % NUMBERS);
  }

  static int minus(int sequence, int less) {
    return (int) Math.floorMod((long) sequence - less, NUMBERS);
  }
}
