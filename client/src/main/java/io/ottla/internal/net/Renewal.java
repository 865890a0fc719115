package io.ottla.internal.net;

import io.ottla.internal.runtime.LoopConfined;
import io.ottla.security.SaslMechanism;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authenticates a connection anew before its session ends (KIP-368).
 *
 * <p>The broker takes nothing but the exchange while it lasts, and answers in order. So calls that
 * were handed to the socket before are answered before, those that come meanwhile wait, and the
 * exchange's requests stand in the pipeline between them. Credentials are asked for ahead of that,
 * so that nobody waits for a token server.
 *
 * <p>If it fails, the connection ends: at once if the broker refused; otherwise when what was
 * handed to the socket is answered. Calls that were not go to the next connection, where whoever
 * opens it is told what is wrong.
 *
 * <p>Thread: the connection's loop. Units: nanoseconds of the injected clock.
 */
@LoopConfined
final class Renewal implements Authentication.Listener {
  /*
   * Between 85 and 95 % of the lifetime, at random so that many connections do not ask at once. The
   * rest is for the answers that are still outstanding then (a fetch waits half a second, a join
   * minutes), and for a second try.
   */
  private static final double EARLIEST = 0.85;
  private static final double LATEST = 0.95;
  private static final double END = 0.98;

  /** Brokers refuse two within a second. */
  private static final long LEAST_BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(1_100);

  private static final long LEAST_FOR_ANOTHER_TRY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Logger log = LoggerFactory.getLogger(Renewal.class);

  private final Connection connection;
  private final SaslMechanism mechanism;
  private final Executor blocking;
  private final RandomGenerator random;
  private final DeadlineTimer timer;
  private RenewalState state = RenewalState.SCHEDULED;
  private Session session;
  private @Nullable Authentication authentication; // while PREPARING and HOLDING
  private String whyRetired = ""; // valid while RETIRING
  private long lastNanos; // when the last one began; valid if wasRenewed
  private boolean wasRenewed;

  Renewal(
      Connection connection,
      SaslMechanism mechanism,
      Executor blocking,
      RandomGenerator random,
      Session session) {
    this.connection = connection;
    this.mechanism = mechanism;
    this.blocking = blocking;
    this.random = random;
    this.session = session;
    timer = new DeadlineTimer(connection.channel().eventLoop(), connection.clock(), this::onTimer);
    timer.armFor(nextNanos());
  }

  RenewalState state() {
    return state;
  }

  private long nextNanos() {
    return session.at(EARLIEST + (LATEST - EARLIEST) * random.nextDouble());
  }

  private void onTimer() {
    switch (state) {
      case SCHEDULED -> begin();
      case PREPARING -> retire("its credentials did not come in time");
      case HOLDING ->
          connection.close(Loss.lost("the broker did not answer the re-authentication", null));
      case RETIRING, OVER -> {}
    }
  }

  private void begin() {
    long earliestNanos = lastNanos + LEAST_BETWEEN_NANOS;
    long now = connection.clock().nanoTime();
    if (wasRenewed && earliestNanos - now > 0) {
      if (earliestNanos - session.at(END) < 0) {
        timer.armFor(earliestNanos);
      } else {
        retire("sessions of " + TimeText.of(session.lifetimeNanos()) + " are too short to renew");
      }
      return;
    }
    moveTo(RenewalState.PREPARING, "the session ends soon");
    timer.armFor(session.at(END));
    Authentication started = new Authentication(connection, mechanism, blocking, this);
    authentication = started;
    started.prepare();
  }

  @Override
  public void onPrepared() {
    Authentication prepared = authentication;
    PeerVersions peer = connection.versions();
    if (state != RenewalState.PREPARING || prepared == null || peer == null) {
      return;
    }
    moveTo(RenewalState.HOLDING, "the credentials are at hand");
    connection.outflow().hold();
    lastNanos = connection.clock().nanoTime();
    wasRenewed = true;
    long endNanos =
        connection.pipeline().lastHandedDeadlineNanos() + connection.settings().connectNanos();
    timer.cancel();
    timer.armFor(endNanos);
    prepared.run(SaslStyle.of(peer), Duration.ofNanos(endNanos - lastNanos));
  }

  @Override
  public void onDone(Session renewed) {
    authentication = null;
    session = renewed;
    timer.cancel();
    if (renewed.ends()) {
      moveTo(RenewalState.SCHEDULED, "authenticated anew");
      timer.armFor(nextNanos());
    } else {
      moveTo(RenewalState.OVER, "authenticated anew, without an end");
    }
    connection.release();
  }

  @Override
  public void onFailed(Loss loss) {
    authentication = null;
    if (state == RenewalState.HOLDING) {
      connection.close(Loss.lost("re-authentication failed: " + loss.why(), loss.cause()));
      return;
    }
    long now = connection.clock().nanoTime();
    long leftNanos = session.at(END) - now;
    if (leftNanos > LEAST_FOR_ANOTHER_TRY_NANOS) {
      moveTo(RenewalState.SCHEDULED, loss.why());
      timer.cancel();
      timer.armFor(now + leftNanos / 2);
    } else {
      retire(loss.why());
    }
  }

  private void retire(String why) {
    moveTo(RenewalState.RETIRING, why);
    whyRetired = why;
    timer.cancel();
    endAuthentication();
    connection.outflow().hold();
    onProgress();
  }

  /** A call has ended. */
  void onProgress() {
    if (state == RenewalState.RETIRING && connection.pipeline().hasNoneHanded()) {
      connection.close(Loss.lost("its session ends and was not renewed: " + whyRetired, null));
    }
  }

  void onClosed() {
    if (state != RenewalState.OVER) {
      moveTo(RenewalState.OVER, "the connection is closed");
    }
    timer.cancel();
    endAuthentication();
  }

  private void endAuthentication() {
    if (authentication != null) {
      authentication.end();
      authentication = null;
    }
  }

  private void moveTo(RenewalState next, String why) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(
          connection.endpoint() + " session " + state + " -> " + next + ": " + why);
    }
    log.debug(
        "[{}|{}] session {} -> {}: {}",
        connection.settings().clientId(),
        connection.endpoint(),
        state,
        next,
        why);
    state = next;
  }
}
