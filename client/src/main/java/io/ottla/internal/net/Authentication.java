package io.ottla.internal.net;

import io.ottla.internal.runtime.LoopConfined;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.SaslAuthenticateRequest;
import io.ottla.protocol.message.SaslAuthenticateResponse;
import io.ottla.protocol.message.SaslHandshakeRequest;
import io.ottla.protocol.message.SaslHandshakeResponse;
import io.ottla.security.SaslMechanism;
import io.ottla.security.SaslPeer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One authentication of a connection: the mechanism's tokens to the broker, the broker's to the
 * mechanism, until both are satisfied.
 *
 * <p>Tokens travel in requests since Kafka 1.0; before, after the broker's consent to the mechanism
 * (0.10) or at once (0.9), bare behind their length.
 *
 * <p>Thread: the connection's loop; the mechanism's code runs elsewhere. Always: ends exactly once,
 * with {@link Listener#onDone}, {@link Listener#onFailed} or {@link #end}.
 */
@LoopConfined
final class Authentication {
  /** Whoever wants it. */
  interface Listener {
    /** The first token is at hand; {@link Authentication#run} may follow. */
    void onPrepared();

    /** Both sides are satisfied. */
    void onDone(Session session);

    /** One of them is not, or could not say. */
    void onFailed(Loss loss);
  }

  private final Connection connection;
  private final SaslMechanism mechanism;
  private final Listener listener;
  private final BlockingExchange exchange;
  private String what;
  private byte @Nullable [] first; // from onPrepared to run
  private Duration timeout = Duration.ZERO; // valid once run
  private SaslStyle style = SaslStyle.REQUESTS; // valid once run
  private boolean isComplete;
  private long expiresAtMillis = Long.MAX_VALUE;
  private long sentNanos;

  Authentication(
      Connection connection, SaslMechanism mechanism, Executor blocking, Listener listener) {
    this.connection = connection;
    this.mechanism = mechanism;
    this.listener = listener;
    Endpoint endpoint = connection.endpoint();
    exchange =
        new BlockingExchange(
            mechanism,
            new SaslPeer(endpoint.host(), endpoint.port()),
            blocking,
            connection.channel().eventLoop());
    what = "waiting for the credentials of " + mechanism.name();
  }

  /** What it is about, for the message of one that does not end. */
  String what() {
    return what;
  }

  /** Asks the mechanism for credentials and the first token. */
  void prepare() {
    exchange.begin(
        outcome -> {
          if (take(outcome)) {
            first = outcome.bytes() == null ? new byte[0] : outcome.bytes();
            listener.onPrepared();
          }
        });
  }

  /**
   * Goes on with the broker.
   *
   * @param patience how long each of its answers may take
   */
  void run(SaslStyle itsStyle, Duration patience) {
    timeout = patience;
    style = itsStyle;
    what = "authenticating with " + mechanism.name();
    if (style.hasHandshake()) {
      connection
          .ownCalls()
          .ask(
              new SaslHandshakeRequest().mechanism(mechanism.name()),
              style.handshakeVersion(),
              timeout,
              ResponseReader::whole,
              this::onHandshake);
    } else {
      sendFirst();
    }
  }

  /** Forgets it; the listener is not told. */
  void end() {
    exchange.end();
  }

  private void onHandshake(SaslHandshakeResponse response) {
    ErrorCode error = ErrorCode.of(response.errorCode());
    if (error == ErrorCode.NONE) {
      sendFirst();
    } else {
      fail(SaslRefusal.ofMechanism(error, mechanism.name(), response.mechanisms()));
    }
  }

  private void sendFirst() {
    byte[] token = first == null ? new byte[0] : first;
    first = null;
    send(token);
  }

  private void send(byte[] token) {
    sentNanos = connection.clock().nanoTime();
    if (style.isRaw()) {
      ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).putInt(0, token.length);
      connection.ownCalls().sendBare(List.of(length, ByteBuffer.wrap(token)), this::onRawToken);
    } else {
      PeerVersions peer = connection.versions();
      int version = peer == null ? 0 : Math.max(0, peer.highestCommon(ApiKey.SASL_AUTHENTICATE));
      connection
          .ownCalls()
          .ask(
              new SaslAuthenticateRequest().authBytes(token),
              version,
              timeout,
              ResponseReader::whole,
              this::onToken);
    }
  }

  private void onRawToken(ByteBuffer token) {
    byte[] challenge = new byte[token.remaining()];
    token.get(challenge);
    onChallenge(challenge, 0);
  }

  private void onToken(SaslAuthenticateResponse response) {
    ErrorCode error = ErrorCode.of(response.errorCode());
    if (error == ErrorCode.NONE) {
      onChallenge(response.authBytes(), response.sessionLifetimeMs());
    } else {
      if (!error.isRetriable()) {
        exchange.refuse();
      }
      fail(SaslRefusal.ofCredentials(error, mechanism.name(), response.errorMessage()));
    }
  }

  private void onChallenge(byte[] challenge, long lifetimeMs) {
    if (isComplete && challenge.length == 0) {
      done(lifetimeMs);
      return;
    }
    exchange.next(
        challenge,
        outcome -> {
          if (take(outcome)) {
            onAnswer(outcome.bytes(), lifetimeMs);
          }
        });
  }

  private void onAnswer(byte @Nullable [] token, long lifetimeMs) {
    if (token != null && lifetimeMs <= 0) {
      send(token);
      // Bare tokens: nobody answers the last one.
      if (style.isRaw() && isComplete) {
        connection.ownCalls().expectNothing();
        done(0);
      }
    } else if (isComplete) {
      done(lifetimeMs);
    } else {
      fail(SaslRefusal.incomplete(mechanism.name()));
    }
  }

  private boolean take(BlockingExchange.Outcome outcome) {
    isComplete = outcome.isComplete();
    expiresAtMillis = outcome.expiresAtMillis();
    if (outcome.failure() != null) {
      fail(SaslRefusal.ofMechanismFailure(outcome.failure(), mechanism.name()));
      return false;
    }
    return true;
  }

  private void done(long lifetimeMs) {
    exchange.end();
    long nowMillis = connection.clock().wallMillis();
    listener.onDone(Session.of(sentNanos, lifetimeMs, expiresAtMillis, nowMillis));
  }

  private void fail(Loss loss) {
    exchange.end();
    listener.onFailed(loss);
  }
}
