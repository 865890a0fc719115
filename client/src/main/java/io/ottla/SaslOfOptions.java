package io.ottla;

import io.ottla.config.Dialect;
import io.ottla.config.Option;
import io.ottla.config.OptionTable;
import io.ottla.config.OptionValues;
import io.ottla.config.SaslKeys;
import io.ottla.error.ConfigException;
import io.ottla.security.Gssapi;
import io.ottla.security.Sasl;
import io.ottla.security.SaslMechanism;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Who the client is, as the {@code sasl} options say, by whichever of their names. */
final class SaslOfOptions {
  private SaslOfOptions() {}

  static SaslMechanism mechanism(OptionValues values) {
    try {
      return made(values);
    } catch (ConfigException problem) {
      throw OptionTable.named(problem.key())
          .filter(values::isGiven)
          .map(option -> values.refusal(option, problem.accepted()))
          .orElse(problem);
    }
  }

  private static SaslMechanism made(OptionValues values) {
    String mechanism = values.get(SaslKeys.MECHANISM);
    Optional<String> jaas = values.find(SaslKeys.JAAS_CONFIG);
    if (jaas.isPresent()) {
      return Sasl.fromJaas(mechanism, jaas.get(), besideJaas(values));
    }
    return switch (mechanism) {
      case "PLAIN" -> withPassword(values, Sasl::plain);
      case "SCRAM-SHA-256" -> withPassword(values, Sasl::scramSha256);
      case "SCRAM-SHA-512" -> withPassword(values, Sasl::scramSha512);
      case "OAUTHBEARER" -> Sasl.oauthBearer(TokensOfOptions.provider(values));
      default -> Sasl.gssapi(kerberos(values));
    };
  }

  /** What else was given, by Kafka's names and in Kafka's words. */
  private static Map<String, String> besideJaas(OptionValues values) {
    Map<String, String> properties = new HashMap<>();
    for (Option<?> option : SaslKeys.BESIDE_JAAS) {
      if (values.isGiven(option)) {
        Object value = values.get(option);
        properties.put(
            option.names(Dialect.KAFKA).get(0),
            value instanceof Duration time ? Long.toString(time.toMillis()) : value.toString());
      }
    }
    return properties;
  }

  private static SaslMechanism withPassword(
      OptionValues values, BiFunction<String, String, SaslMechanism> make) {
    return make.apply(needed(values, SaslKeys.USERNAME), needed(values, SaslKeys.PASSWORD));
  }

  private static Gssapi kerberos(OptionValues values) {
    Gssapi.Builder kerberos =
        Gssapi.builder().serviceName(values.get(SaslKeys.KERBEROS_SERVICE_NAME));
    values.find(SaslKeys.KERBEROS_PRINCIPAL).ifPresent(kerberos::principal);
    values.find(SaslKeys.KERBEROS_KEYTAB).ifPresentOrElse(kerberos::keytab, kerberos::ticketCache);
    return kerberos.build();
  }

  static <T> T needed(OptionValues values, Option<T> option) {
    return values.find(option).orElseThrow(() -> missing(values, option));
  }

  private static ConfigException missing(OptionValues values, Option<?> option) {
    return values.refusal(
        option, values.told(SaslKeys.MECHANISM) + " needs it, or sasl.jaas.config in its place");
  }
}
