package io.ottla.security;

import io.ottla.error.ConfigException;
import io.ottla.internal.sasl.JaasLine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the login modules of Kafka's clients mean here. No class is loaded for their names. */
final class JaasMechanisms {
  private static final List<String> PASSWORD = List.of("username", "password");
  private static final List<String> SCRAM = List.of("username", "password", "tokenauth");
  private static final List<String> TOKEN = List.of("clientId", "clientSecret", "scope");
  private static final List<String> KERBEROS =
      List.of(
          "principal",
          "useKeyTab",
          "keyTab",
          "useTicketCache",
          "ticketCache",
          "serviceName",
          // Said by many, and meaning nothing here.
          "storeKey",
          "doNotPrompt",
          "refreshKrb5Config",
          "renewTGT",
          "isInitiator",
          "debug",
          "client");

  private JaasMechanisms() {}

  static SaslMechanism of(String mechanism, String line, Map<String, String> properties) {
    JaasOptions options = new JaasOptions(JaasLine.read(line), properties);
    return switch (mechanism) {
      case "PLAIN" -> {
        options.check(mechanism, "PlainLoginModule", PASSWORD, List.of());
        yield Sasl.plain(options.require("username"), options.require("password"));
      }
      case "SCRAM-SHA-256" -> Sasl.scramSha256(scram(mechanism, options));
      case "SCRAM-SHA-512" -> Sasl.scramSha512(scram(mechanism, options));
      case "OAUTHBEARER" -> {
        options.check(
            mechanism, "OAuthBearerLoginModule", TOKEN, List.of("extension_", "unsecuredLogin"));
        yield Sasl.oauthBearer(JaasTokens.of(options));
      }
      case "GSSAPI" -> {
        options.check(mechanism, "Krb5LoginModule", KERBEROS, List.of());
        yield Sasl.gssapi(kerberos(options));
      }
      default ->
          throw new ConfigException(
              "sasl.mechanism",
              mechanism,
              "PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER or GSSAPI; give any other one as a"
                  + " SaslMechanism of your own");
    };
  }

  private static Credentials scram(String mechanism, JaasOptions options) {
    options.check(mechanism, "ScramLoginModule", SCRAM, List.of());
    UserPassword fixed =
        new UserPassword(
            options.require("username"), options.require("password"), options.isTrue("tokenauth"));
    return () -> fixed;
  }

  private static Gssapi kerberos(JaasOptions options) {
    Gssapi.Builder gssapi = Gssapi.builder();
    String service = options.get("serviceName", "sasl.kerberos.service.name");
    if (service != null) {
      gssapi.serviceName(service);
    }
    String principal = options.get("principal");
    if (principal != null) {
      gssapi.principal(principal);
    }
    String cache = options.get("ticketCache");
    if (options.isTrue("useKeyTab")) {
      gssapi.keytab(path(options.require("keyTab")));
    } else if (cache != null) {
      gssapi.ticketCache(path(cache));
    } else if (options.isTrue("useTicketCache")) {
      gssapi.ticketCache();
    } else {
      throw JaasLine.wrong("useKeyTab=true with keyTab, or useTicketCache=true");
    }
    return gssapi.build();
  }

  /** Some write an URL. */
  static Path path(String text) {
    return Path.of(text.startsWith("file:") ? text.replaceFirst("file:(//)?", "") : text);
  }

  static boolean isTrue(@Nullable String text) {
    return "true".equalsIgnoreCase(text);
  }
}
