package io.ottla.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.SaslAuthenticateRequest;
import io.ottla.protocol.message.SaslAuthenticateResponse;
import io.ottla.protocol.message.SaslHandshakeRequest;
import io.ottla.protocol.message.SaslHandshakeResponse;
import io.ottla.script.Asked;
import io.ottla.script.Peer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A connection that authenticates, in an embedded channel; the test is the broker. */
abstract class SaslTestBase extends ConnectionTestBase {
  final StagedMechanism mechanism = new StagedMechanism();

  /** To a peer whose versions these are. */
  Connection authenticating(Map<ApiKey, Integer> versions) {
    HandshakeStep told =
        new HandshakeStep() {
          @Override
          public String what() {
            return "settling";
          }

          @Override
          public void run(Handshake handshake) {
            handshake.settle(PeerVersions.of(Peer.versions(versions)));
            handshake.next();
          }
        };
    Connection connection = open(List.of(told, step()), 1 << 20);
    turn();
    return connection;
  }

  Connection authenticating() {
    return authenticating(Peer.allVersions());
  }

  /** One that is authenticated, for so long. */
  Connection authenticated(long lifetimeMs) {
    Connection connection = authenticating();
    consent();
    answerToken("", lifetimeMs);
    assertThat(connection.state()).isEqualTo(ConnectionState.READY);
    return connection;
  }

  /** Runs what it is given at once: the mechanism's code never waits here. */
  HandshakeStep step() {
    return new SaslStep(mechanism, Runnable::run, new SplittableRandom(7));
  }

  /** The broker takes the mechanism. */
  void consent() {
    Asked asked = nextAsked();
    assertThat(asked.key()).isEqualTo(ApiKey.SASL_HANDSHAKE);
    assertThat(((SaslHandshakeRequest) asked.body()).mechanism()).isEqualTo(mechanism.name);
    answer(asked, new SaslHandshakeResponse().mechanisms(List.of(mechanism.name)));
  }

  String answerToken(String challenge, long lifetimeMs) {
    Asked asked = nextAsked();
    assertThat(asked.key()).isEqualTo(ApiKey.SASL_AUTHENTICATE);
    answer(
        asked,
        new SaslAuthenticateResponse()
            .authBytes(challenge.getBytes(StandardCharsets.UTF_8))
            .sessionLifetimeMs(lifetimeMs));
    return new String(((SaslAuthenticateRequest) asked.body()).authBytes(), StandardCharsets.UTF_8);
  }

  void refuseToken(ErrorCode error, String why) {
    answer(nextAsked(), new SaslAuthenticateResponse().errorCode(error.code()).errorMessage(why));
  }
}
