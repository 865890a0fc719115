package io.ottla.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.error.AuthenticationException;
import io.ottla.error.ConfigException;
import io.ottla.error.RetriableException;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.sasl.HandClock;
import io.ottla.internal.sasl.KerberosIdentity;
import io.ottla.internal.sasl.KerberosLogin;
import io.ottla.internal.sasl.KerberosSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.kerberos.KeyTab;
import javax.security.sasl.AuthorizeCallback;
import javax.security.sasl.SaslServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GSSAPI with a real KDC, against the JDK's server side, which is the one that brokers use. */
final class GssapiTest {
  private static final SaslPeer PEER = new SaslPeer("localhost", 9092);

  @TempDir private static Path directory;
  private static Kdc kdc;
  private static Path alice;
  private static Subject broker;

  @BeforeAll
  static void start() {
    kdc = new Kdc(directory);
    alice = kdc.keytab("alice");
    broker = accepting("kafka/localhost", kdc.keytab("kafka/localhost"));
  }

  @AfterAll
  static void stop() {
    kdc.close();
  }

  private static Subject accepting(String name, Path keytab) {
    KerberosPrincipal principal = new KerberosPrincipal(name + "@" + Kdc.REALM);
    Subject subject = new Subject();
    subject.getPrincipals().add(principal);
    subject.getPrivateCredentials().add(KeyTab.getInstance(principal, keytab.toFile()));
    return subject;
  }

  private static SaslServer brokerSide() throws Exception {
    return Subject.doAs(
        broker,
        (PrivilegedExceptionAction<SaslServer>)
            () ->
                javax.security.sasl.Sasl.createSaslServer(
                    "GSSAPI", "kafka", "localhost", Map.of(), GssapiTest::authorize));
  }

  private static void authorize(Callback[] callbacks) {
    AuthorizeCallback asked = (AuthorizeCallback) callbacks[0];
    asked.setAuthorized(asked.getAuthenticationID().equals(asked.getAuthorizationID()));
  }

  private static Gssapi.Builder settings() {
    return Gssapi.builder().principal("alice@" + Kdc.REALM);
  }

  private static SaslMechanism mechanism() {
    return Sasl.gssapi(settings().keytab(alice).build());
  }

  private static String principal(SaslMechanism mechanism) throws Exception {
    SaslServer side = brokerSide();
    try (SaslExchange exchange = mechanism.begin(PEER)) {
      Dialogue.hold(exchange, side);
      assertThat(exchange.isComplete()).isTrue();
      assertThat(exchange.expiresAtMillis())
          .isGreaterThan(System.currentTimeMillis())
          .isLessThan(Long.MAX_VALUE);
    }
    assertThat(side.getNegotiatedProperty(javax.security.sasl.Sasl.QOP)).isEqualTo("auth");
    return side.getAuthorizationID();
  }

  @Test
  void a_keytab_logs_in_and_serves_many_authentications() throws Exception {
    SaslMechanism mechanism = mechanism();

    assertThat(principal(mechanism)).isEqualTo("alice@" + Kdc.REALM);
    assertThat(principal(mechanism)).isEqualTo("alice@" + Kdc.REALM);
  }

  @Test
  void a_subject_that_has_logged_in_is_used_as_it_is() throws Exception {
    Subject loggedIn =
        new KerberosLogin(new KerberosSettings("alice@" + Kdc.REALM, alice, null), Clock.system())
            .identity()
            .subject();

    assertThat(principal(Sasl.gssapi(Gssapi.builder().subject(loggedIn).build())))
        .isEqualTo("alice@" + Kdc.REALM);
  }

  @Test
  void who_has_logged_in_does_so_again_when_the_ticket_has_ended() {
    HandClock clock = new HandClock();
    KerberosLogin login =
        new KerberosLogin(new KerberosSettings("alice@" + Kdc.REALM, alice, null), clock);
    KerberosIdentity first = login.identity();
    assertThat(login.identity()).isSameAs(first);

    clock.pass(first.endMillis() - clock.wallMillis());

    assertThat(login.identity()).isNotSameAs(first);
  }

