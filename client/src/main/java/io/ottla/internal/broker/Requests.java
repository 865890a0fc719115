package io.ottla.internal.broker;

import io.ottla.error.SendOutcome;
import io.ottla.error.TimeoutException;
import io.ottla.internal.net.BrokerLink;
import io.ottla.internal.net.Call;
import io.ottla.internal.net.FutureReply;
import io.ottla.internal.net.PeerVersions;
import io.ottla.internal.runtime.Clock;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Sends requests over a link, and gives futures that complete on callback threads.
 *
 * <p>Thread: any.
 */
public final class Requests {
  private final BrokerLink link;
  private final Clock clock;
  private final Executor callbacks;

  /**
   * @param callbacks where futures complete
   */
  public Requests(BrokerLink link, Clock clock, Executor callbacks) {
    this.link = link;
    this.clock = clock;
    this.callbacks = callbacks;
  }

  /** Sends a request in the highest version that both sides know. */
  public <R extends ResponseMessage> CompletableFuture<R> send(
      RequestMessage<R> request, Duration timeout) {
    FutureReply<R> reply = new FutureReply<>(callbacks);
    link.send(Call.of(request, timeout, clock, reply).build());
    return reply.future();
  }

  /** Sends a request in this version or not at all; says when nothing reads its bytes any more. */
  <R extends ResponseMessage> CompletableFuture<R> send(
      RequestMessage<R> request, Duration timeout, int version, Runnable onBytesFree) {
    FutureReply<R> reply = new FutureReply<>(callbacks);
    link.send(
        Call.of(request, timeout, clock, reply).version(version).onBytesFree(onBytesFree).build());
    return reply.future();
  }

  /** What the peer takes; opens a connection if there is none. */
  public CompletableFuture<PeerVersions> versions() {
    PeerVersions known = link.versions();
    return known != null
        ? CompletableFuture.completedFuture(known)
        : link.connect().thenApplyAsync(versions -> versions, callbacks);
  }

  String peer() {
    return link.endpoint().toString();
  }

  Clock clock() {
    return clock;
  }

  /** What is left of a time that began to run. */
  Duration left(Duration timeout, long startNanos, String what) {
    Duration waited = Duration.ofNanos(clock.nanoTime() - startNanos);
    Duration left = timeout.minus(waited);
    if (left.isNegative() || left.isZero()) {
      throw new TimeoutException(
          what
              + " not sent to "
              + peer()
              + " within "
              + timeout.toMillis()
              + " ms: its topics were not known in time",
          SendOutcome.NOT_SENT,
          waited,
          0);
    }
    return left;
  }

  /** A failure without the wrapping that futures add. */
  static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
