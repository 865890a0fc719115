package io.ottla.testkit.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate for tests, with its private key, to hand to a broker or a client in whatever form
 * it wants.
 *
 * <p>Immutable. Does not print the key.
 */
public final class TestCertificate {
  private static final String ALIAS = "test";

  private final List<X509Certificate> chain;
  private final PrivateKey privateKey;

  private TestCertificate(List<X509Certificate> chain, PrivateKey privateKey) {
    this.chain = List.copyOf(chain);
    this.privateKey = privateKey;
  }

  /**
   * One that was made elsewhere.
   *
   * @param chain the certificate, then who issued it, and so on; the root need not be there
   * @param privateKey of the first one
   * @return to hand to a broker or a client
   */
  public static TestCertificate of(List<X509Certificate> chain, PrivateKey privateKey) {
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a chain without certificates");
    }
    return new TestCertificate(chain, privateKey);
  }

  /**
   * The certificate, and who issued it.
   *
   * @return the certificate first, no root
   */
  public List<X509Certificate> chain() {
    return chain;
  }

  /**
   * The certificate itself.
   *
   * @return the first of the chain
   */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /**
   * Its private key.
   *
   * @return the key, in the clear
   */
  public PrivateKey privateKey() {
    return privateKey;
  }

  /**
   * The chain as PEM.
   *
   * @return the certificate first
   */
  public String chainPem() {
    return quietly(() -> Pem.of(chain));
  }

  /**
   * The key as PEM, not encrypted.
   *
   * @return PKCS #8
   */
  public String keyPem() {
    return Pem.of(privateKey);
  }

  /**
   * The key as PEM, encrypted.
   *
   * @param password to open it with
   * @return PKCS #8
   */
  public String keyPem(String password) {
    return quietly(() -> Pem.of(privateKey, password));
  }

  /**
   * Writes the chain as PEM.
   *
   * @param file is replaced if it exists
   * @return the file
   */
  public Path writeChainPem(Path file) {
    return write(file, chainPem());
  }

  /**
   * Writes the key as PEM, not encrypted.
   *
   * @param file is replaced if it exists
   * @return the file
   */
  public Path writeKeyPem(Path file) {
    return write(file, keyPem());
  }

  /**
   * Writes the key as PEM, encrypted.
   *
   * @param file is replaced if it exists
   * @param password to open it with
   * @return the file
   */
  public Path writeKeyPem(Path file, String password) {
    return write(file, keyPem(password));
  }

  /**
   * Writes key and chain as PEM into one file, as Kafka's {@code ssl.keystore.location} wants them.
   *
   * @param file is replaced if it exists
   * @return the file
   */
  public Path writePem(Path file) {
    return write(file, keyPem() + chainPem());
  }

  /**
   * Writes a key store with key and chain.
   *
   * @param file is replaced if it exists
   * @param type {@code PKCS12} or {@code JKS}
   * @param storePassword to open it with
   * @param keyPassword to open the key with; for PKCS12 most programs want the store's
   * @return the file
   */
  public Path writeKeyStore(Path file, String type, String storePassword, String keyPassword) {
    return writeStore(
        file,
        type,
        storePassword,
        store ->
            store.setKeyEntry(
                ALIAS, privateKey, keyPassword.toCharArray(), chain.toArray(Certificate[]::new)));
  }

  static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path writeStore(Path file, String type, String password, Filling filling) {
    return quietly(
        () -> {
          KeyStore store = KeyStore.getInstance(type);
          store.load(null, null);
          filling.fill(store);
          try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
          }
          return file;
        });
  }

  static <T> T quietly(Making<T> making) {
    try {
      return making.make();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the JDK cannot make it: " + e.getMessage(), e);
    }
  }

  /** What goes into a store. */
  @FunctionalInterface
  interface Filling {
    void fill(KeyStore store) throws Exception;
  }

  /** Something that ends in one of the JDK's many exceptions. */
  @FunctionalInterface
  interface Making<T> {
    T make() throws Exception;
  }

  @Override
  public String toString() {
    return "certificate of " + certificate().getSubjectX500Principal();
  }
}
