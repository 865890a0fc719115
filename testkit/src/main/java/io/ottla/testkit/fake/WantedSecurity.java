package io.ottla.testkit.fake;

import io.ottla.testkit.internal.broker.Security;
import io.ottla.testkit.internal.broker.ServerConfig;
import io.ottla.testkit.internal.sasl.Mechanisms;
import io.ottla.testkit.internal.sasl.Principal;
import io.ottla.testkit.internal.sasl.SaslSettings;
import io.ottla.testkit.internal.sasl.TokenCheck;
import io.ottla.testkit.internal.sasl.UserSecrets;
import io.ottla.testkit.internal.sasl.Users;
import io.ottla.testkit.internal.wire.TlsSettings;
import io.ottla.testkit.internal.wire.TlsSettings.ClientAuth;
import io.ottla.testkit.tls.ClientCertificates;
import io.ottla.testkit.tls.TestCertificate;
import io.ottla.testkit.tls.TestCertificates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a builder was told of TLS and SASL. Not thread-safe. Does not print secrets. */
final class WantedSecurity {
  private static final List<String> WITH_PASSWORDS =
      List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");

  private @Nullable TestCertificate certificate;
  private ClientCertificates clients = ClientCertificates.NONE;
  private @Nullable TestCertificates trusted;
  private final Map<String, UserSecrets> users = new LinkedHashMap<>();
  private List<String> mechanisms = List.of();
  private @Nullable TokenCheck tokens;

  void certificate(TestCertificate shown) {
    certificate = shown;
  }

  void clients(ClientCertificates wanted, TestCertificates issuer) {
    clients = wanted;
    trusted = issuer;
  }

  void user(String name, String password) {
    users.put(name, UserSecrets.of(password));
  }

  void mechanisms(List<String> names) {
    for (String name : names) {
      if (!Mechanisms.ALL.contains(name)) {
        throw new IllegalArgumentException(
            "a fake broker has no mechanism %s; it has %s; KafkaServer has GSSAPI, too"
                .formatted(name, Mechanisms.ALL));
      }
    }
    mechanisms = List.copyOf(names);
  }

  void tokens(Function<String, Optional<BearerToken>> check) {
    tokens =
        token ->
            check
                .apply(token)
                .map(good -> new Principal(good.principal(), good.expiresAt().toEpochMilli()))
                .orElse(null);
  }

  Security settings(ServerConfig config, Users live, Handshakes handshakes) {
    users.forEach(live::set);
    return new Security(tls(), sasl(config, live), handshakes, ErrorAnswers::of);
  }

  private @Nullable TlsSettings tls() {
    if (certificate == null) {
      if (clients != ClientCertificates.NONE) {
        throw new IllegalArgumentException("clientCertificates(..) without tls(..)");
      }
      return null;
    }
    ClientAuth auth =
        switch (clients) {
          case NONE -> ClientAuth.NONE;
          case REQUESTED -> ClientAuth.WANTED;
          case REQUIRED -> ClientAuth.NEEDED;
        };
    return new TlsSettings(
        certificate.chain(),
        certificate.privateKey(),
        auth,
        trusted == null ? null : trusted.certificate());
  }

  private @Nullable SaslSettings sasl(ServerConfig config, Users live) {
    if (users.isEmpty() && mechanisms.isEmpty() && tokens == null) {
      return null;
    }
    return new SaslSettings(
        enabled(),
        live,
        tokens,
        config.number("connections.max.reauth.ms"),
        config.number("connection.failed.authentication.delay.ms"));
  }

  private List<String> enabled() {
    if (!mechanisms.isEmpty()) {
      return mechanisms;
    }
    return tokens == null
        ? WITH_PASSWORDS
        : users.isEmpty() ? List.of("OAUTHBEARER") : Mechanisms.ALL;
  }
}
