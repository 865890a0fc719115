package io.ottla.testkit.internal.wire;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a fake broker shows to clients that speak TLS, and what it asks of them.
 *
 * @param chain its certificate first
 * @param key of that certificate
 * @param trusted who issues clients' certificates; null: nobody
 */
public record TlsSettings(
    List<X509Certificate> chain,
    PrivateKey key,
    ClientAuth clientAuth,
    @Nullable X509Certificate trusted) {

  /** Whether clients show certificates. */
  public enum ClientAuth {
    /** They are not asked. */
    NONE,
    /** They are asked. */
    WANTED,
    /** They are refused without one. */
    NEEDED
  }

  /** The same with another certificate. */
  public TlsSettings showing(List<X509Certificate> newChain, PrivateKey newKey) {
    return new TlsSettings(newChain, newKey, clientAuth, trusted);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "TLS as " + chain.get(0).getSubjectX500Principal() + ", client auth " + clientAuth;
  }
}
