package io.ottla.internal.net.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.ottla.error.ConfigException;
import io.ottla.security.Tls;
import io.ottla.security.TlsMaterial;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What the connections of one reading of the files are made of.
 *
 * @param ssl Netty's context; counted, if the engine is native
 * @param ours our certificate, if we have one
 */
record TlsContext(SslContext ssl, @Nullable X509Certificate ours) {
  /**
   * Makes one. It begins with one count, the caller's.
   *
   * @throws ConfigException if the engine does not take what was read
   */
  static TlsContext of(Tls tls, TlsMaterial material, SslProvider engine) {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(engine)
            .protocols(tls.protocols())
            .endpointIdentificationAlgorithm(tls.verifiesHostName() ? "HTTPS" : null)
            .trustManager(
                new CheckedTrust(trust(material.trusted()), material.trusted().isEmpty()));
    List<X509Certificate> chain = material.chain();
    material.key().ifPresent(key -> builder.keyManager(key, chain.toArray(new X509Certificate[0])));
    if (!tls.ciphers().isEmpty()) {
      builder.ciphers(tls.ciphers());
    }
    try {
      return new TlsContext(builder.build(), chain.isEmpty() ? null : chain.get(0));
    } catch (IOException | IllegalArgumentException refused) {
      throw new ConfigException(
          "tls.engine", tls.engine().name(), "it does not take these options: " + deepest(refused));
    }
  }

  private static X509ExtendedTrustManager trust(List<X509Certificate> trusted) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted.isEmpty() ? null : store(trusted));
      return Stream.of(factory.getTrustManagers())
          .filter(X509ExtendedTrustManager.class::isInstance)
          .map(X509ExtendedTrustManager.class::cast)
          .findFirst()
          .orElseThrow(() -> new GeneralSecurityException("no check of certificates in this JVM"));
    } catch (GeneralSecurityException | IOException refused) {
      throw new ConfigException(
          "tls.trust",
          trusted.isEmpty() ? "(the JVM's)" : "(" + trusted.size() + " certificates)",
          "this JVM cannot use it: " + deepest(refused));
    }
  }

  private static KeyStore store(List<X509Certificate> trusted)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < trusted.size(); i++) {
      store.setCertificateEntry("trusted-" + i, trusted.get(i));
    }
    return store;
  }

  private static String deepest(Throwable failure) {
    return Causes.of(failure).reduce((upper, deeper) -> deeper).orElse(failure).toString();
  }
}
