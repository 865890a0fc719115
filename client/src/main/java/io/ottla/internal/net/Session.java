package io.ottla.internal.net;

import java.util.concurrent.TimeUnit;

/**
 * What an authentication is good for.
 *
 * @param startNanos when its last token was sent, so not later than the broker counts from
 * @param lifetimeNanos after what time the broker ends the connection unless we authenticate again
 *     (KIP-368); 0 if it does not
 */
record Session(long startNanos, long lifetimeNanos) {
  /**
   * What follows from the broker's answer and from our credentials' end, which count only if the
   * broker ends sessions at all: one that does not refuses to authenticate anew, too.
   *
   * @param lifetimeMs as the broker says; 0 for no end
   * @param expiresAtMillis when our credentials end, in milliseconds since 1970
   * @param nowMillis the time now, likewise
   */
  static Session of(long startNanos, long lifetimeMs, long expiresAtMillis, long nowMillis) {
    if (lifetimeMs <= 0) {
      return new Session(startNanos, 0);
    }
    long ownMs =
        expiresAtMillis == Long.MAX_VALUE ? lifetimeMs : Math.max(1, expiresAtMillis - nowMillis);
    return new Session(startNanos, TimeUnit.MILLISECONDS.toNanos(Math.min(lifetimeMs, ownMs)));
  }

  /** Whether it ends. */
  boolean ends() {
    return lifetimeNanos > 0;
  }

  /** The moment at this share of its lifetime. */
  long at(double share) {
    return startNanos + (long) (lifetimeNanos * share);
  }
}
