package io.ottla.cli.demo;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Orders of a shop that does not exist: JSON lines with customer, product, price and time. The same
 * seed makes the same orders.
 *
 * <p>Thread: one at a time. The bytes of a line are valid until the next.
 */
final class OrderEvents {
  private static final long FIRST_TIME_MS = 1_767_225_600_000L; // 2026-01-01
  private static final int DEAREST_CENTS = 50_000;
  private static final List<String> PRODUCTS =
      List.of("lamp", "chair", "kettle", "ladder", "carpet", "bicycle", "umbrella", "notebook");

  private final SplittableRandom random;
  private final StringBuilder text = new StringBuilder();
  private long orders;
  private long timeMs = FIRST_TIME_MS;
  private int customer;

  OrderEvents(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The line of the next order. */
  byte[] next() {
    // The smaller of two: some customers order more than others.
    customer = Math.min(random.nextInt(Keys.COUNT), random.nextInt(Keys.COUNT));
    timeMs += random.nextInt(20);
    int cents = 1 + random.nextInt(DEAREST_CENTS);
    text.setLength(0);
    text.append("{\"order\":")
        .append(orders++)
        .append(",\"customer\":\"")
        .append(new String(Keys.bytes(customer), StandardCharsets.US_ASCII))
        .append("\",\"product\":\"")
        .append(PRODUCTS.get(random.nextInt(PRODUCTS.size())))
        .append("\",\"quantity\":")
        .append(1 + random.nextInt(9))
        .append(",\"price\":")
        .append(cents / 100)
        .append(cents % 100 < 10 ? ".0" : ".")
        .append(cents % 100)
        .append(",\"time\":")
        .append(timeMs)
        .append('}');
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** The key of the order that {@link #next} made last. */
  int customer() {
    return customer;
  }
}
