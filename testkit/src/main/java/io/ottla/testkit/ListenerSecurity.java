package io.ottla.testkit;

import io.ottla.testkit.tls.ClientCertificates;
import io.ottla.testkit.tls.TestCertificate;
import io.ottla.testkit.tls.TestCertificates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a listener of a {@link KafkaServer} asks of its clients: TLS, and one or more mechanisms of
 * SASL.
 *
 * <p>Not thread-safe. Does not print its secrets.
 */
public final class ListenerSecurity {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

  /** What the tool that makes users, or a JAAS line, would take for its own. */
  private static final Pattern NOT_IN_PASSWORDS = Pattern.compile("[\"\\\\,\\[\\]\\s]");

  private static final String MODULES = "org.apache.kafka.common.security.";

  private final Map<String, String> tls = new LinkedHashMap<>();
  private final Map<String, String> plainUsers = new LinkedHashMap<>();

  /** The JAAS line of each mechanism but PLAIN. */
  private final Map<String, String> jaas = new LinkedHashMap<>();

  private final List<String> scramUsers = new ArrayList<>();
  private final List<String> secrets = new ArrayList<>();
  private @Nullable String kerberosService;
  private @Nullable Duration maxReauthentication;

  ListenerSecurity() {}

  /**
   * Speaks TLS, with this certificate.
   *
   * @param certificate the broker's, with its key
   * @return this
   */
  public ListenerSecurity tls(TestCertificate certificate) {
    tls.put("ssl.keystore.type", "PEM");
    tls.put("ssl.keystore.certificate.chain", certificate.chainPem());
    tls.put("ssl.keystore.key", certificate.keyPem());
    return this;
  }

  /**
   * Speaks TLS, with the certificate of a key store.
   *
   * @param keyStore the file
   * @param type {@code PKCS12} or {@code JKS}
   * @param password of the store and of the key
   * @return this
   */
  public ListenerSecurity tls(Path keyStore, String type, String password) {
    tls.put("ssl.keystore.type", type);
    tls.put("ssl.keystore.location", keyStore.toAbsolutePath().toString());
    tls.put("ssl.keystore.password", password);
    tls.put("ssl.key.password", password);
    secrets.add(password);
    return this;
  }

  /**
   * Asks for the clients' certificates.
   *
   * @param wanted whether it must have one
   * @param issuer whose certificates it trusts
   * @return this
   */
  public ListenerSecurity clientCertificates(ClientCertificates wanted, TestCertificates issuer) {
    tls.put("ssl.client.auth", wanted.inKafka());
    tls.put("ssl.truststore.type", "PEM");
    tls.put("ssl.truststore.certificates", issuer.pem());
    return this;
  }

  /**
   * Lets a user in with PLAIN.
   *
   * @param user letters, digits, dots, dashes, underscores
   * @param password neither blanks, quotes, commas, brackets nor backslashes
   * @return this
   */
  public ListenerSecurity plain(String user, String password) {
    check(user, password);
    plainUsers.put(user, password);
    return this;
  }

  /**
   * Lets a user in with SCRAM-SHA-256. Users belong to the whole server, and are made when its data
   * directory is new; each mechanism keeps a password of its own.
   *
   * @param user letters, digits, dots, dashes, underscores
   * @param password neither blanks, quotes, commas, brackets nor backslashes
   * @return this
   */
  public ListenerSecurity scramSha256(String user, String password) {
    return scram("SCRAM-SHA-256", user, password);
  }

  /**
   * Lets a user in with SCRAM-SHA-512, as {@link #scramSha256}.
   *
   * @param user letters, digits, dots, dashes, underscores
   * @param password neither blanks, quotes, commas, brackets nor backslashes
   * @return this
   */
  public ListenerSecurity scramSha512(String user, String password) {
    return scram("SCRAM-SHA-512", user, password);
  }

  /**
   * Lets in with OAUTHBEARER whoever brings a JWT that is not signed ({@code "alg":"none"}), is not
   * expired, and names a subject.
   *
   * @return this
   */
  public ListenerSecurity oauthBearer() {
    jaas.put(
        "OAUTHBEARER",
        MODULES
            + "oauthbearer.OAuthBearerLoginModule required"
            + " unsecuredLoginStringClaim_sub=\"broker\";");
    return this;
  }

