package io.ottla;

import io.ottla.config.Option;
import io.ottla.config.OptionValues;
import io.ottla.config.SecurityKeys;
import io.ottla.config.SecurityProtocol;
import io.ottla.error.ConfigException;
import io.ottla.security.SaslMechanism;
import io.ottla.security.Tls;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of TLS and SASL holds: what code handed over, else what options say, if {@code
 * security.protocol} lets it.
 *
 * @param tls null for plain text
 * @param sasl null for no authentication
 * @param notes which options have no effect, and why
 */
record Security(@Nullable Tls tls, @Nullable SaslMechanism sasl, List<String> notes) {
  static Security of(OptionValues values, @Nullable Tls tls, @Nullable SaslMechanism sasl) {
    List<Option<?>> tlsGiven = given(values, "tls.");
    List<Option<?>> saslGiven = given(values, "sasl.");
    SecurityProtocol protocol =
        values
            .find(SecurityKeys.SECURITY_PROTOCOL)
            .orElseGet(
                () ->
                    SecurityProtocol.of(
                        tls != null || !tlsGiven.isEmpty(), sasl != null || !saslGiven.isEmpty()));
    if (tls != null && !protocol.isTls()) {
      throw contrary(values, "SSL or SASL_SSL, because the program sets tls");
    }
    if (sasl != null && !protocol.isSasl()) {
      throw contrary(values, "SASL_SSL or SASL_PLAINTEXT, because the program sets sasl");
    }
    List<String> notes = new ArrayList<>();
    note(notes, values, tlsGiven, protocol.isTls(), tls);
    note(notes, values, saslGiven, protocol.isSasl(), sasl);
    return new Security(
        protocol.isTls() && tls == null ? TlsOfOptions.tls(values) : tls,
        protocol.isSasl() && sasl == null ? SaslOfOptions.mechanism(values) : sasl,
        List.copyOf(notes));
  }

  private static List<Option<?>> given(OptionValues values, String beginning) {
    return values.given().stream().filter(option -> option.name().startsWith(beginning)).toList();
  }

  private static ConfigException contrary(OptionValues values, String accepted) {
    return values.refusal(SecurityKeys.SECURITY_PROTOCOL, accepted);
  }

  private static void note(
      List<String> notes,
      OptionValues values,
      List<Option<?>> given,
      boolean isAskedFor,
      @Nullable Object inCode) {
    if (isAskedFor && inCode == null) {
      return;
    }
    String why =
        isAskedFor
            ? "the program sets all of it"
            : "with " + values.told(SecurityKeys.SECURITY_PROTOCOL);
    given.forEach(option -> notes.add(values.told(option) + " has no effect: " + why));
  }
}
