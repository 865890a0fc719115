package io.ottla.stats;

/**
 * The batches that were closed to further records, since the producer was opened. One that moves to
 * another partition, or is taken apart, counts once, where it was closed.
 *
 * @param count how many
 * @param records how many records they had together
 * @param rawBytes how many bytes they had together before compression
 * @param sealedBytes how many bytes they have on the wire
 * @param largestBytes how many bytes the largest one has on the wire
 */
public record BatchStats(
    long count, long records, long rawBytes, long sealedBytes, long largestBytes) {
  /** Records per batch, on average; 0 if there is no batch. */
  public double meanRecords() {
    return count == 0 ? 0 : (double) records / count;
  }

  /** Bytes per batch on the wire, on average; 0 if there is no batch. */
  public double meanBytes() {
    return count == 0 ? 0 : (double) sealedBytes / count;
  }

  /** What compression leaves: bytes on the wire per byte before; 1 if there is no batch. */
  public double ratio() {
    return rawBytes == 0 ? 1 : (double) sealedBytes / rawBytes;
  }
}
