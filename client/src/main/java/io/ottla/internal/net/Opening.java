package io.ottla.internal.net;

import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.error.TimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Somebody who waits for a connection and sends nothing: it is told what the peer takes. */
final class Opening implements Waiter {
  private static final String WHAT = "the question for its versions";

  private final CompletableFuture<PeerVersions> versions = new CompletableFuture<>();
  private final Endpoint endpoint;
  private final long startNanos;
  private final long timeoutNanos;

  Opening(Endpoint endpoint, long startNanos, long timeoutNanos) {
    this.endpoint = endpoint;
    this.startNanos = startNanos;
    this.timeoutNanos = timeoutNanos;
  }

  /** Completes on the loop. */
  CompletableFuture<PeerVersions> versions() {
    return versions;
  }

  @Override
  public long deadlineNanos() {
    return startNanos + timeoutNanos;
  }

  @Override
  public void onConnected(Connection connection) {
    versions.complete(connection.versions());
  }

  @Override
  public void onFailed(Loss loss, int attempts, long nowNanos) {
    versions.completeExceptionally(
        loss.failureOf(WHAT, SendOutcome.NOT_SENT, endpoint, nowNanos - startNanos, attempts));
  }

  @Override
  public void onTimeout(long nowNanos, String hint, @Nullable OttlaException last) {
    Duration waited = Duration.ofNanos(nowNanos - startNanos);
    TimeoutException failure =
        new TimeoutException(
            WHAT
                + " not sent to "
                + endpoint
                + " within "
                + TimeText.of(waited.toNanos())
                + "; "
                + hint,
            SendOutcome.NOT_SENT,
            waited,
            0);
    if (last != null) {
      failure.addSuppressed(last);
    }
    versions.completeExceptionally(failure);
  }
}
