package io.ottla.testkit.tls;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A certificate authority for tests, and what it issues. Each has a key of its own, so another one
 * is a foreign authority.
 *
 * <pre>{@code
 * TestCertificates authority = TestCertificates.create();
 * try (FakeCluster kafka = FakeCluster.builder().tls(authority.server("localhost")).start()) {
 *   run(kafka.bootstrapServers(), authority.writePem(directory.resolve("ca.pem")));
 * }
 * }</pre>
 *
 * <p>Needs {@code io.netty:netty-pkitesting}, which the test kit does not bring along. Keys are for
 * elliptic curves (P-256); certificates are valid from yesterday on, for a month. Thread-safe.
 */
public final class TestCertificates {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration MONTH = Duration.ofDays(30);

  private final Issuer issuer;

  private TestCertificates(Issuer issuer) {
    this.issuer = issuer;
  }

  /**
   * Makes an authority, in a few milliseconds.
   *
   * @return one that nobody trusts yet
   * @throws IllegalStateException if netty-pkitesting is not on the class path
   */
  public static TestCertificates create() {
    return create("CN=Test authority");
  }

  /**
   * Makes an authority with a name.
   *
   * @param subject for example {@code CN=Foreign authority}
   * @return one that nobody trusts yet
   * @throws IllegalStateException if netty-pkitesting is not on the class path
   */
  public static TestCertificates create(String subject) {
    Instant now = Instant.now();
    return new TestCertificates(Issuer.create(subject, now.minus(MONTH), now.plus(MONTH)));
  }

  /**
   * Issues a server's certificate.
   *
   * @param names DNS names and IP addresses that it is good for; may be none
   * @return valid now
   */
  public TestCertificate server(String... names) {
    Instant now = Instant.now();
    return issue("CN=broker", List.of(names), now.minus(DAY), now.plus(MONTH));
  }

  /**
   * Issues a client's certificate.
   *
   * @param name becomes its subject, {@code CN=name}
   * @return valid now
   */
  public TestCertificate client(String name) {
    Instant now = Instant.now();
    return issue("CN=" + name, List.of(), now.minus(DAY), now.plus(MONTH));
  }

  /**
   * Issues a certificate that expired an hour ago.
   *
   * @param names DNS names and IP addresses that it was good for
   * @return for a server or a client
   */
  public TestCertificate expired(String... names) {
    Instant now = Instant.now();
    return issue("CN=expired", List.of(names), now.minus(DAY), now.minus(Duration.ofHours(1)));
  }

  /**
   * Issues a certificate that becomes valid tomorrow.
   *
   * @param names DNS names and IP addresses that it will be good for
   * @return for a server or a client
   */
  public TestCertificate notYetValid(String... names) {
    Instant now = Instant.now();
    return issue("CN=early", List.of(names), now.plus(DAY), now.plus(MONTH));
  }

  /**
   * Issues any certificate.
   *
   * @param subject for example {@code CN=broker,O=Ottla}
   * @param names DNS names and IP addresses
   * @param notBefore when it becomes valid
   * @param notAfter when it expires
   * @return for a server or a client
   */
  public TestCertificate issue(
      String subject, List<String> names, Instant notBefore, Instant notAfter) {
    return issuer.issue(subject, names, notBefore, notAfter);
  }

  /**
   * The authority's own certificate, which is what to trust.
   *
   * @return self-signed
   */
  public X509Certificate certificate() {
    return issuer.certificate();
  }

  /**
   * The authority's own certificate as PEM.
   *
   * @return what to trust
   */
  public String pem() {
    return TestCertificate.quietly(() -> Pem.of(List.of(certificate())));
  }

  /**
   * Writes the authority's own certificate as PEM.
   *
   * @param file is replaced if it exists
   * @return the file
   */
  public Path writePem(Path file) {
    return TestCertificate.write(file, pem());
  }

  /**
   * Writes a trust store with the authority's own certificate.
   *
   * @param file is replaced if it exists
   * @param type {@code PKCS12} or {@code JKS}
   * @param password to open it with
   * @return the file
   */
  public Path writeTrustStore(Path file, String type, String password) {
    return TestCertificate.writeStore(
        file, type, password, store -> store.setCertificateEntry("authority", certificate()));
  }

  @Override
  public String toString() {
    return "authority " + certificate().getSubjectX500Principal();
  }
}
