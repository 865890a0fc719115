package io.ottla.security;

import io.ottla.error.ConfigException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a client's connections are encrypted: whom it trusts, who it is, and by which rules.
 * Immutable; prints file names, never passwords or keys.
 *
 * <pre>{@code
 * Tls tls = Tls.builder().trust(Path.of("ca.pem")).build();
 * }</pre>
 */
public final class Tls {
  private static final List<String> DEFAULT_PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");
  private static final Set<String> PROTOCOLS = Set.copyOf(DEFAULT_PROTOCOLS);
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(1);
  private static final Duration LONGEST_INTERVAL = Duration.ofDays(1);

  private final @Nullable TlsTrust trust;
  private final @Nullable TlsKey key;
  private final @Nullable String keyAlias;
  private final boolean verifiesHostName;
  private final List<String> protocols;
  private final List<String> ciphers;
  private final TlsEngine engine;
  private final Duration reloadInterval;

  private Tls(Builder from) {
    trust = from.trust;
    key = from.key;
    keyAlias = from.keyAlias;
    verifiesHostName = from.verifyHostName;
    protocols = protocols(from.protocols);
    ciphers = from.ciphers;
    engine = from.engine;
    reloadInterval = reloadInterval(from.reloadInterval);
  }

  /** Options that are all at their defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Trusts whom the JVM trusts, and has no certificate of its own. */
  public static Tls system() {
    return builder().build();
  }

  /** Whether a broker's certificate must name the host that was connected to. */
  public boolean verifiesHostName() {
    return verifiesHostName;
  }

  /** The versions of TLS, by their Java names. */
  public List<String> protocols() {
    return protocols;
  }

  /** The cipher suites, by their Java names; empty: those that the engine thinks right. */
  public List<String> ciphers() {
    return ciphers;
  }

  /** What encrypts. */
  public TlsEngine engine() {
    return engine;
  }

  /** How often the files are looked at for changes; zero: never. */
  public Duration reloadInterval() {
    return reloadInterval;
  }

  /**
   * Reads all files as they are now, and checks that their contents fit. Blocks.
   *
   * @throws ConfigException naming the option, the file, and what is wrong with it
   */
  public TlsMaterial read() {
    List<X509Certificate> trusted = trust == null ? List.of() : trust.read();
    if (key == null) {
      return new TlsMaterial(trusted, List.of(), null);
    }
    TlsKey.Pair pair = key.read(keyAlias);
    return new TlsMaterial(trusted, pair.chain(), pair.key());
  }

