package io.ottla.pki;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** An authority of a test, and what it issues: a certificate with its key each. */
public final class Authority {
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant FAR_OFF = Instant.parse("2120-01-01T00:00:00Z");

  private final X509Bundle own;

  public Authority(String name) {
    try {
      own = valid().subject("CN=" + name).setIsCertificateAuthority(true).buildSelfSigned();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Its own certificate, in PEM. */
  public String pem() {
    return own.getCertificatePEM();
  }

  public X509Bundle bundle() {
    return own;
  }

  /** For a broker: names, or addresses of IP version 4. */
  public X509Bundle server(String... hosts) {
    return issue(
        "CN=a broker",
        builder -> {
          CertificateBuilder named = builder.addExtendedKeyUsageServerAuth();
          for (String host : hosts) {
            named = isAddress(host) ? named.addSanIpAddress(host) : named.addSanDnsName(host);
          }
          return named;
        });
  }

  /** For a client. */
  public X509Bundle client(String name) {
    return issue("CN=" + name, CertificateBuilder::addExtendedKeyUsageClientAuth);
  }

  public X509Bundle issue(String subject, UnaryOperator<CertificateBuilder> how) {
    try {
      return how.apply(valid().subject(subject)).buildIssuedBy(own);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Of nobody but itself. */
  public static X509Bundle selfSigned(String host) {
    try {
      return valid()
          .subject("CN=" + host)
          .addSanDnsName(host)
          .setIsCertificateAuthority(true)
          .buildSelfSigned();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static CertificateBuilder valid() {
    return new CertificateBuilder().ecp256().notBefore(LONG_AGO).notAfter(FAR_OFF);
  }

  private static boolean isAddress(String host) {
    try {
      return host.matches("[0-9.]+") && InetAddress.getByName(host) != null;
    } catch (java.net.UnknownHostException e) {
      return false;
    }
  }
}
