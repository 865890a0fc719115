package io.ottla.internal.net;

import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.runtime.LoopConfined;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of a {@link BrokerLink} lives on its loop: the connection, the attempt to open one, the time
 * between two attempts, and those who wait meanwhile.
 *
 * <p>Thread: the loop's, asserted. Always: at most one attempt or connection at a time; between two
 * attempts in a row lies the back-off, however many calls come; a call that was not handed to the
 * socket when its connection ended waits for the next one.
 */
@LoopConfined
final class Link implements Attempt.Listener, Connection.Owner {
  /** Begins attempts to open a connection. */
  @FunctionalInterface
  interface Dialer {
    Attempt dial(Attempt.Listener listener);
  }

  /** What other threads see of it. */
  interface View {
    void onOpen(@Nullable Connection connection);

    void onTrouble(@Nullable LinkTrouble trouble);

    void onClosed();
  }

  private static final Logger log = LoggerFactory.getLogger(Link.class);
  private static final long TELL_AGAIN_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final Endpoint endpoint;
  private final ConnectionSettings settings;
  private final NetEnvironment environment;
  private final Dialer dialer;
  private final View view;
  private final WaitingRoom waiting; // while there is no connection
  private final Backoff backoff;
  private final DeadlineTimer deadlines;
  private final DeadlineTimer pause;
  private final DeadlineTimer closing;
  private LinkState state = LinkState.IDLE;
  private @Nullable Attempt attempt; // while DIALING, or CLOSING
  private @Nullable Connection connection; // while OPEN, or CLOSING
  private @Nullable LinkTrouble trouble; // since the last connection that was ready
  private @Nullable Loss lastLoss; // likewise
  private long dialedNanos; // valid once DIALING
  private long pauseEndNanos; // valid while BACKING_OFF
  private long toldNanos; // valid once isTold
  private boolean isTold;

  Link(
      Endpoint endpoint,
      ConnectionSettings settings,
      NetEnvironment environment,
      Dialer dialer,
      View view) {
    this.endpoint = endpoint;
    this.settings = settings;
    this.environment = environment;
    this.dialer = dialer;
    this.view = view;
    waiting = new WaitingRoom(settings.reconnect().retries());
    backoff = new Backoff(settings.reconnect(), environment.random());
    deadlines = timer(this::expire);
    pause = timer(this::onPauseOver);
    closing = timer(this::onClosingOver);
  }

  private DeadlineTimer timer(Runnable onDue) {
    return new DeadlineTimer(environment.loop(), environment.clock(), onDue);
  }

  /** Sends a call, or has it wait. */
  void send(Call<?> call, @Nullable RequestFrame encoded) {
    assert inLoop();
    if (!state.acceptsCalls()) {
      call.refuse(endpoint);
    } else if (connection != null && waiting.isEmpty()) {
      connection.send(call, encoded);
    } else if (call.staysBehind() && connection == null) {
      leaveBehind(call, Loss.lost("its connection was lost", null));
    } else {
      // Or there is one since a moment ago, and those who wait for it go first.
      await(new WaitingCall(call, endpoint));
    }
  }

  /** Tells what the peer takes as soon as there is a connection. */
  void open(Opening opening) {
    assert inLoop();
    if (!state.acceptsCalls()) {
      opening.onFailed(BrokerLink.closedLoss(), 0, now());
    } else if (connection != null) {
      opening.onConnected(connection);
    } else {
      await(opening);
    }
  }

  private void await(Waiter waiter) {
    waiting.add(waiter);
    deadlines.armFor(waiter.deadlineNanos());
    if (state == LinkState.IDLE) {
      moveTo(LinkState.DIALING, "a call needs a connection");
      dial();
    }
  }

  private void dial() {
    dialedNanos = now();
    attempt = dialer.dial(this);
  }

  @Override
  public void onOpen(Connection ready) {
    attempt = null;
    connection = ready;
    ready.handOver(this);
    backoff.onSuccess();
    clearTrouble();
    if (state == LinkState.DIALING) {
      moveTo(LinkState.OPEN, "connected");
    }
    // In order: these first; whoever sees it open comes through the loop's queue after them.
    while (connection == ready && !waiting.isEmpty()) {
      admitNext(ready);
    }
    if (connection == ready) {
      if (state == LinkState.CLOSING) {
        ready.drain("the client is closing");
      } else {
        view.onOpen(ready);
      }
    }
  }

  private void admitNext(Connection ready) {
    Waiter next = waiting.next();
    if (next != null) {
      next.onConnected(ready);
    }
  }

  @Override
  public void onFailed(Loss loss) {
    attempt = null;
    long pauseNanos = backoff.onFailure();
    note(loss);
    if (state == LinkState.DIALING) {
      moveTo(LinkState.BACKING_OFF, loss.why());
    }
    waiting.onFailedAttempt(loss, now());
    pauseFor(pauseNanos);
    closeIfDone();
  }

  private void pauseFor(long nanos) {
    pauseEndNanos = now() + nanos;
    pause.armFor(pauseEndNanos);
  }

  private void onPauseOver() {
    if (state == LinkState.BACKING_OFF && waiting.isEmpty()) {
      moveTo(LinkState.IDLE, "nobody waits");
    } else if (state == LinkState.BACKING_OFF) {
      moveTo(LinkState.DIALING, "attempt " + (backoff.failures() + 1));
      dial();
    } else if (isClosingWithout() && !waiting.isEmpty()) {
      dial();
    }
  }

