package io.ottla.internal.cluster;

import io.ottla.error.OttlaException;
import io.ottla.internal.net.BrokerLink;
import io.ottla.internal.net.Call;
import io.ottla.internal.net.Endpoint;
import io.ottla.internal.net.LinkTrouble;
import io.ottla.internal.net.PeerVersions;
import io.ottla.internal.net.Reply;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A link of the pool: to one broker for one use, or to a bootstrap server.
 *
 * <p>Owns: the link. Thread: the cluster's loop, where all replies come. Units: nanoseconds.
 */
@LoopConfined
final class PooledLink {
  private final int brokerId; // -1: a bootstrap server, whose id nobody knows
  private final BrokerLink link;
  private final Loop loop;
  private final Clock clock;
  private final Arrivals arrivals;
  private int outstanding;
  private long lastUsedNanos;
  private boolean isClosing;

  PooledLink(int brokerId, BrokerLink link, Loop loop, Clock clock) {
    this.brokerId = brokerId;
    this.link = link;
    this.loop = loop;
    this.clock = clock;
    arrivals = new Arrivals(loop);
    lastUsedNanos = clock.nanoTime();
  }

  int brokerId() {
    return brokerId;
  }

  Endpoint endpoint() {
    return link.endpoint();
  }

  /** How many requests have not ended. */
  int outstanding() {
    return outstanding;
  }

  long lastUsedNanos() {
    return lastUsedNanos;
  }

  /** Whether a connection is open now. */
  boolean isOpen() {
    return link.versions() != null;
  }

  /** What the broker takes, if a connection is open now. */
  @Nullable PeerVersions versions() {
    return link.versions();
  }

  /** Why no connection could be opened of late; null if all is well. */
  @Nullable LinkTrouble trouble() {
    return link.trouble();
  }

  <R extends ResponseMessage> void send(
      RequestMessage<R> request, long timeoutNanos, int highestVersion, Reply<R> reply) {
    assert loop.inLoop();
    begin();
    Reply<R> counted =
        new Reply<>() {
          @Override
          public void onResponse(R response) {
            end();
            reply.onResponse(response);
          }

          @Override
          public void onFailure(OttlaException failure) {
            end();
            reply.onFailure(failure);
          }
        };
    link.send(
        Call.of(
                request,
                Duration.ofNanos(Math.max(1, timeoutNanos)),
                clock,
                new LoopReply<>(loop, counted))
            .highestVersion(highestVersion)
            .build());
  }

  /**
   * Sends a request in one version. If a connection is open, then over this one or not at all: no
   * request overtakes those that are lost with it.
   *
   * @param onBytesFree called once, on the cluster's loop, when nothing reads its bytes any more
   * @param reply is told on the cluster's loop: an answer at once if the link is on it, too
   */
  <R extends ResponseMessage> void send(
      RequestMessage<R> request,
      int version,
      long timeoutNanos,
      Runnable onBytesFree,
      Reply<R> reply) {
    assert loop.inLoop();
    begin();
    Reply<R> counted =
        new Reply<>() {
          @Override
          public void onResponse(R response) {
            arrivals.answered(
                () -> {
                  end();
                  reply.onResponse(response);
                });
          }

          @Override
          public void onFailure(OttlaException failure) {
            arrivals.failed(
                () -> {
                  end();
                  reply.onFailure(failure);
                });
          }
        };
    Call.Builder<R> call =
        Call.of(request, Duration.ofNanos(Math.max(1, timeoutNanos)), clock, counted)
            .version(version)
            .onBytesFree(() -> arrivals.freed(onBytesFree));
    link.send(isOpen() ? call.staysBehind().build() : call.build());
  }

  /** What the broker takes; opens a connection if there is none. Told on the cluster's loop. */
  void versions(BiConsumer<@Nullable PeerVersions, @Nullable Throwable> then) {
    assert loop.inLoop();
    PeerVersions known = link.versions();
    if (known != null) {
      then.accept(known, null);
      return;
    }
    begin();
    CompletableFuture<PeerVersions> unused =
        link.connect()
            .whenComplete(
                (versions, failure) -> {
                  try {
                    loop.execute(
                        () -> {
                          end();
                          then.accept(versions, failure);
                        });
                  } catch (RejectedExecutionException afterTheLastClose) {
                    // As of a reply: nobody is left whom it could be told to.
                  }
                });
  }

  /** Whether it takes no more requests. */
  boolean isClosing() {
    return isClosing;
  }

  CompletableFuture<Void> close(Duration timeout) {
    isClosing = true;
    return link.close(timeout);
  }

  private void begin() {
    outstanding++;
    lastUsedNanos = clock.nanoTime();
  }

  private void end() {
    outstanding--;
    lastUsedNanos = clock.nanoTime();
  }

  @Override
  public String toString() {
    return brokerId < 0
        ? link.endpoint().toString()
        : "broker " + brokerId + " at " + link.endpoint();
  }
}
