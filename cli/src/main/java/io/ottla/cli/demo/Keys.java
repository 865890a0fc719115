package io.ottla.cli.demo;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The keys of all records of a demo: few enough that a ledger of each fits in memory. */
final class Keys {
  static final int COUNT = 1_000;

  private static final byte[][] BYTES = new byte[COUNT][];

  static {
    for (int i = 0; i < COUNT; i++) {
      BYTES[i] = String.format(Locale.ROOT, "c%04d", i).getBytes(StandardCharsets.US_ASCII);
    }
  }

  private Keys() {}

  /** The bytes of a key; not to be changed. */
  static byte[] bytes(int key) {
    return BYTES[key];
  }
}
