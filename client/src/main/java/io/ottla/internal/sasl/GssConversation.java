package io.ottla.internal.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ottla.error.AuthenticationException;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import javax.security.auth.Subject;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.MessageProp;
import org.ietf.jgss.Oid;

/**
 * The client's messages of one authentication with Kerberos 5 (RFC 4752): tokens until both sides
 * know each other, then an agreement that what follows is not wrapped.
 *
 * <p>Owns: the GSS context, until it is closed. Thread: one at a time; it may wait for the KDC.
 */
public final class GssConversation implements AutoCloseable {
  private static final String KERBEROS_5 = "1.2.840.113554.1.2.2";
  private static final byte NO_SECURITY_LAYER = 1;
  private static final byte[] NOTHING = {};

  private final Subject subject;
  private final String service;
  private final GSSContext context;

  /**
   * Begins.
   *
   * @param subject who we are
   * @param service the broker's principal, as {@code kafka@host}
   */
  public GssConversation(Subject subject, String service) {
    this.subject = subject;
    this.service = service;
    context = as(this::newContext);
  }

  private GSSContext newContext() throws GSSException {
    GSSManager manager = GSSManager.getInstance();
    Oid kerberos = new Oid(KERBEROS_5);
    GSSName broker = manager.createName(service, GSSName.NT_HOSTBASED_SERVICE);
    GSSCredential ours =
        manager.createCredential(
            null, GSSCredential.INDEFINITE_LIFETIME, kerberos, GSSCredential.INITIATE_ONLY);
    GSSContext fresh =
        manager.createContext(broker, kerberos, ours, GSSContext.INDEFINITE_LIFETIME);
    fresh.requestMutualAuth(true);
    fresh.requestInteg(true);
    return fresh;
  }

  /** Whether both sides know each other, so that the next challenge is the agreement. */
  public boolean isEstablished() {
    return context.isEstablished();
  }

  /** Answers a token, the first time none; what comes out may be empty, and is to be sent. */
  public byte[] token(byte[] challenge) {
    return as(
        () -> {
          byte[] token = context.initSecContext(challenge, 0, challenge.length);
          return token == null ? NOTHING : token;
        });
  }

  /** Agrees to no security layer, and says as whom we act: ourselves. */
  public byte[] agreement(byte[] wrapped) {
    return as(
        () -> {
          byte[] offer = context.unwrap(wrapped, 0, wrapped.length, new MessageProp(0, false));
          if (offer.length != 4 || (offer[0] & NO_SECURITY_LAYER) == 0) {
            throw new AuthenticationException(
                "the broker insists on wrapping what follows, which Kafka does not do", null);
          }
          byte[] name = context.getSrcName().toString().getBytes(UTF_8);
          byte[] choice = new byte[4 + name.length];
          choice[0] = NO_SECURITY_LAYER;
          System.arraycopy(name, 0, choice, 4, name.length);
          return context.wrap(choice, 0, choice.length, new MessageProp(0, false));
        });
  }

  private <T> T as(PrivilegedExceptionAction<T> work) {
    try {
      return Subject.doAs(subject, work);
    } catch (PrivilegedActionException failure) {
      throw KerberosTrouble.of("Kerberos with " + service, failure.getException());
    }
  }

  @Override
  public void close() {
    try {
      context.dispose();
    } catch (GSSException unimportant) {
      // It was to be forgotten, and it is.
    }
  }

  @Override
  public String toString() {
    return "GssConversation[" + service + "]";
  }
}
