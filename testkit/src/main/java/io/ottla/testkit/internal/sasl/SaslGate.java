package io.ottla.testkit.internal.sasl;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.SaslAuthenticateRequest;
import io.ottla.protocol.message.SaslAuthenticateResponse;
import io.ottla.protocol.message.SaslHandshakeRequest;
import io.ottla.protocol.message.SaslHandshakeResponse;
import io.ottla.testkit.internal.loop.Timers;
import io.ottla.testkit.internal.wire.Connection;
import io.ottla.testkit.internal.wire.Delivery;
import io.ottla.testkit.internal.wire.Exchange;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets in those who prove who they are, and those alone, by the rules of Kafka's brokers.
 *
 * <p>Owns: what is known of each connection's client. Thread: the cluster's loop.
 */
public final class SaslGate {
  private static final int FIRST_WITH_REQUESTS = 1;

  private final @Nullable SaslSettings settings;
  private final Timers timers;
  private final Mechanisms mechanisms;
  private final Map<Long, SaslSession> sessions = new HashMap<>();

  /**
   * @param settings null lets all in
   */
  public SaslGate(@Nullable SaslSettings settings, Timers timers) {
    this.settings = settings;
    this.timers = timers;
    mechanisms = new Mechanisms(settings, timers);
  }

  /** Whether the connection's next frame is a token, and no request. */
  public boolean wantsBareToken(Connection connection) {
    return settings != null && session(connection.number()).wantsBareToken();
  }

  /** Whether the client has proven who it is, or need not. */
  public boolean isIn(Connection connection) {
    return settings == null || session(connection.number()).state() == SaslState.DONE;
  }

  /** What becomes of a request of an API; null is for one that nobody knows. */
  public Admission admit(Connection connection, @Nullable ApiKey api) {
    if (settings == null) {
      return Admission.SERVE;
    }
    SaslSession session = session(connection.number());
    return switch (session.state()) {
      case NEW -> serveIf(api == ApiKey.API_VERSIONS || api == ApiKey.SASL_HANDSHAKE);
      case VERSIONS_TOLD -> serveIf(api == ApiKey.SASL_HANDSHAKE);
      case AUTHENTICATING -> api == ApiKey.SASL_AUTHENTICATE ? Admission.SERVE : Admission.REFUSE;
      case OTHER_MECHANISM, FAILED -> Admission.CLOSE;
      case DONE -> {
        long now = timers.nowMillis();
        boolean begins = api == ApiKey.SASL_HANDSHAKE && session.mayBeginAgain(now);
        yield serveIf(begins || !session.isExpired(now));
      }
    };
  }

  private static Admission serveIf(boolean isAllowed) {
    return isAllowed ? Admission.SERVE : Admission.CLOSE;
  }

  /** The client has been told the versions. */
  public void onVersionsTold(long connectionId) {
    if (settings != null) {
      session(connectionId).onVersionsTold();
    }
  }

  /** The connection is gone. */
  public void forget(Connection connection) {
    sessions.remove(connection.number());
  }

  /** Handles SaslHandshake. */
  public void handshake(Exchange<SaslHandshakeRequest, SaslHandshakeResponse> exchange) {
    SaslSession session = session(exchange.connectionId());
    if (session.state() == SaslState.DONE && !session.mayBeginAgain(timers.nowMillis())) {
      exchange.answer(new SaslHandshakeResponse().errorCode(ErrorCode.ILLEGAL_SASL_STATE.code()));
      return;
    }
    String named = exchange.request().mechanism();
    SaslHandshakeResponse answer = new SaslHandshakeResponse().mechanisms(mechanisms.enabled());
    if (!mechanisms.enabled().contains(named)) {
      boolean isAgain = session.isAgain();
      session.fail();
      if (isAgain) {
        exchange.closeConnection("it cannot authenticate again with " + named); // Nothing is said.
        return;
      }
      later(
          () -> exchange.answerLast(answer.errorCode(ErrorCode.UNSUPPORTED_SASL_MECHANISM.code())));
      return;
    }
    session.begin(
        named,
        mechanisms.begin(named),
        exchange.version() < FIRST_WITH_REQUESTS,
        timers.nowMillis());
    exchange.answer(answer);
  }

  /** Handles SaslAuthenticate. */
  public void authenticate(Exchange<SaslAuthenticateRequest, SaslAuthenticateResponse> exchange) {
    SaslSession session = session(exchange.connectionId());
    if (session.state() != SaslState.AUTHENTICATING) {
      exchange.answer(
          new SaslAuthenticateResponse()
              .errorCode(ErrorCode.ILLEGAL_SASL_STATE.code())
              .errorMessage("SaslAuthenticate request received after successful authentication"));
      return;
    }
    try {
      byte[] said = session.exchange().evaluate(exchange.request().authBytes());
      long lifetimeMillis = finish(session);
      exchange.answer(
          new SaslAuthenticateResponse().authBytes(said).sessionLifetimeMs(lifetimeMillis));
    } catch (SaslRefusedException refused) {
      String told = refused.told(anyFailure(session));
      session.fail();
      later(
          () ->
              exchange.answerLast(
                  new SaslAuthenticateResponse()
                      .errorCode(ErrorCode.SASL_AUTHENTICATION_FAILED.code())
                      .errorMessage(told)));
    } catch (UnsupportedOperationException beyondUs) {
      exchange.refuse(String.valueOf(beyondUs.getMessage()));
    }
  }

  /** Handles a token that came without a request around it; answered in the same way. */
  public void onBareToken(Connection connection, ByteBuffer frame) {
    SaslSession session = session(connection.number());
    try {
      byte[] said = session.exchange().evaluate(bytes(frame));
      finish(session);
      ByteBuffer answer = ByteBuffer.allocate(Integer.BYTES + said.length);
      connection.reply(List.of(answer.putInt(said.length).put(said).flip()), Delivery.WHOLE);
    } catch (SaslRefusedException refused) {
      session.fail();
      later(() -> connection.close("authentication failed: " + refused.getMessage()));
    }
  }

  /** Ends the exchange if the client has proven itself; says how long the session lasts, or 0. */
  private long finish(SaslSession session) throws SaslRefusedException {
    Principal principal = session.exchange().principal();
    if (principal == null) {
      return 0;
    }
    long now = timers.nowMillis();
    long most = settings == null ? 0 : settings.maxSessionMillis();
    long credentials =
        principal.expiresAtMillis() == Principal.FOR_EVER
            ? Principal.FOR_EVER
            : Math.max(0, principal.expiresAtMillis() - now);
    long lifetime = most > 0 ? Math.min(most, credentials) : credentials;
    boolean isForEver = lifetime == Principal.FOR_EVER;
    session.done(principal, isForEver ? Principal.FOR_EVER : now + lifetime);
    return isForEver ? 0 : lifetime;
  }

  private static String anyFailure(SaslSession session) {
    return "Authentication failed during %s due to invalid credentials with SASL mechanism %s"
        .formatted(session.isAgain() ? "re-authentication" : "authentication", session.mechanism());
  }

  private void later(Runnable answering) {
    long delay = settings == null ? 0 : settings.failureDelayMillis();
    if (delay > 0) {
      timers.schedule(delay, answering);
    } else {
      answering.run();
    }
  }

  private SaslSession session(long connectionId) {
    return sessions.computeIfAbsent(
        connectionId, id -> new SaslSession(settings == null ? SaslState.DONE : SaslState.NEW));
  }

  private static byte[] bytes(ByteBuffer from) {
    byte[] bytes = new byte[from.remaining()];
    from.get(from.position(), bytes);
    return bytes;
  }
}
