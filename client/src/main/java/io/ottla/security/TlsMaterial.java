package io.ottla.security;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a {@link Tls} held when they were read: parsed, and fitting each other.
 * Immutable. Prints names, never keys.
 */
public final class TlsMaterial {
  private final List<X509Certificate> trusted;
  private final List<X509Certificate> chain;
  private final @Nullable PrivateKey key;

  TlsMaterial(
      List<X509Certificate> trusted, List<X509Certificate> chain, @Nullable PrivateKey key) {
    this.trusted = List.copyOf(trusted);
    this.chain = List.copyOf(chain);
    this.key = key;
  }

  /** Whom we trust; empty: whom the JVM trusts. */
  public List<X509Certificate> trusted() {
    return trusted;
  }

  /** Our certificate, then those that issued it; empty if we have none. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /** The key of our certificate, if we have one. */
  public Optional<PrivateKey> key() {
    return Optional.ofNullable(key);
  }

  @Override
  public String toString() {
    return "TlsMaterial["
        + (trusted.isEmpty() ? "the JVM's trust" : trusted.size() + " trusted certificates")
        + (chain.isEmpty() ? "" : ", " + chain.get(0).getSubjectX500Principal().getName())
        + "]";
  }
}
