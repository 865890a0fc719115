package io.ottla.internal.net;

import io.ottla.error.OttlaException;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;
import io.ottla.internal.runtime.SharedRuntime;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The way to one broker: a connection that is opened when a call needs it, and anew after a loss.
 *
 * <p>Owns: a {@link Link}, which does it. Thread: any. Always: calls of one thread leave in the
 * order in which it made them, also across the opening; a failed attempt is followed by another
 * while calls wait, after a back-off, until each of them has seen as many as the settings' retries
 * allow or its time is over.
 *
 * <p>A call is encoded on the calling thread while a connection is open, and on the loop otherwise.
 */
public final class BrokerLink {
  private final Endpoint endpoint;
  private final ConnectionSettings settings;
  private final NetEnvironment environment;
  private final Link link;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private volatile @Nullable Connection openView; // written on the loop
  private volatile @Nullable LinkTrouble troubleView; // likewise

  /**
   * A link on a loop of its own choice.
   *
   * @param runtime must stay leased until {@link #close} has completed
   */
  public BrokerLink(
      Endpoint endpoint, ConnectionSettings settings, Clock clock, SharedRuntime.Lease runtime) {
    this(endpoint, settings, clock, runtime, runtime.loop());
  }

  /**
   * A link on a given loop: calls that are made there need no way through its queue.
   *
   * @param runtime must stay leased until {@link #close} has completed
   * @param loop one that a lease of the same runtime gave out
   */
  public BrokerLink(
      Endpoint endpoint,
      ConnectionSettings settings,
      Clock clock,
      SharedRuntime.Lease runtime,
      Loop loop) {
    this(
        endpoint,
        settings,
        new NetEnvironment(
            runtime.transportOf(loop),
            clock,
            new LookupResolver(settings.resolver(), runtime.lookups()),
            new Sockets(runtime.transport()),
            runtime.blocking(),
            new SplittableRandom()));
  }

  BrokerLink(Endpoint endpoint, ConnectionSettings settings, NetEnvironment environment) {
    this.endpoint = endpoint;
    this.settings = settings;
    this.environment = environment;
    link =
        new Link(
            endpoint,
            settings,
            environment,
            listener -> Dial.start(endpoint, settings, environment, listener),
            new Seen());
  }

  /** Where it leads. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** What the peer takes, if a connection is open now. */
  public @Nullable PeerVersions versions() {
    Connection open = openView;
    return open == null ? null : open.versions();
  }

  /** What it could not do since a connection was last ready; null if nothing. */
  public @Nullable LinkTrouble trouble() {
    return troubleView;
  }

  /**
   * Sends a call; its end is told to its {@link Reply}. Never waits. On the link's own loop it is
   * handed over, and may be refused, before this returns.
   */
  public void send(Call<?> call) {
    Connection open = openView;
    RequestFrame encoded = null;
    if (open != null) {
      try {
        encoded = RequestFrame.encode(call, open);
      } catch (OttlaException refused) {
        call.fail(refused);
        return;
      }
    }
    RequestFrame frame = encoded;
    if (environment.loop().inEventLoop()) {
      link.send(call, frame);
      return;
    }
    onLoop(() -> link.send(call, frame), () -> call.refuse(endpoint));
  }

  /**
   * Opens a connection if there is none, for which it waits no longer than a request would.
   *
   * @return completes, on the loop, with what the peer takes
   */
  public CompletableFuture<PeerVersions> connect() {
    long now = environment.clock().nanoTime();
    Opening opening = new Opening(endpoint, now, settings.requestNanos());
    onLoop(() -> link.open(opening), () -> opening.onFailed(closedLoss(), 0, now));
    return opening.versions();
  }

  /**
   * Takes no more calls, and ends when those under way have, or after the given time. May be called
   * again; the earliest end counts.
   *
   * @return completes, on the loop, when the link is closed
   */
  public CompletableFuture<Void> close(Duration timeout) {
    onLoop(() -> link.close(timeout), () -> closed.complete(null));
    return closed.copy();
  }

  static Loss closedLoss() {
    return Loss.closed("the client was closed");
  }

  private void onLoop(Runnable action, Runnable otherwise) {
    try {
      environment.loop().execute(action);
    } catch (RejectedExecutionException loopIsGone) {
      otherwise.run();
    }
  }

  /** What the loop shows to other threads. */
  private final class Seen implements Link.View {
    @Override
    public void onOpen(@Nullable Connection connection) {
      openView = connection;
    }

    @Override
    public void onTrouble(@Nullable LinkTrouble trouble) {
      troubleView = trouble;
    }

    @Override
    public void onClosed() {
      closed.complete(null);
    }
  }
}