  /**
   * A text that differs if the contents of the files differ, whichever way they changed. Blocks. A
   * file that cannot be read counts as a content.
   */
  public String fingerprint() {
    MessageDigest digest = sha256();
    sources()
        .forEach(
            source -> {
              try {
                digest.update(source.bytes());
              } catch (ConfigException unreadable) {
                digest.update((byte) 0);
              }
              digest.update((byte) 1);
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Whether anything comes from files, so that it can change. */
  public boolean readsFiles() {
    return sources().anyMatch(TlsSource::isFile);
  }

  private Stream<TlsSource> sources() {
    return Stream.concat(
        Stream.ofNullable(trust).map(TlsTrust::source),
        Stream.ofNullable(key).flatMap(k -> Stream.of(k.certificate(), k.key()).distinct()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every JVM has it
    }
  }

  private static List<String> protocols(List<String> names) {
    for (String name : names) {
      if (!PROTOCOLS.contains(name)) {
        throw new ConfigException(
            "tls.protocols", name, "TLSv1.3, TLSv1.2 or both; older ones are not safe any more");
      }
    }
    if (names.isEmpty()) {
      throw new ConfigException("tls.protocols", "(none)", "TLSv1.3, TLSv1.2 or both");
    }
    return names;
  }

  private static Duration reloadInterval(Duration value) {
    boolean isInRange =
        value.isZero()
            || (value.compareTo(SHORTEST_INTERVAL) >= 0 && value.compareTo(LONGEST_INTERVAL) <= 0);
    if (!isInRange) {
      throw new ConfigException(
          "tls.reload.interval", value.toString(), "1 ms to 1 day, or 0 for never");
    }
    return value;
  }

  @Override
  public String toString() {
    return "Tls[trust="
        + (trust == null ? "the JVM's" : trust)
        + (key == null ? "" : ", key=" + key)
        + (verifiesHostName ? "" : ", host names not verified")
        + ", "
        + String.join(" ", protocols)
        + ", engine="
        + engine
        + "]";
  }

  /** Collects options; each setter replaces what its like gave before. Of one thread at a time. */
  public static final class Builder {
    private @Nullable TlsTrust trust;
    private @Nullable TlsKey key;
    private @Nullable String keyAlias;
    private boolean verifyHostName = true;
    private List<String> protocols = DEFAULT_PROTOCOLS;
    private List<String> ciphers = List.of();
    private TlsEngine engine = TlsEngine.AUTO;
    private Duration reloadInterval = Duration.ofSeconds(10);

    private Builder() {}

    /**
     * {@code tls.trust}: a file with the certificates that are trusted, in PEM or DER, or a store
     * that can be read without a password. Default: those that the JVM trusts.
     */
    public Builder trust(Path file) {
      return trustStore(file, null, null);
    }

    /** {@code tls.trust.pem}: the certificates that are trusted, in PEM. */
    public Builder trustPem(String certificates) {
      trust = TlsTrust.ofPem(certificates);
      return this;
    }

    /**
     * {@code tls.trust}, {@code tls.trust.type}, {@code tls.trust.password}: the certificates that
     * are trusted.
     *
     * @param file a store, or PEM
     * @param type {@code PKCS12}, {@code JKS} or {@code PEM}; null to tell from the content
     * @param password of the store; null if it has none
     */
    public Builder trustStore(Path file, @Nullable String type, @Nullable String password) {
      trust = TlsTrust.ofStore(file, type, password);
      return this;
    }

    /**
     * {@code tls.certificate}, {@code tls.key}, {@code tls.key.password}: who we are, for brokers
     * that ask (mutual TLS).
     *
     * @param chainPem our certificate and those that issued it, in PEM
     * @param keyPem its key, in PEM; may be the same file
     * @param password of the key; null if it is not encrypted
     */
    public Builder key(Path chainPem, Path keyPem, @Nullable String password) {
      key = TlsKey.ofFiles(chainPem, keyPem, password);
      return this;
    }

    /**
     * {@code tls.certificate.pem}, {@code tls.key.pem}, {@code tls.key.password}: who we are.
     *
     * @param chain our certificate and those that issued it, in PEM
     * @param keyText its key, in PEM
     * @param password of the key; null if it is not encrypted
     */
    public Builder keyPem(String chain, String keyText, @Nullable String password) {
      key = TlsKey.ofPem(chain, keyText, password);
      return this;
    }

    /**
     * {@code tls.key}, {@code tls.key.type}, {@code tls.key.store.password}, {@code
     * tls.key.password}: who we are.
     *
     * @param file a store with a key and its certificates, or PEM with both
     * @param type {@code PKCS12}, {@code JKS} or {@code PEM}; null to tell from the content
     * @param password of the store; null if it has none
     * @param keyPassword of the key; null if it is the store's, or there is none
     */
    public Builder keyStore(
        Path file, @Nullable String type, @Nullable String password, @Nullable String keyPassword) {
      key = TlsKey.ofStore(file, type, password, keyPassword);
      return this;
    }

    /** {@code tls.key.alias}: which key of a store, if it holds several. */
    public Builder keyAlias(String value) {
      keyAlias = value;
      return this;
    }

    /**
     * {@code tls.verify.host}; default true. Without it, whoever has any certificate that we trust
     * can play the broker.
     */
    public Builder verifyHostName(boolean value) {
      verifyHostName = value;
      return this;
    }

    /** {@code tls.protocols}; default {@code TLSv1.3} and {@code TLSv1.2}. */
    public Builder protocols(String... names) {
      protocols = List.of(names);
      return this;
    }

    /** {@code tls.ciphers}: names as Java has them, {@code TLS_…}; default: the engine's. */
    public Builder ciphers(String... names) {
      ciphers = List.of(names);
      return this;
    }

    /** {@code tls.engine}; default {@link TlsEngine#AUTO}. */
    public Builder engine(TlsEngine value) {
      engine = value;
      return this;
    }

    /**
     * {@code tls.reload.interval}; default 10 s. How often the files are looked at; if they changed
     * and are in order, new connections use them. Zero: never.
     */
    public Builder reloadInterval(Duration value) {
      reloadInterval = value;
      return this;
    }

    /**
     * Reads all files, and checks every option.
     *
     * @throws ConfigException naming the option, the file, and what is wrong with it
     */
    public Tls build() {
      Tls built = new Tls(this);
      TlsMaterial unused = built.read();
      return built;
    }
  }
}
