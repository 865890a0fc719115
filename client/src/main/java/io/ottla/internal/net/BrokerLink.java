package io.ottla.internal.net;

import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.internal.runtime.SharedRuntime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one broker: a connection that is opened when a call needs it, and anew after a loss.
 *
 * <p>Owns: the connection and the calls that wait for one. Thread: any for the public methods; what
 * they hand to {@link Confined} runs on the link's loop. Always: calls of one thread leave in the
 * order in which it made them, also across the opening; a failed attempt fails the calls that
 * waited for it, and the next call tries again.
 *
 * <p>A call is encoded on the calling thread while a connection is open, and on the loop otherwise.
 */
public final class BrokerLink {
  private static final Logger log = LoggerFactory.getLogger(BrokerLink.class);

  private final Endpoint endpoint;
  private final ConnectionSettings settings;
  private final NetEnvironment environment;
  private final Confined confined;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private volatile @Nullable Connection openView; // written on the loop

  /**
   * A link on a loop of its own choice.
   *
   * @param runtime must stay leased until {@link #close} has completed
   */
  public BrokerLink(
      Endpoint endpoint, ConnectionSettings settings, Clock clock, SharedRuntime.Lease runtime) {
    this(
        endpoint,
        settings,
        new NetEnvironment(
            runtime.nextLoop(),
            clock,
            new LookupResolver(settings.resolver(), runtime.lookups()),
            new Sockets(runtime.transport())));
  }

  BrokerLink(Endpoint endpoint, ConnectionSettings settings, NetEnvironment environment) {
    this.endpoint = endpoint;
    this.settings = settings;
    this.environment = environment;
    confined = new Confined();
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

  /** What it could not do since a connection was last ready; null if nothing. Any thread. */
  public @Nullable LinkTrouble trouble() {
    return null;
  }

  /** Sends a call; its end is told to its {@link Reply}. Never waits. */
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
    onLoop(() -> confined.send(call, frame), () -> call.refuse(endpoint));
  }

  /** Opens a connection if there is none; completes, on the loop, with what the peer takes. */
  public CompletableFuture<PeerVersions> connect() {
    CompletableFuture<PeerVersions> versions = new CompletableFuture<>();
    Opening opening = new Opening(versions, environment.clock().nanoTime());
    onLoop(() -> confined.connect(opening), () -> opening.fail(closedLoss()));
    return versions;
  }

  /**
   * Takes no more calls, and ends when those under way have, or after the given time. May be called
   * again; the earliest end counts.
   *
   * @return completes, on the loop, when the link is closed
   */
  public CompletableFuture<Void> close(Duration timeout) {
    onLoop(() -> confined.close(timeout), () -> closed.complete(null));
    return closed.copy();
  }

  private void onLoop(Runnable action, Runnable otherwise) {
    try {
      environment.loop().execute(action);
    } catch (RejectedExecutionException loopIsGone) {
      otherwise.run();
    }
  }

  private static Loss closedLoss() {
    return Loss.closed("the client was closed");
  }

  /** Somebody who waits for a connection and sends nothing. */
  private final class Opening {
    private final CompletableFuture<PeerVersions> versions;
    private final long startNanos;

    Opening(CompletableFuture<PeerVersions> versions, long startNanos) {
      this.versions = versions;
      this.startNanos = startNanos;
    }

    void done(Connection connection) {
      versions.complete(connection.versions());
    }

    void fail(Loss loss) {
      versions.completeExceptionally(
          loss.failureOf(
              "the question for its versions",
              SendOutcome.NOT_SENT,
              endpoint,
              environment.clock().nanoTime() - startNanos));
    }
  }

  /** What only the loop touches. */
  @LoopConfined
  private final class Confined implements Dial.Listener, Connection.Owner {
    private final Queue<Call<?>> waiting =
        new ArrayDeque<>(); // while DIALING, or CLOSING with a dial
    private final Queue<Opening> openings = new ArrayDeque<>(); // likewise
    private final DeadlineTimer deadlines;
    private final DeadlineTimer closing;
    private LinkState state = LinkState.IDLE;
    private @Nullable Dial dial;
    private @Nullable Connection connection;

    Confined() {
      deadlines = new DeadlineTimer(environment.loop(), environment.clock(), this::expire);
      closing = new DeadlineTimer(environment.loop(), environment.clock(), this::onClosingOver);
    }

