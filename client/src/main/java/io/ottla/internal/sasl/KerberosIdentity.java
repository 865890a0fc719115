package io.ottla.internal.sasl;

import java.util.Comparator;
import java.util.Date;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KerberosTicket;

/**
 * Somebody who has logged in. Its tickets do not print.
 *
 * @param subject with the tickets
 * @param endMillis when the ticket that grants tickets ends, in milliseconds since 1970; {@link
 *     Long#MAX_VALUE} if there is none
 */
public record KerberosIdentity(Subject subject, long endMillis) {
  /** Of a subject as it is now. */
  public static KerberosIdentity of(Subject subject) {
    long end =
        subject.getPrivateCredentials(KerberosTicket.class).stream()
            .filter(ticket -> ticket.getServer().getName().startsWith("krbtgt/"))
            .map(KerberosTicket::getEndTime)
            .max(Comparator.naturalOrder())
            .map(Date::getTime)
            .orElse(Long.MAX_VALUE);
    return new KerberosIdentity(subject, end);
  }

  /** Who it is; empty if that is not said. */
  public String name() {
    return subject.getPrincipals().stream().findFirst().map(Object::toString).orElse("");
  }

  @Override
  public String toString() {
    return "KerberosIdentity[" + name() + ", endMillis=" + endMillis + "]";
  }
}
