package io.ottla;

import static io.ottla.config.SecurityKeys.TLS_CERTIFICATE;
import static io.ottla.config.SecurityKeys.TLS_CERTIFICATE_PEM;
import static io.ottla.config.SecurityKeys.TLS_CIPHERS;
import static io.ottla.config.SecurityKeys.TLS_ENGINE;
import static io.ottla.config.SecurityKeys.TLS_KEY;
import static io.ottla.config.SecurityKeys.TLS_KEY_ALIAS;
import static io.ottla.config.SecurityKeys.TLS_KEY_PASSWORD;
import static io.ottla.config.SecurityKeys.TLS_KEY_PEM;
import static io.ottla.config.SecurityKeys.TLS_KEY_STORE_PASSWORD;
import static io.ottla.config.SecurityKeys.TLS_KEY_TYPE;
import static io.ottla.config.SecurityKeys.TLS_PROTOCOLS;
import static io.ottla.config.SecurityKeys.TLS_RELOAD_INTERVAL;
import static io.ottla.config.SecurityKeys.TLS_TRUST;
import static io.ottla.config.SecurityKeys.TLS_TRUST_PASSWORD;
import static io.ottla.config.SecurityKeys.TLS_TRUST_PEM;
import static io.ottla.config.SecurityKeys.TLS_TRUST_TYPE;
import static io.ottla.config.SecurityKeys.TLS_VERIFY_HOST;

import io.ottla.config.OptionTable;
import io.ottla.config.OptionValues;
import io.ottla.error.ConfigException;
import io.ottla.security.Tls;
import io.ottla.security.TlsEngine;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** TLS as the {@code tls} options say, by whichever of their names. */
final class TlsOfOptions {
  private TlsOfOptions() {}

  static Tls tls(OptionValues values) {
    Tls.Builder tls = Tls.builder();
    try {
      trust(values, tls);
      key(values, tls);
      rules(values, tls);
      return tls.build();
    } catch (ConfigException problem) {
      throw OptionTable.named(problem.key())
          .map(option -> values.refusal(option, problem.accepted()))
          .orElse(problem);
    }
  }

  private static void trust(OptionValues values, Tls.Builder tls) {
    values
        .find(TLS_TRUST)
        .ifPresent(
            file ->
                tls.trustStore(
                    file,
                    values.find(TLS_TRUST_TYPE).orElse(null),
                    values.find(TLS_TRUST_PASSWORD).orElse(null)));
    values.find(TLS_TRUST_PEM).ifPresent(tls::trustPem);
  }

  private static void key(OptionValues values, Tls.Builder tls) {
    String password = values.find(TLS_KEY_PASSWORD).orElse(null);
    values.find(TLS_KEY).ifPresent(file -> key(values, tls, file, password));
    values
        .find(TLS_KEY_PEM)
        .ifPresent(key -> tls.keyPem(values.get(TLS_CERTIFICATE_PEM), key, password));
    values.find(TLS_KEY_ALIAS).ifPresent(tls::keyAlias);
  }

  private static void key(
      OptionValues values, Tls.Builder tls, Path file, @Nullable String password) {
    values
        .find(TLS_CERTIFICATE)
        .ifPresentOrElse(
            certificate -> tls.key(certificate, file, password),
            () ->
                tls.keyStore(
                    file,
                    values.find(TLS_KEY_TYPE).orElse(null),
                    values.find(TLS_KEY_STORE_PASSWORD).orElse(null),
                    password));
  }

  private static void rules(OptionValues values, Tls.Builder tls) {
    tls.verifyHostName(values.get(TLS_VERIFY_HOST))
        .protocols(values.get(TLS_PROTOCOLS).toArray(String[]::new))
        .engine(TlsEngine.valueOf(values.get(TLS_ENGINE)))
        .reloadInterval(values.get(TLS_RELOAD_INTERVAL));
    values.find(TLS_CIPHERS).ifPresent(ciphers -> tls.ciphers(ciphers.toArray(String[]::new)));
  }
}
