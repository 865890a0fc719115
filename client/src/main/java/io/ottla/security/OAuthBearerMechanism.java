package io.ottla.security;

import io.ottla.error.AuthenticationException;
import io.ottla.error.OttlaException;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.sasl.Background;
import io.ottla.internal.sasl.BearerMessages;
import io.ottla.internal.sasl.Refreshing;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;

/**
 * OAUTHBEARER (RFC 7628): one message, which holds the token.
 *
 * <p>Owns: the token that all connections share. Thread: any.
 */
final class OAuthBearerMechanism implements SaslMechanism {
  private static final String NAME = "OAUTHBEARER";

  private final TokenProvider provider;
  private final Clock clock;
  private final Refreshing<Token> tokens;

  OAuthBearerMechanism(TokenProvider provider) {
    this(provider, Clock.system(), Background::execute);
  }

  OAuthBearerMechanism(TokenProvider provider, Clock clock, Executor background) {
    this.provider = provider;
    this.clock = clock;
    tokens =
        new Refreshing<>(
            "token",
            this::fetch,
            Token::expiresAtMillis,
            clock,
            () -> ThreadLocalRandom.current().nextDouble(),
            background);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public SaslExchange begin(SaslPeer peer) {
    String label = NAME + " at " + peer.host() + ":" + peer.port();
    try {
      Token token = provider instanceof FileTokens ? fetch() : tokens.get();
      return new Exchange(label, token);
    } catch (OttlaException unusable) {
      throw OwnExchange.labelled(label, unusable);
    }
  }

  /** One that is good, now. */
  private Token fetch() {
    Token token;
    try {
      token = provider.token();
    } catch (OttlaException told) {
      throw told;
    } catch (RuntimeException failure) {
      throw new AuthenticationException(
          "the token provider failed: " + failure.getClass().getName(), failure);
    }
    if (token == null) {
      throw new AuthenticationException("the token provider has none: null", null);
    }
    if (token.expiresAtMillis() <= clock.wallMillis()) {
      throw new AuthenticationException(
          "the token ended at "
              + Instant.ofEpochMilli(token.expiresAtMillis())
              + ", and it is "
              + Instant.ofEpochMilli(clock.wallMillis())
              + " by this machine's clock; whoever makes it has to renew it",
          null);
    }
    return token;
  }

  @Override
  public String toString() {
    return "SaslMechanism[" + NAME + " with " + provider.getClass().getSimpleName() + "]";
  }

  private final class Exchange extends OwnExchange {
    private final Token token;
    private final byte[] message;

    Exchange(String label, Token token) {
      super(label);
      this.token = token;
      message = BearerMessages.first(token.value(), token.extensions());
    }

    @Override
    byte[] opening() {
      proved();
      return message;
    }

    @Override
    void conclude(byte[] verdict) {
      if (verdict.length > 0) {
        refused();
        throw BearerMessages.refusal(verdict);
      }
    }

    @Override
    public void refused() {
      tokens.drop(token);
    }

    @Override
    public long expiresAtMillis() {
      return token.expiresAtMillis();
    }
  }
}
