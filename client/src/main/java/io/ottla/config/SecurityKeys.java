package io.ottla.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The options of TLS, and whether there is TLS and SASL at all. */
public final class SecurityKeys {
  /** Whether to encrypt, and whether to authenticate by SASL. */
  public static final Option<SecurityProtocol> SECURITY_PROTOCOL =
      Option.named("security.protocol", new Choices<>(SecurityProtocol.class))
          .both("security.protocol")
          .without(
              "follows from the others: TLS if a `tls` option is given, SASL if a `sasl` one is")
          .is("Whether connections are encrypted, and whether the client authenticates by SASL.");

  /** Whom we trust. */
  public static final Option<Path> TLS_TRUST =
      Option.named("tls.trust", new Paths())
          .kafka("ssl.truststore.location")
          .librdkafka("ssl.ca.location")
          .without("whom the JVM trusts")
          .is("A file with the certificates that are trusted: PEM, or a store (PKCS12, JKS).");

  /** What kind of file that is. */
  public static final Option<String> TLS_TRUST_TYPE =
      Option.named("tls.trust.type", OneOf.of("PEM", "PKCS12", "JKS"))
          .kafka("ssl.truststore.type")
          .without("told from the file's content")
          .is("What `tls.trust` is.");

  /** Its password. */
  public static final Option<String> TLS_TRUST_PASSWORD =
      Option.named("tls.trust.password", Texts.any())
          .kafka("ssl.truststore.password")
          .secret()
          .without("a store is read without its integrity being checked")
          .is("The password of the store that `tls.trust` names.");

  /** Whom we trust, in the text itself. */
  public static final Option<String> TLS_TRUST_PEM =
      Option.named("tls.trust.pem", Texts.notEmpty())
          .kafka("ssl.truststore.certificates")
          .librdkafka("ssl.ca.pem")
          .secret()
          .without("see `tls.trust`")
          .is("The certificates that are trusted themselves, in PEM.");

  /** Our certificate. */
  public static final Option<Path> TLS_CERTIFICATE =
      Option.named("tls.certificate", new Paths())
          .librdkafka("ssl.certificate.location")
          .without("in `tls.key`, if at all")
          .is("A PEM file with the client's certificate and those that issued it (mutual TLS).");

  /** Our key. */
  public static final Option<Path> TLS_KEY =
      Option.named("tls.key", new Paths())
          .kafka("ssl.keystore.location")
          .librdkafka("ssl.key.location")
          .librdkafka("ssl.keystore.location")
          .without("the client has no certificate")
          .is(
              "A file with the client's key: PEM, or a store (PKCS12, JKS). If there is no"
                  + " `tls.certificate`, with the certificates too.");

  /** What kind of file that is. */
  public static final Option<String> TLS_KEY_TYPE =
      Option.named("tls.key.type", OneOf.of("PEM", "PKCS12", "JKS"))
          .kafka("ssl.keystore.type")
          .without("told from the file's content")
          .is("What `tls.key` is.");

  /** The store's password. */
  public static final Option<String> TLS_KEY_STORE_PASSWORD =
      Option.named("tls.key.store.password", Texts.any())
          .both("ssl.keystore.password")
          .secret()
          .without("the store has none")
          .is("The password of the store that `tls.key` names.");

  /** The key's password. */
  public static final Option<String> TLS_KEY_PASSWORD =
      Option.named("tls.key.password", Texts.any())
          .both("ssl.key.password")
          .secret()
          .without("that of the store, or none")
          .is("The password of the client's key.");

  /** Which key of a store. */
  public static final Option<String> TLS_KEY_ALIAS =
      Option.named("tls.key.alias", Texts.notEmpty())
          .without("the only one that there is")
          .is("Which key of a store, if it holds several.");

  /** Our certificate itself. */
  public static final Option<String> TLS_CERTIFICATE_PEM =
      Option.named("tls.certificate.pem", Texts.notEmpty())
          .kafka("ssl.keystore.certificate.chain")
          .librdkafka("ssl.certificate.pem")
          .secret()
          .without("see `tls.certificate`")
          .is("The client's certificate and those that issued it themselves, in PEM.");

