package io.ottla.testkit.internal.group.consumer;

/** Runs a check with many seeds; {@code -Dottla.seed=N} runs that one alone. */
final class Seeds {
  private static final String REPLAY = "ottla.seed";

  private Seeds() {}

  /** Something to check. */
  interface Check {
    void run(long seed) throws Exception;
  }

  static void run(int count, Check check) throws Exception {
    Long replay = Long.getLong(REPLAY);
    if (replay != null) {
      check.run(replay);
      return;
    }
    for (long seed = 0; seed < count; seed++) {
      try {
        check.run(seed);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "with seed " + seed + ", to run again with -D" + REPLAY + "=" + seed, e);
      }
    }
  }
}
