package io.ottla.testkit.tls;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.KeyUsage;
import io.netty.pkitesting.X509Bundle;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * The authority's key, and how it signs. The one class that knows the library which makes
 * certificates, so that the others can say when it is missing.
 *
 * <p>Thread: any.
 */
final class Issuer {
  private static final String LIBRARY = "io.netty.pkitesting.CertificateBuilder";

  private final X509Bundle root;

  private Issuer(X509Bundle root) {
    this.root = root;
  }

  static Issuer create(String subject, Instant notBefore, Instant notAfter) {
    checkLibrary(LIBRARY);
    return TestCertificate.quietly(
        () ->
            new Issuer(
                new CertificateBuilder()
                    .ecp256()
                    .subject(subject)
                    .notBefore(notBefore)
                    .notAfter(notAfter)
                    .setIsCertificateAuthority(true)
                    .setKeyUsage(true, KeyUsage.keyCertSign, KeyUsage.cRLSign)
                    .buildSelfSigned()));
  }

  static void checkLibrary(String className) {
    try {
      Class.forName(className, false, Issuer.class.getClassLoader());
    } catch (ClassNotFoundException missing) {
      throw new IllegalStateException(
          "TestCertificates needs io.netty:netty-pkitesting, which is not on the class path; add it"
              + " to your build in scope test, or use TestCertificate.of with a certificate of your"
              + " own",
          missing);
    }
  }

  X509Certificate certificate() {
    return root.getCertificate();
  }

  /**
   * Signs one for servers and clients.
   *
   * @param names DNS names and IP addresses
   */
  TestCertificate issue(String subject, List<String> names, Instant notBefore, Instant notAfter) {
    return TestCertificate.quietly(
        () -> {
          CertificateBuilder wanted =
              new CertificateBuilder()
                  .ecp256()
                  .subject(subject)
                  .notBefore(notBefore)
                  .notAfter(notAfter)
                  .setKeyUsage(true, KeyUsage.digitalSignature)
                  .addExtendedKeyUsageServerAuth()
                  .addExtendedKeyUsageClientAuth();
          names.forEach(name -> add(name, wanted));
          X509Bundle issued = wanted.buildIssuedBy(root);
          return TestCertificate.of(
              List.of(issued.getCertificate()), issued.getKeyPair().getPrivate());
        });
  }

  private static void add(String name, CertificateBuilder wanted) {
    boolean isAddress = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
    if (isAddress) {
      wanted.addSanIpAddress(name);
    } else {
      wanted.addSanDnsName(name);
    }
  }
}
