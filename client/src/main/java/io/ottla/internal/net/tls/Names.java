package io.ottla.internal.net.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Whom certificates are for, as text of bounded length. */
final class Names {
  private static final int MAX_HOSTS = 8;
  private static final int MAX_CHARS = 200;
  private static final int DNS = 2;
  private static final int IP = 7;

  private Names() {}

  static String of(X509Certificate certificate) {
    String subject = certificate.getSubjectX500Principal().getName();
    return subject.isEmpty() ? "of " + hostsOf(certificate) : cut(subject);
  }

  /** The hosts' names and addresses, as far as there is room; empty if it names none. */
  static String hostsOf(X509Certificate certificate) {
    List<String> hosts = new ArrayList<>();
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      for (List<?> name : names == null ? List.<List<?>>of() : names) {
        int kind = (Integer) name.get(0);
        if (kind == DNS || kind == IP) {
          hosts.add(cut(String.valueOf(name.get(1))));
        }
      }
    } catch (CertificateParsingException broken) {
      return "names that cannot be read";
    }
    int more = hosts.size() - MAX_HOSTS;
    return String.join(", ", hosts.subList(0, Math.min(MAX_HOSTS, hosts.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static String cut(String text) {
    return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "…";
  }
}
