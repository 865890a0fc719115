package io.ottla.testkit.load;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Values to send: many different ones, always the same, about as compressible as JSON is. Immutable
 * as long as nobody writes to what it gives.
 */
final class Payloads {
  private static final int MOST = 1_000;
  private static final int MOST_BYTES = 16 << 20;
  private static final long SEED = 20_261_121;
  private static final byte[] NAME = ",\"item\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
          .getBytes(StandardCharsets.US_ASCII);

  private final byte[][] values;

  Payloads(int bytes) {
    values = new byte[Math.max(1, Math.min(MOST, MOST_BYTES / Math.max(1, bytes)))][];
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < values.length; i++) {
      values[i] = value(bytes, random);
    }
  }

  byte[] value(long number) {
    return values[(int) (number % values.length)];
  }

  /** By turns eight bytes that are always the same, and eight at random. */
  private static byte[] value(int bytes, SplittableRandom random) {
    byte[] value = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      int place = i % (2 * NAME.length);
      value[i] =
          place < NAME.length ? NAME[place] : LETTERS[random.nextInt() & (LETTERS.length - 1)];
    }
    return value;
  }
}
