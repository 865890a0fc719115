package io.ottla.internal.producer;

/**
 * How small the batches of a topic became of late: how much may be put into the next ones. Thread:
 * any; what two threads see at once may be lost, it is an estimate.
 */
final class CompressionRatio {
  /** The least that is believed: a batch must not look like a bomb. */
  private static final double LEAST = 1.0 / 16;

  /**
   * A batch that compressed worse than the others counts at once, a better one little by little.
   */
  private static final double TRUST = 0.1;

  private volatile double ratio = 1;

  void add(int rawBytes, int sealedBytes) {
    double now = Math.min(1, (double) sealedBytes / rawBytes);
    double before = ratio;
    double next = now > before ? now : before + TRUST * (now - before);
    if (next != before) {
      ratio = Math.max(LEAST, next);
    }
  }

  /** How many bytes become, as far as is known, so many. */
  int rawBytesFor(int sealedBytes) {
    return (int) Math.min(Integer.MAX_VALUE >> 1, sealedBytes / ratio);
  }
}