  private boolean isClosingWithout() {
    return state == LinkState.CLOSING && attempt == null && connection == null;
  }

  @Override
  public void onReady(Connection ready) {
    throw new IllegalStateException("a connection was ready twice");
  }

  @Override
  public void onClosed(Connection ended, Loss loss, List<Call<?>> unsent) {
    connection = null;
    view.onOpen(null);
    boolean isOurEnd = state == LinkState.CLOSING && loss.kind() == Loss.Kind.CLOSED;
    for (Call<?> call : unsent) {
      if (isOurEnd) {
        call.fail(loss, endpoint, now(), 0);
      } else if (call.staysBehind()) {
        leaveBehind(call, loss.isDefinite() ? loss : Loss.lost(loss.why(), loss.cause()));
      } else {
        waiting.add(new WaitingCall(call, endpoint));
        deadlines.armFor(call.deadlineNanos());
      }
    }
    if (state == LinkState.OPEN) {
      leaveOpen(loss);
    } else if (isClosingWithout() && !waiting.isEmpty()) {
      pauseFor(settings.reconnect().firstNanos());
    }
    closeIfDone();
  }

  private void leaveBehind(Call<?> call, Loss loss) {
    call.fail(loss, endpoint, now(), 0);
  }

  /** A peer that hangs up as soon as it has answered must not have us spin. */
  private void leaveOpen(Loss loss) {
    long earliestNanos = dialedNanos + settings.reconnect().firstNanos();
    boolean isShort = loss.kind() != Loss.Kind.CLOSED && earliestNanos - now() > 0;
    if (isShort) {
      moveTo(LinkState.BACKING_OFF, loss.why());
      pauseFor(earliestNanos - now());
    } else {
      moveTo(LinkState.IDLE, loss.why());
      if (!waiting.isEmpty()) {
        moveTo(LinkState.DIALING, "calls that were not sent need a connection");
        dial();
      }
    }
  }

  /** Takes no more calls; what is under way gets this time. */
  void close(Duration timeout) {
    assert inLoop();
    if (state.acceptsCalls()) {
      moveTo(LinkState.CLOSING, "the client was closed");
      view.onOpen(null);
      if (connection != null) {
        connection.drain("the client is closing");
      }
    }
    if (state == LinkState.CLOSING) {
      closing.armFor(now() + timeout.toNanos());
      closeIfDone();
    }
  }

  /** The time to close is over: what is left ends now. */
  private void onClosingOver() {
    Loss loss = BrokerLink.closedLoss();
    waiting.failAll(loss, now());
    if (connection != null) {
      connection.close(loss);
    }
    closeIfDone();
  }

  private void closeIfDone() {
    if (state != LinkState.CLOSING || connection != null || !waiting.isEmpty()) {
      return;
    }
    if (attempt != null) {
      attempt.cancel("the client was closed");
      attempt = null;
    }
    deadlines.cancel();
    pause.cancel();
    closing.cancel();
    moveTo(LinkState.CLOSED, "nothing is under way");
    view.onClosed();
  }

  private void expire() {
    long now = now();
    waiting.expire(now, hint(now), lastFailure(now));
    if (!waiting.isEmpty()) {
      deadlines.armFor(now + waiting.nanosToNextDeadline(now));
    }
    closeIfDone();
  }

  /** What a call waits for. */
  private String hint(long nowNanos) {
    String what =
        attempt != null
            ? attempt.describe()
            : "no connection; the next attempt is in "
                + TimeText.of(Math.max(0, pauseEndNanos - nowNanos));
    return trouble == null
        ? what
        : what + "; " + trouble.describe(nowNanos) + ", the last time so: " + trouble.why();
  }

  private @Nullable OttlaException lastFailure(long nowNanos) {
    LinkTrouble had = trouble;
    return had == null || lastLoss == null
        ? null
        : lastLoss.failureOf(
            "a connection",
            SendOutcome.NOT_SENT,
            endpoint,
            nowNanos - had.firstNanos(),
            had.failures());
  }

  private void note(Loss loss) {
    long now = now();
    LinkTrouble before = trouble;
    lastLoss = loss;
    trouble =
        new LinkTrouble(
            endpoint,
            before == null ? 1 : before.failures() + 1,
            before == null ? now : before.firstNanos(),
            now,
            loss.phase(),
            loss.brief(),
            loss.why());
    view.onTrouble(trouble);
    boolean isOld = before == null && now - toldNanos > TELL_AGAIN_NANOS;
    if (!isTold || isOld) {
      isTold = true;
      toldNanos = now;
      log.info("[{}|{}] {}", settings.clientId(), endpoint, loss.why());
    }
  }

  private void clearTrouble() {
    trouble = null;
    lastLoss = null;
    view.onTrouble(null);
  }

  private void moveTo(LinkState next, String why) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(endpoint + " " + state + " -> " + next + ": " + why);
    }
    log.debug("[{}|{}] {} -> {}: {}", settings.clientId(), endpoint, state, next, why);
    state = next;
  }

  private boolean inLoop() {
    return environment.loop().inEventLoop();
  }

  private long now() {
    return environment.clock().nanoTime();
  }
}