  /**
   * Lets in with GSSAPI; {@link KafkaServerBuilder#kerberosConfig} says where the key distribution
   * center is.
   *
   * @param keytab holds the broker's key
   * @param principal the broker's, for example {@code kafka/localhost@EXAMPLE.COM}
   * @param service the first part of the principal, for example {@code kafka}
   * @return this
   */
  public ListenerSecurity gssapi(Path keytab, String principal, String service) {
    jaas.put(
        "GSSAPI",
        ("com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true storeKey=true"
                + " keyTab=\"%s\" principal=\"%s\";")
            .formatted(keytab.toAbsolutePath(), principal));
    kerberosService = service;
    return this;
  }

  /**
   * Has clients authenticate again now and then (KIP-368).
   *
   * @param longest how long a session lasts, {@code connections.max.reauth.ms}
   * @return this
   */
  public ListenerSecurity maxReauthentication(Duration longest) {
    maxReauthentication = longest;
    return this;
  }

  boolean isSecured() {
    return !tls.isEmpty() || hasSasl();
  }

  /** As in {@code listener.security.protocol.map}. */
  String protocol() {
    if (!hasSasl()) {
      return "SSL";
    }
    return tls.isEmpty() ? "SASL_PLAINTEXT" : "SASL_SSL";
  }

  /** The properties of the listener of this name. */
  Map<String, String> properties(String listener) {
    Map<String, String> properties = new LinkedHashMap<>();
    String prefix = "listener.name." + listener.toLowerCase(Locale.ROOT) + ".";
    tls.forEach((key, value) -> properties.put(prefix + key, value));
    Map<String, String> lines = jaasLines();
    if (!lines.isEmpty()) {
      properties.put(prefix + "sasl.enabled.mechanisms", String.join(",", lines.keySet()));
    }
    lines.forEach(
        (mechanism, line) ->
            properties.put(
                prefix + mechanism.toLowerCase(Locale.ROOT) + ".sasl.jaas.config", line));
    if (kerberosService != null) {
      properties.put(prefix + "sasl.kerberos.service.name", kerberosService);
    }
    if (maxReauthentication != null) {
      properties.put(
          prefix + "connections.max.reauth.ms", Long.toString(maxReauthentication.toMillis()));
    }
    return properties;
  }

  List<String> scramUsers() {
    return List.copyOf(scramUsers);
  }

  List<String> secrets() {
    return List.copyOf(secrets);
  }

  private Map<String, String> jaasLines() {
    Map<String, String> lines = new LinkedHashMap<>();
    if (!plainUsers.isEmpty()) {
      String users =
          plainUsers.entrySet().stream()
              .map(user -> " user_%s=\"%s\"".formatted(user.getKey(), user.getValue()))
              .collect(Collectors.joining());
      lines.put("PLAIN", MODULES + "plain.PlainLoginModule required" + users + ";");
    }
    lines.putAll(jaas);
    return lines;
  }

  private ListenerSecurity scram(String mechanism, String user, String password) {
    check(user, password);
    jaas.put(mechanism, MODULES + "scram.ScramLoginModule required;");
    scramUsers.add("%s=[name=%s,password=%s]".formatted(mechanism, user, password));
    return this;
  }

  private void check(String user, String password) {
    if (!NAME.matcher(user).matches()) {
      throw new IllegalArgumentException("a user is of letters, digits, '.', '-', '_': " + user);
    }
    if (password.isEmpty() || NOT_IN_PASSWORDS.matcher(password).find()) {
      throw new IllegalArgumentException(
          "the password of %s is empty, or has blanks, quotes, commas, brackets or backslashes"
              .formatted(user));
    }
    secrets.add(password);
  }

  private boolean hasSasl() {
    return !plainUsers.isEmpty() || !jaas.isEmpty();
  }

  @Override
  public String toString() {
    return "%s %s".formatted(protocol(), jaasLines().keySet());
  }
}
