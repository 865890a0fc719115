package io.ottla.security;

import io.ottla.error.OttlaException;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.sasl.GssConversation;
import io.ottla.internal.sasl.KerberosIdentity;
import io.ottla.internal.sasl.KerberosLogin;
import io.ottla.internal.sasl.KerberosSettings;
import javax.security.auth.Subject;

/** GSSAPI (RFC 4752): Kerberos 5, without a security layer. Owns: the login. Thread: any. */
final class GssapiMechanism implements SaslMechanism {
  private static final String NAME = "GSSAPI";

  private final Gssapi settings;
  private final KerberosLogin login;

  GssapiMechanism(Gssapi settings) {
    this.settings = settings;
    login =
        new KerberosLogin(
            new KerberosSettings(settings.principal(), settings.keytab(), settings.ticketCache()),
            Clock.system());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public SaslExchange begin(SaslPeer peer) {
    String label = NAME + " at " + peer.host() + ":" + peer.port();
    try {
      KerberosIdentity identity = identity();
      String service = settings.serviceName() + "@" + peer.host();
      return new Exchange(
          label + " as " + identity.name(),
          identity,
          new GssConversation(identity.subject(), service));
    } catch (OttlaException unusable) {
      throw OwnExchange.labelled(label, unusable);
    }
  }

  private KerberosIdentity identity() {
    Subject subject = settings.subject();
    return subject == null ? login.identity() : KerberosIdentity.of(subject);
  }

  @Override
  public String toString() {
    return "SaslMechanism[" + NAME + ", " + settings + "]";
  }

  private final class Exchange extends OwnExchange {
    private final KerberosIdentity identity;
    private final GssConversation conversation;

    Exchange(String label, KerberosIdentity identity, GssConversation conversation) {
      super(label);
      this.identity = identity;
      this.conversation = conversation;
    }

    @Override
    byte[] opening() {
      return conversation.token(new byte[0]);
    }

    @Override
    byte[] answer(byte[] challenge) {
      if (!conversation.isEstablished()) {
        return conversation.token(challenge);
      }
      byte[] agreement = conversation.agreement(challenge);
      proved();
      return agreement;
    }

    @Override
    void conclude(byte[] verdict) {
      // Both sides have proved themselves before; what is left is a yes.
    }

    @Override
    public long expiresAtMillis() {
      return identity.endMillis();
    }

    @Override
    public void refused() {
      login.drop(identity);
    }

    @Override
    public void close() {
      conversation.close();
    }
  }
}