  @Test
  void an_unknown_principal_is_named_with_advice() {
    Path keytab = kdc.keytab("gone");
    kdc.delete("gone");
    SaslMechanism mechanism =
        Sasl.gssapi(Gssapi.builder().principal("gone@" + Kdc.REALM).keytab(keytab).build());

    assertThatThrownBy(() -> mechanism.begin(PEER))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageStartingWith("GSSAPI at localhost:9092: log-in from keytab " + keytab)
        .hasMessageContaining("the KDC does not know the principal");
  }

  @Test
  void a_keytab_without_the_principals_keys_is_named_with_advice() {
    SaslMechanism mechanism =
        Sasl.gssapi(Gssapi.builder().principal("bob@" + Kdc.REALM).keytab(alice).build());

    assertThatThrownBy(() -> mechanism.begin(PEER))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("klist -k");
  }

  @Test
  void a_broker_that_the_kdc_does_not_know_is_named_with_advice() {
    SaslMechanism mechanism = Sasl.gssapi(settings().keytab(alice).serviceName("notkafka").build());

    assertThatThrownBy(
            () -> {
              try (SaslExchange exchange = mechanism.begin(PEER)) {
                exchange.first();
              }
            })
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("as alice@" + Kdc.REALM)
        .hasMessageContaining("notkafka@localhost")
        .hasMessageContaining("check the service name");
  }

  @Test
  void an_empty_ticket_cache_is_named_with_advice() {
    Path cache = directory.resolve("none");

    assertThatThrownBy(() -> Sasl.gssapi(Gssapi.builder().ticketCache(cache).build()).begin(PEER))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("ticket cache " + cache)
        .hasMessageContaining("klist");
  }

  @Test
  void a_kdc_that_is_away_may_come_back() throws Exception {
    SaslMechanism mechanism = mechanism();
    String running = Files.readString(kdc.configuration());
    Files.writeString(kdc.configuration(), running.replaceFirst("kdc = .*", "kdc = 127.0.0.1:1"));
    try {
      assertThatThrownBy(() -> mechanism.begin(PEER))
          .isInstanceOf(RetriableException.class)
          .hasMessageContaining("is the KDC that krb5.conf names running?");
    } finally {
      Files.writeString(kdc.configuration(), running);
    }

    assertThat(principal(mechanism)).isEqualTo("alice@" + Kdc.REALM);
  }

  @Test
  void a_broker_that_speaks_nonsense_is_refused() {
    try (SaslExchange exchange = mechanism().begin(PEER)) {
      exchange.first();

      assertThatThrownBy(() -> exchange.next(new byte[] {1, 2, 3}))
          .isInstanceOf(AuthenticationException.class);
      assertThat(exchange.isComplete()).isFalse();
    }
  }

  @Test
  void settings_that_cannot_be_are_refused_where_they_are_written() {
    assertThatThrownBy(() -> Gssapi.builder().build())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("one of keytab, ticketCache, subject");
    assertThatThrownBy(() -> settings().keytab(alice).ticketCache().build())
        .hasMessageContaining("2 ways to log in");
    assertThatThrownBy(() -> Gssapi.builder().keytab(alice).build())
        .hasMessageContaining("principal");
    assertThatThrownBy(() -> settings().keytab(alice).serviceName("").build())
        .hasMessageContaining("sasl.kerberos.service.name");
  }

  @Test
  void nothing_of_it_prints_keys_or_tickets() {
    try (SaslExchange exchange = mechanism().begin(PEER)) {
      exchange.first();

      assertThat(mechanism() + " " + exchange)
          .contains("GSSAPI", "alice@" + Kdc.REALM)
          .doesNotContain("Ticket", "Session Key");
    }
  }
}
