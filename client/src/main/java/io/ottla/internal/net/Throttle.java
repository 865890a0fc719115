package io.ottla.internal.net;

import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.protocol.message.ResponseMessage;
import java.util.concurrent.TimeUnit;

/**
 * The pause that the broker asked for: from Kafka 2.0 on it answers first and then, for so long,
 * reads nothing more of this connection (KIP-219), so we send nothing more.
 *
 * <p>Thread: the connection's loop. Units: nanoseconds of the injected clock.
 */
@LoopConfined
final class Throttle {
  private final Clock clock;
  private long endNanos; // valid while hasEnd
  private boolean hasEnd;

  Throttle(Clock clock) {
    this.clock = clock;
  }

  /** A response came; it may ask for a pause. */
  void onResponse(ResponseMessage response, int version) {
    int throttleMs = response.throttleTimeMs();
    if (throttleMs > 0 && ThrottledVersions.asksForPause(response.apiKey(), version)) {
      long asked = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(throttleMs);
      endNanos = isOn() && endNanos - asked > 0 ? endNanos : asked;
      hasEnd = true;
    }
  }

  /** Whether it lasts. */
  boolean isOn() {
    hasEnd = hasEnd && endNanos - clock.nanoTime() > 0;
    return hasEnd;
  }

  /** When it ends; only while it lasts. */
  long endNanos() {
    return endNanos;
  }
}
