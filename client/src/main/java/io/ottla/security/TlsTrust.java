package io.ottla.security;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust, and where that is written.
 *
 * @param source where the certificates are
 * @param type what the source is, null to tell from its content
 * @param password of the store, if it is one and has one
 */
record TlsTrust(TlsSource source, @Nullable String type, @Nullable String password) {
  static TlsTrust ofStore(Path file, @Nullable String type, @Nullable String password) {
    return new TlsTrust(TlsSource.ofFile("tls.trust", file), type, password);
  }

  static TlsTrust ofPem(String certificates) {
    return new TlsTrust(TlsSource.ofText("tls.trust.pem", certificates), "PEM", null);
  }

  /** The certificates; at least one. */
  List<X509Certificate> read() {
    byte[] bytes = source.bytes();
    if (TlsStore.isPem(bytes, type, source)) {
      return TlsPem.certificates(bytes, source);
    }
    if (type == null && password == null) {
      List<X509Certificate> bare = bareCertificates(bytes);
      if (!bare.isEmpty()) {
        return bare;
      }
    }
    return TlsStore.open(bytes, type, source, "tls.trust.password", password).trusted();
  }

  /** Certificates without a wrapping (DER), as some authorities hand them out. */
  private static List<X509Certificate> bareCertificates(byte[] bytes) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(bytes))
          .stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (CertificateException notThat) {
      return List.of();
    }
  }

  @Override
  public String toString() {
    return source.toString();
  }
}
