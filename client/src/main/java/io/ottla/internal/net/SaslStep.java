package io.ottla.internal.net;

import io.ottla.error.ConnectPhase;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.protocol.message.ApiKey;
import io.ottla.security.SaslMechanism;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Says who we are; if that holds for a time only, a {@link Renewal} sees to it from then on. */
@LoopConfined
final class SaslStep implements HandshakeStep {
  private final SaslMechanism mechanism;
  private final Executor blocking;
  private final RandomGenerator random;
  private @Nullable Authentication authentication; // once it runs

  SaslStep(SaslMechanism mechanism, Executor blocking, RandomGenerator random) {
    this.mechanism = mechanism;
    this.blocking = blocking;
    this.random = random;
  }

  @Override
  public String what() {
    return authentication == null ? "authenticating" : authentication.what();
  }

  @Override
  public ConnectPhase phase() {
    return ConnectPhase.SASL;
  }

  @Override
  public void run(Handshake handshake) {
    PeerVersions peer = handshake.connection().versions();
    if (peer != null && peer.highestCommon(ApiKey.SASL_HANDSHAKE) < 0) {
      handshake.fail(
          Loss.refused(
              "does not know SASL",
              "the broker does not take the request SaslHandshake: it knows no SASL",
              null));
      return;
    }
    SaslStyle style = peer == null ? SaslStyle.BARE_AT_ONCE : SaslStyle.of(peer);
    Authentication started =
        new Authentication(
            handshake.connection(), mechanism, blocking, new Steps(handshake, style));
    authentication = started;
    started.prepare();
  }

  @Override
  public void onClosed() {
    if (authentication != null) {
      authentication.end();
    }
  }

  private final class Steps implements Authentication.Listener {
    private final Handshake handshake;
    private final SaslStyle style;

    Steps(Handshake handshake, SaslStyle style) {
      this.handshake = handshake;
      this.style = style;
    }

    @Override
    public void onPrepared() {
      if (authentication != null) {
        long patience = handshake.connection().settings().connectNanos();
        authentication.run(style, Duration.ofNanos(patience));
      }
    }

    @Override
    public void onDone(Session session) {
      if (session.ends()) {
        handshake
            .connection()
            .renewBy(new Renewal(handshake.connection(), mechanism, blocking, random, session));
      }
      handshake.next();
    }

    @Override
    public void onFailed(Loss loss) {
      handshake.fail(loss);
    }
  }
}
