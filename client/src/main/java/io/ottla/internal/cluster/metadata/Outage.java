package io.ottla.internal.cluster.metadata;

import io.ottla.internal.net.TimeText;
import io.ottla.internal.runtime.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time in which no broker gives an answer of use, and until when none is asked again.
 *
 * <p>Always: that answers are of no use is told once, and once that they are again. Thread: the
 * cluster's loop.
 */
final class Outage {
  private static final Logger log = LoggerFactory.getLogger(Outage.class);

  private final String what;
  private final Backoff backoff;
  private final String clientId;
  private boolean isTold; // that answers are of no use
  private int attempts; // in vain, in a row; 0 for no outage
  private long startNanos; // valid during an outage
  private long endNanos; // of the pause; likewise
  private int attemptsSinceAnew; // since the brokers that are known were last given up
  private long anewNanos; // when the first of them ended; valid if there are any

  Outage(String what, Backoff backoff, String clientId) {
    this.what = what;
    this.backoff = backoff;
    this.clientId = clientId;
  }

  /** Nobody gave an answer; whoever was asked has told that. */
  void unanswered(String why, long nowNanos) {
    log.debug("[{}] no {}, {} times in a row: {}", clientId, what, attempts + 1, why);
    count(nowNanos);
  }

  /** An answer was of no use. */
  void useless(String why, long nowNanos) {
    if (isTold) {
      log.debug("[{}] no {}, {} times in a row: {}", clientId, what, attempts + 1, why);
    } else {
      log.info("[{}] no {}, brokers say {}; asking on", clientId, what, why);
    }
    isTold = true;
    count(nowNanos);
  }

  private void count(long nowNanos) {
    if (attempts == 0) {
      startNanos = nowNanos;
    }
    if (attemptsSinceAnew == 0) {
      anewNanos = nowNanos;
    }
    attempts++;
    attemptsSinceAnew++;
    endNanos = nowNanos + backoff.nanos(attempts);
  }

  /** An answer of use. */
  void over(long nowNanos) {
    if (isTold) {
      log.info(
          "[{}] {} again, after {} questions in vain in {}",
          clientId,
          what,
          attempts,
          TimeText.of(nowNanos - startNanos));
    }
    isTold = false;
    attempts = 0;
    attemptsSinceAnew = 0;
  }

  /** Others are asked from now on; the pause stays, for they may be no better. */
  void beginAnew() {
    attemptsSinceAnew = 0;
  }

  /** Until when nobody is to be asked. */
  long endNanos(long nowNanos) {
    return attempts == 0 ? nowNanos : endNanos;
  }

  /** How long those who are asked now have given no answer. */
  long lastedNanos(long nowNanos) {
    return attemptsSinceAnew == 0 ? 0 : nowNanos - anewNanos;
  }

  /** Whether each of so many brokers can have failed, for so long. */
  boolean lasts(int brokers, long nanos, long nowNanos) {
    return attemptsSinceAnew >= brokers && lastedNanos(nowNanos) >= nanos;
  }
}