  /** Our key itself. */
  public static final Option<String> TLS_KEY_PEM =
      Option.named("tls.key.pem", Texts.notEmpty())
          .kafka("ssl.keystore.key")
          .librdkafka("ssl.key.pem")
          .secret()
          .without("see `tls.key`")
          .is("The client's key itself, in PEM.");

  /** Whether the broker's certificate must name its host. */
  public static final Option<Boolean> TLS_VERIFY_HOST =
      Option.named("tls.verify.host", new Booleans())
          .kafka("ssl.endpoint.identification.algorithm", SecurityKeys::httpsIsTrue)
          .librdkafka("ssl.endpoint.identification.algorithm", SecurityKeys::httpsIsTrue)
          .fallback(true, "else whoever has any trusted certificate can play the broker")
          .is("Whether the broker's certificate must name the host that was connected to.");

  /** Versions of TLS. */
  public static final Option<List<String>> TLS_PROTOCOLS =
      Option.named("tls.protocols", new Words("TLSv1.3, TLSv1.2 or both"))
          .kafka("ssl.enabled.protocols")
          .fallback(List.of("TLSv1.3", "TLSv1.2"), "older ones are not safe any more")
          .is("The versions of TLS that are offered.");

  /** Cipher suites. */
  public static final Option<List<String>> TLS_CIPHERS =
      Option.named("tls.ciphers", new Words("cipher suites by their Java names, TLS_…"))
          .both("ssl.cipher.suites")
          .without("those that the engine thinks right; it is updated more often than files are")
          .is("The cipher suites that are offered.");

  /** What encrypts. */
  public static final Option<String> TLS_ENGINE =
      Option.named("tls.engine", OneOf.of("AUTO", "JDK", "OPENSSL"))
          .fallback("AUTO", "BoringSSL if netty-tcnative is there, which is faster, else the JDK's")
          .is("What encrypts.");

  /** How often files are looked at. */
  public static final Option<Duration> TLS_RELOAD_INTERVAL =
      Option.named("tls.reload.interval", Durations.orZero())
          .fallback(Duration.ofSeconds(10), "soon enough for whoever exchanges them by hand")
          .is(
              "How often the files are looked at; if they changed and are in order, new connections"
                  + " use them. 0 for never.");

  static final List<Option<?>> ALL =
      List.of(
          SECURITY_PROTOCOL,
          TLS_TRUST,
          TLS_TRUST_TYPE,
          TLS_TRUST_PASSWORD,
          TLS_TRUST_PEM,
          TLS_CERTIFICATE,
          TLS_KEY,
          TLS_KEY_TYPE,
          TLS_KEY_STORE_PASSWORD,
          TLS_KEY_PASSWORD,
          TLS_KEY_ALIAS,
          TLS_CERTIFICATE_PEM,
          TLS_KEY_PEM,
          TLS_VERIFY_HOST,
          TLS_PROTOCOLS,
          TLS_CIPHERS,
          TLS_ENGINE,
          TLS_RELOAD_INTERVAL);

  static final List<Relation> RELATIONS =
      List.of(
          Relation.notTogether(TLS_TRUST, TLS_TRUST_PEM),
          Relation.needs(TLS_CERTIFICATE, TLS_KEY),
          Relation.notTogether(TLS_KEY, TLS_KEY_PEM),
          Relation.needs(TLS_CERTIFICATE_PEM, TLS_KEY_PEM),
          Relation.needs(TLS_KEY_PEM, TLS_CERTIFICATE_PEM));

  private SecurityKeys() {}

  /** Kafka's word for yes is https, its word for no is no word, librdkafka's is none. */
  private static String httpsIsTrue(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "https" -> "true";
      case "", "none" -> "false";
      default -> text + "?";
    };
  }
}
