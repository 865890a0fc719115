package io.ottla.testkit.load;

/**
 * What a run sends.
 *
 * @param records how many records are measured
 * @param warmUpRecords how many are sent before those, and not measured
 * @param recordBytes how long a value is; there are no keys
 * @param threads how many threads send
 * @param ratePerSecond how many records of all threads together are due in a second; 0 for as many
 *     as can be sent
 */
public record LoadPlan(
    long records, long warmUpRecords, int recordBytes, int threads, double ratePerSecond) {
  private static final long LARGEST_SAMPLE = 50_000;
  private static final long USUAL_STRIDE = 64;

  /** Checks that there is something to send, and somebody to send it. */
  public LoadPlan {
    if (records < 1 || warmUpRecords < 0 || recordBytes < 0 || threads < 1) {
      throw new IllegalArgumentException(
          "a run has a record and a thread at least, and nothing negative");
    }
    if (!(ratePerSecond >= 0) || Double.isInfinite(ratePerSecond)) {
      throw new IllegalArgumentException(ratePerSecond + " is not a rate");
    }
  }

  /** A tenth of what is measured. */
  public static long usualWarmUp(long records) {
    return records / 10;
  }

  /** Whether records are due at times of their own. */
  boolean isPaced() {
    return ratePerSecond > 0;
  }

  /** Each how many-th record is timed, on average; measuring all would be measured too. */
  long timedStride() {
    return Math.max(isPaced() ? 1 : USUAL_STRIDE, records / LARGEST_SAMPLE);
  }
}
