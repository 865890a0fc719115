package io.ottla.security;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import javax.security.sasl.SaslServer;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.authenticator.CredentialCache;
import org.apache.kafka.common.security.oauthbearer.internals.OAuthBearerSaslServer;
import org.apache.kafka.common.security.plain.internals.PlainSaslServer;
import org.apache.kafka.common.security.plain.internals.PlainServerCallbackHandler;
import org.apache.kafka.common.security.scram.ScramCredential;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;
import org.apache.kafka.common.security.scram.internals.ScramSaslServer;
import org.apache.kafka.common.security.scram.internals.ScramServerCallbackHandler;
import org.apache.kafka.common.security.token.delegation.TokenInformation;
import org.apache.kafka.common.security.token.delegation.internals.DelegationTokenCache;

/** The broker's side of mechanisms, as Kafka's own code plays it. */
final class KafkaSide {
  private static final int ITERATIONS = 4_096;

  private KafkaSide() {}

  static SaslServer plain(String user, String password) {
    return new PlainSaslServer(
        new PlainServerCallbackHandler() {
          @Override
          protected boolean authenticate(String name, char[] given) {
            return name.equals(user) && password.equals(new String(given));
          }
        });
  }

  static SaslServer scram(String mechanism, String user, String password) {
    ScramMechanism kind = ScramMechanism.forMechanismName(mechanism);
    try {
      var users = new CredentialCache().createCache(mechanism, ScramCredential.class);
      users.put(user, new ScramFormatter(kind).generateCredential(password, ITERATIONS));
      return scram(kind, users, new DelegationTokenCache(List.of(mechanism)));
    } catch (GeneralSecurityException missing) {
      throw new AssertionError(missing);
    }
  }

  static SaslServer scramWithToken(String mechanism, String tokenId, String hmac) {
    ScramMechanism kind = ScramMechanism.forMechanismName(mechanism);
    try {
      var users = new CredentialCache().createCache(mechanism, ScramCredential.class);
      DelegationTokenCache tokens = new DelegationTokenCache(List.of(mechanism));
      KafkaPrincipal owner = new KafkaPrincipal(KafkaPrincipal.USER_TYPE, "owner");
      tokens.addToken(
          tokenId,
          new TokenInformation(tokenId, owner, List.of(), 0, Long.MAX_VALUE, Long.MAX_VALUE));
      tokens
          .credentialCache(mechanism)
          .put(tokenId, new ScramFormatter(kind).generateCredential(hmac, ITERATIONS));
      return scram(kind, users, tokens);
    } catch (GeneralSecurityException missing) {
      throw new AssertionError(missing);
    }
  }

  private static SaslServer scram(
      ScramMechanism kind,
      CredentialCache.Cache<ScramCredential> users,
      DelegationTokenCache tokens)
      throws GeneralSecurityException {
    ScramServerCallbackHandler handler = new ScramServerCallbackHandler(users, tokens);
    handler.configure(Map.of(), kind.mechanismName(), List.of());
    return new ScramSaslServer(kind, Map.of(), handler);
  }

  /** Takes tokens that nobody signed, as long as they have not ended. */
  static SaslServer oauthBearer() {
    return new OAuthBearerSaslServer(new UnsignedTokens());
  }
}
