package io.ottla.cli.produce;

import io.ottla.protocol.record.Compression;
import java.time.Duration;

/**
 * How records are written.
 *
 * @param maxBatchBytes the most that a batch takes before compression; a record that needs more
 *     goes alone. Less than the mebibyte that brokers usually allow, because a codec can make it
 *     longer.
 * @param maxBufferedBytes the most that waits for the brokers before the writer waits for them too
 * @param timeout how long a batch is tried
 */
public record WriteSettings(
    Compression compression, int maxBatchBytes, int maxBufferedBytes, Duration timeout) {
  private static final int USUAL_BATCH_BYTES = 960 << 10;
  private static final int USUAL_BUFFERED_BYTES = 32 << 20;

  public static WriteSettings usual(Compression compression, Duration timeout) {
    return new WriteSettings(compression, USUAL_BATCH_BYTES, USUAL_BUFFERED_BYTES, timeout);
  }
}
