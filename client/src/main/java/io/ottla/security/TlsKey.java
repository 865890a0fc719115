package io.ottla.security;

import io.ottla.error.ConfigException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who we are, and where that is written.
 *
 * @param certificate where our certificate is
 * @param key where its key is; in a store, the same place
 * @param type what the source is, null to tell from its content
 * @param storePassword of the store, if it is one and has one
 * @param keyPassword of the key, if it has one; null in a store: the store's
 */
record TlsKey(
    TlsSource certificate,
    TlsSource key,
    @Nullable String type,
    @Nullable String storePassword,
    @Nullable String keyPassword) {
  /**
   * A key and its certificate.
   *
   * @param key the key
   * @param chain its certificate first
   */
  record Pair(PrivateKey key, List<X509Certificate> chain) {
    @Override
    public String toString() {
      return chain.get(0).getSubjectX500Principal().getName();
    }
  }

  static TlsKey ofFiles(Path chainPem, Path keyPem, @Nullable String password) {
    return new TlsKey(
        TlsSource.ofFile("tls.certificate", chainPem),
        TlsSource.ofFile("tls.key", keyPem),
        "PEM",
        null,
        password);
  }

  static TlsKey ofPem(String chain, String key, @Nullable String password) {
    return new TlsKey(
        TlsSource.ofText("tls.certificate.pem", chain),
        TlsSource.ofText("tls.key.pem", key),
        "PEM",
        null,
        password);
  }

  static TlsKey ofStore(
      Path file,
      @Nullable String type,
      @Nullable String storePassword,
      @Nullable String keyPassword) {
    TlsSource store = TlsSource.ofFile("tls.key", file);
    return new TlsKey(store, store, type, storePassword, keyPassword);
  }

  Pair read(@Nullable String alias) {
    byte[] bytes = key.bytes();
    if (TlsStore.isPem(bytes, type, key)) {
      PrivateKey secret = TlsPrivateKeys.read(bytes, key, keyPassword);
      byte[] chain = certificate.bytes();
      return new Pair(secret, inOrder(secret, TlsPem.certificates(chain, certificate)));
    }
    TlsStore store = TlsStore.open(bytes, type, key, "tls.key.store.password", storePassword);
    String chosen = store.keyAlias(alias);
    PrivateKey secret = store.key(chosen, keyPassword == null ? storePassword : keyPassword);
    return new Pair(secret, inOrder(secret, store.chain(chosen)));
  }

  /** The certificate of the key first, then each one's issuer, whatever the order in the file. */
  private List<X509Certificate> inOrder(PrivateKey secret, List<X509Certificate> certificates) {
    X509Certificate ours = null;
    for (X509Certificate candidate : certificates) {
      if (TlsKeyPairs.belong(secret, candidate.getPublicKey())) {
        ours = candidate;
        break;
      }
    }
    if (ours == null) {
      throw doesNotBelong(certificates.get(0));
    }
    List<X509Certificate> chain = new ArrayList<>(List.of(ours));
    List<X509Certificate> left = new ArrayList<>(certificates);
    left.remove(ours);
    for (X509Certificate next = issuer(ours, left); next != null; next = issuer(next, left)) {
      chain.add(next);
      left.remove(next);
    }
    return chain;
  }

  private static @Nullable X509Certificate issuer(
      X509Certificate certificate, List<X509Certificate> candidates) {
    return candidates.stream()
        .filter(
            candidate ->
                candidate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
        .findFirst()
        .orElse(null);
  }

  private ConfigException doesNotBelong(X509Certificate first) {
    return key.refused(
        "this key does not belong to the certificate of "
            + first.getSubjectX500Principal().getName()
            + " in "
            + certificate
            + "; take the key that the certificate was requested with");
  }

  @Override
  public String toString() {
    return certificate == key ? key.toString() : certificate + " and " + key;
  }
}
