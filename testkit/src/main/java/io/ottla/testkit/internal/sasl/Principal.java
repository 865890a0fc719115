package io.ottla.testkit.internal.sasl;

/**
 * Who a client is.
 *
 * @param name for example {@code alice}
 * @param expiresAtMillis until when that is proven, since 1970; {@link #FOR_EVER} if no end is
 *     known
 */
public record Principal(String name, long expiresAtMillis) {
  /** No end. */
  public static final long FOR_EVER = Long.MAX_VALUE;
}
