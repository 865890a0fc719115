package io.ottla.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of who we are. They have Kafka's names, or nearly so: everybody knows them. */
public final class SaslKeys {
  /** How to authenticate. */
  public static final Option<String> MECHANISM =
      Option.named(
              "sasl.mechanism",
              OneOf.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER", "GSSAPI"))
          .both("sasl.mechanism")
          .librdkafka("sasl.mechanisms")
          .fallback("GSSAPI", "as Kafka's and librdkafka's; of effect only if SASL is asked for")
          .is("How the client authenticates.");

  /** Who we are. */
  public static final Option<String> USERNAME =
      Option.named("sasl.username", Texts.notEmpty())
          .librdkafka("sasl.username")
          .without("must be given for PLAIN and SCRAM, here or in `sasl.jaas.config`")
          .is("The user, for PLAIN and SCRAM.");

  /** Its password. */
  public static final Option<String> PASSWORD =
      Option.named("sasl.password", Texts.any())
          .librdkafka("sasl.password")
          .secret()
          .without("must be given for PLAIN and SCRAM, here or in `sasl.jaas.config`")
          .is("The user's password, for PLAIN and SCRAM.");

  /** Kafka's line. */
  public static final Option<String> JAAS_CONFIG =
      Option.named("sasl.jaas.config", Texts.notEmpty())
          .kafka("sasl.jaas.config")
          .secret()
          .without("see the other `sasl` options")
          .is(
              "Kafka's way to say who the client is: a login module with its options. The line is"
                  + " read; no class that it names is loaded.");

  /** What brokers are called in Kerberos. */
  public static final Option<String> KERBEROS_SERVICE_NAME =
      Option.named("sasl.kerberos.service.name", Texts.notEmpty())
          .both("sasl.kerberos.service.name")
          .fallback("kafka", "as librdkafka's; brokers are hardly ever called otherwise")
          .is("For GSSAPI: the first part of the brokers' principals.");

  /** As whom to log in. */
  public static final Option<String> KERBEROS_PRINCIPAL =
      Option.named("sasl.kerberos.principal", Texts.notEmpty())
          .librdkafka("sasl.kerberos.principal")
          .without("must be given beside a keytab; else it is the tickets' one")
          .is("For GSSAPI: who the client is, `alice@EXAMPLE.ORG`.");

  /** With which keys. */
  public static final Option<Path> KERBEROS_KEYTAB =
      Option.named("sasl.kerberos.keytab", new Paths())
          .librdkafka("sasl.kerberos.keytab")
          .without("the tickets that kinit has put where this system has them")
          .is("For GSSAPI: a file with the principal's keys.");

  /** Where tokens are. */
  public static final Option<String> TOKEN_URL =
      Option.named("sasl.oauthbearer.token.endpoint.url", Texts.notEmpty())
          .both("sasl.oauthbearer.token.endpoint.url")
          .without("must be given for OAUTHBEARER, unless a program hands over tokens of its own")
          .is(
              "For OAUTHBEARER: an authorization server's token endpoint (https), or a file that"
                  + " holds a token (file:///…), read at each authentication.");

  /** Whom the authorization server knows us as. */
  public static final Option<String> OAUTH_CLIENT_ID =
      Option.named("sasl.oauthbearer.client.id", Texts.notEmpty())
          .kafka("sasl.oauthbearer.client.credentials.client.id")
          .librdkafka("sasl.oauthbearer.client.id")
          .without("must be given for a token endpoint, here or as clientId in `sasl.jaas.config`")
          .is("For OAUTHBEARER: who the client is to the authorization server.");

  /** Its secret. */
  public static final Option<String> OAUTH_CLIENT_SECRET =
      Option.named("sasl.oauthbearer.client.secret", Texts.notEmpty())
          .kafka("sasl.oauthbearer.client.credentials.client.secret")
          .librdkafka("sasl.oauthbearer.client.secret")
          .secret()
          .without("must be given beside the id, or an assertion in its place")
          .is("For OAUTHBEARER: the secret that belongs to the id.");

  /** What tokens are for. */
  public static final Option<String> OAUTH_SCOPE =
      Option.named("sasl.oauthbearer.scope", Texts.notEmpty())
          .both("sasl.oauthbearer.scope")
          .without("what the authorization server thinks right")
          .is("For OAUTHBEARER: what the token shall be good for.");

  /** What to tell the broker besides. */
  public static final Option<List<String>> OAUTH_EXTENSIONS =
      Option.named("sasl.oauthbearer.extensions", new Words("name=value"))
          .librdkafka("sasl.oauthbearer.extensions")
          .without("none")
          .is("For OAUTHBEARER: what to tell the broker besides the token.");

  /** How the id and the secret are written. */
  public static final Option<Boolean> OAUTH_URLENCODE =
      Option.named("sasl.oauthbearer.header.urlencode", new Booleans())
          .kafka("sasl.oauthbearer.header.urlencode")
          .fallback(false, "as Kafka's; most servers do not mind")
          .is("For OAUTHBEARER: whether id and secret are form-encoded first, as RFC 6749 has it.");

  /** What is shown to get a token. */
  public static final Option<String> OAUTH_GRANT =
      Option.named("sasl.oauthbearer.grant.type", OneOf.of("CLIENT_CREDENTIALS", "JWT_BEARER"))
          .kafka("sasl.oauthbearer.jwt.retriever.class", SaslKeys::grantOfClass)
          .librdkafka("sasl.oauthbearer.grant.type", SaslKeys::grantOfUrn)
          .fallback("CLIENT_CREDENTIALS", "as Kafka's and librdkafka's")
          .is("For OAUTHBEARER: what is shown to the authorization server to get a token.");

  /** A JWT in place of a secret. */
  public static final Option<Path> OAUTH_ASSERTION =
      Option.named("sasl.oauthbearer.assertion.file", new Paths())
          .both("sasl.oauthbearer.assertion.file")
          .without("the secret is shown")
          .is(
              "For OAUTHBEARER: a file that holds a JWT, signed by somebody else, to show in place"
                  + " of the secret; read for each token.");

  /** The longest to the authorization server. */
  public static final Option<Duration> LOGIN_CONNECT_TIMEOUT =
      Option.named("sasl.login.connect.timeout", Durations.positive())
          .kafka("sasl.login.connect.timeout.ms")
          .fallback(Duration.ofSeconds(5), "half of the time for the broker's connection")
          .is("For OAUTHBEARER: the longest to a connection with the authorization server.");

  /** The longest for its answer. */
  public static final Option<Duration> LOGIN_READ_TIMEOUT =
      Option.named("sasl.login.read.timeout", Durations.positive())
          .kafka("sasl.login.read.timeout.ms")
          .fallback(Duration.ofSeconds(10), "the connection to the broker waits for it")
          .is("For OAUTHBEARER: the longest for one attempt to get a token.");

  /** The first pause when it is in trouble. */
  public static final Option<Duration> LOGIN_RETRY_BACKOFF =
      Option.named("sasl.login.retry.backoff", Durations.positive())
          .kafka("sasl.login.retry.backoff.ms")
          .fallback(Duration.ofMillis(100), "as Kafka's")
          .is("For OAUTHBEARER: the pause before a second attempt; it doubles with each.");

  /** When to give up. */
  public static final Option<Duration> LOGIN_RETRY_BACKOFF_MAX =
      Option.named("sasl.login.retry.backoff.max", Durations.orZero())
          .kafka("sasl.login.retry.backoff.max.ms")
          .fallback(Duration.ofSeconds(10), "as Kafka's")
          .is("For OAUTHBEARER: after how long no further attempt begins.");

  /** What Kafka's properties say in addition to the line of {@link #JAAS_CONFIG}. */
  public static final List<Option<?>> BESIDE_JAAS =
      List.of(
          KERBEROS_SERVICE_NAME,
          TOKEN_URL,
          OAUTH_CLIENT_ID,
          OAUTH_CLIENT_SECRET,
          OAUTH_SCOPE,
          OAUTH_URLENCODE,
          OAUTH_ASSERTION,
          LOGIN_CONNECT_TIMEOUT,
          LOGIN_READ_TIMEOUT,
          LOGIN_RETRY_BACKOFF,
          LOGIN_RETRY_BACKOFF_MAX);

  static final List<Option<?>> ALL =
      List.of(
          MECHANISM,
          USERNAME,
          PASSWORD,
          JAAS_CONFIG,
          KERBEROS_SERVICE_NAME,
          KERBEROS_PRINCIPAL,
          KERBEROS_KEYTAB,
          TOKEN_URL,
          OAUTH_CLIENT_ID,
          OAUTH_CLIENT_SECRET,
          OAUTH_SCOPE,
          OAUTH_EXTENSIONS,
          OAUTH_URLENCODE,
          OAUTH_GRANT,
          OAUTH_ASSERTION,
          LOGIN_CONNECT_TIMEOUT,
          LOGIN_READ_TIMEOUT,
          LOGIN_RETRY_BACKOFF,
          LOGIN_RETRY_BACKOFF_MAX);

  static final List<Relation> RELATIONS =
      List.of(
          Relation.notTogether(JAAS_CONFIG, USERNAME),
          Relation.notTogether(JAAS_CONFIG, KERBEROS_PRINCIPAL),
          Relation.notTogether(JAAS_CONFIG, OAUTH_EXTENSIONS),
          Relation.needs(USERNAME, PASSWORD),
          Relation.needs(PASSWORD, USERNAME),
          Relation.needs(KERBEROS_KEYTAB, KERBEROS_PRINCIPAL),
          Relation.notTogether(OAUTH_CLIENT_SECRET, OAUTH_ASSERTION));

  private SaslKeys() {}

  /** Kafka names a class; which one it is says what it shows. A file is told by its URL. */
  private static @Nullable String grantOfClass(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "DefaultJwtRetriever", "FileJwtRetriever" -> null;
      case "ClientCredentialsJwtRetriever" -> "CLIENT_CREDENTIALS";
      case "JwtBearerJwtRetriever" -> "JWT_BEARER";
      default -> name;
    };
  }

  private static String grantOfUrn(String name) {
    return name.equals("urn:ietf:params:oauth:grant-type:jwt-bearer") ? "JWT_BEARER" : name;
  }
}