    void send(Call<?> call, @Nullable RequestFrame encoded) {
      assert environment.loop().inEventLoop();
      if (!state.acceptsCalls()) {
        call.refuse(endpoint);
      } else if (connection != null) {
        connection.send(call, encoded);
      } else {
        waiting.add(call);
        deadlines.armFor(call.deadlineNanos());
        dialIfIdle();
      }
    }

    void connect(Opening opening) {
      if (!state.acceptsCalls()) {
        opening.fail(closedLoss());
      } else if (connection != null) {
        opening.done(connection);
      } else {
        openings.add(opening);
        dialIfIdle();
      }
    }

    private void dialIfIdle() {
      if (state == LinkState.IDLE) {
        moveTo(LinkState.DIALING, "a call needs a connection");
        dial = new Dial(endpoint, settings, environment, this);
        dial.start();
      }
    }

    @Override
    public void onOpen(Connection ready) {
      dial = null;
      connection = ready;
      ready.handOver(this);
      if (state == LinkState.DIALING) {
        moveTo(LinkState.OPEN, "connected");
      }
      // In order: these first; whoever sees openView set comes through the loop's queue after them.
      while (!openings.isEmpty()) {
        openings.remove().done(ready);
      }
      while (!waiting.isEmpty()) {
        ready.send(waiting.remove(), null);
      }
      if (state == LinkState.CLOSING) {
        ready.drain("the client is closing");
      } else {
        openView = ready;
      }
    }

    @Override
    public void onFailed(Loss loss) {
      dial = null;
      if (state == LinkState.DIALING) {
        moveTo(LinkState.IDLE, loss.why());
      }
      failWaiting(loss);
      closeIfDone();
    }

    @Override
    public void onReady(Connection ready) {
      throw new IllegalStateException("a connection was ready twice");
    }

    @Override
    public void onClosed(Connection ended, Loss loss) {
      connection = null;
      openView = null;
      if (state == LinkState.OPEN) {
        moveTo(LinkState.IDLE, loss.why());
      }
      closeIfDone();
    }

    void close(Duration timeout) {
      if (state.acceptsCalls()) {
        moveTo(LinkState.CLOSING, "the client was closed");
        openView = null;
        if (connection != null) {
          connection.drain("the client is closing");
        }
      }
      if (state == LinkState.CLOSING) {
        closing.armFor(environment.clock().nanoTime() + timeout.toNanos());
        closeIfDone();
      }
    }

    /** The time to close is over: what is left ends now. */
    private void onClosingOver() {
      Loss loss = closedLoss();
      failWaiting(loss);
      if (connection != null) {
        connection.close(loss);
      }
      closeIfDone();
    }

    private void closeIfDone() {
      if (state != LinkState.CLOSING || connection != null) {
        return;
      }
      if (dial != null) {
        if (!waiting.isEmpty() || !openings.isEmpty()) {
          return;
        }
        dial.cancel("the client was closed");
        dial = null;
      }
      deadlines.cancel();
      closing.cancel();
      moveTo(LinkState.CLOSED, "nothing is under way");
      closed.complete(null);
    }

    private void failWaiting(Loss loss) {
      long now = environment.clock().nanoTime();
      while (!waiting.isEmpty()) {
        waiting.remove().fail(loss, endpoint, now);
      }
      while (!openings.isEmpty()) {
        openings.remove().fail(loss);
      }
    }

    private void expire() {
      long now = environment.clock().nanoTime();
      List<Call<?>> due = new ArrayList<>();
      long leastNanos = Long.MAX_VALUE;
      for (Iterator<Call<?>> calls = waiting.iterator(); calls.hasNext(); ) {
        Call<?> call = calls.next();
        if (call.isDue(now)) {
          calls.remove();
          due.add(call);
        } else {
          leastNanos = Math.min(leastNanos, call.deadlineNanos() - now);
        }
      }
      String hint = dial == null ? "no connection" : dial.describe();
      due.forEach(call -> call.onTimeout(endpoint, now, hint));
      if (!waiting.isEmpty()) {
        deadlines.armFor(now + leastNanos);
      }
      closeIfDone();
    }

    private void moveTo(LinkState next, String why) {
      if (!state.mayBecome(next)) {
        throw new IllegalStateException(endpoint + " " + state + " -> " + next + ": " + why);
      }
      log.debug("[{}|{}] {} -> {}: {}", settings.clientId(), endpoint, state, next, why);
      state = next;
    }
  }
}
