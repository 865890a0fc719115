package io.ottla.internal.net;

import io.ottla.error.ConnectPhase;
import org.jspecify.annotations.Nullable;

/**
 * What a link could not do since its last connection was ready: how often it tried, and what came
 * of it last. Immutable. Times in nanoseconds of the injected clock.
 *
 * @param endpoint where it leads
 * @param failures how many attempts in a row failed; at least 1
 * @param firstNanos when the first of them had failed
 * @param lastNanos when the last of them had failed
 * @param phase how far the last one came; null if the peer spoke another protocol
 * @param brief the last cause in a few words: {@code refused the connection}
 * @param why the last cause as its caller was told
 */
public record LinkTrouble(
    Endpoint endpoint,
    int failures,
    long firstNanos,
    long lastNanos,
    @Nullable ConnectPhase phase,
    String brief,
    String why) {
  /** {@code localhost:9092 refused the connection, 12 times (last 0.9 s ago)}. */
  public String describe(long nowNanos) {
    String ago = TimeText.of(nowNanos - lastNanos) + " ago";
    return endpoint
        + " "
        + brief
        + (failures == 1 ? " (" + ago + ")" : ", " + failures + " times (last " + ago + ")");
  }
}
