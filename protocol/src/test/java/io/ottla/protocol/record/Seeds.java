package io.ottla.protocol.record;

import java.util.function.LongConsumer;

/**
 * Runs a check with many seeds. A failure names its seed; {@code -Dottla.seed=N} runs that one
 * alone.
 */
final class Seeds {
  private static final String REPLAY = "ottla.seed";

  private Seeds() {}

  static void run(int count, LongConsumer check) {
    String replay = System.getProperty(REPLAY);
    if (replay != null) {
      check.accept(Long.parseLong(replay));
      return;
    }
    for (long seed = 0; seed < count; seed++) {
      try {
        check.accept(seed);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "with seed " + seed + ", to run again with -D" + REPLAY + "=" + seed, e);
      }
    }
  }
}
