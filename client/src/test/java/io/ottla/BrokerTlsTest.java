package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ottla.error.BrokerUnreachableException;
import io.ottla.error.ConnectPhase;
import io.ottla.error.OttlaException;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.security.Tls;
import io.ottla.security.TlsEngine;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.scenario.Scenario;
import io.ottla.testkit.tls.ClientCertificates;
import io.ottla.testkit.tls.TestCertificate;
import io.ottla.testkit.tls.TestCertificates;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A broker behind TLS, as users of one meet it. */
@Timeout(120)
@ParameterizedClass
@EnumSource(
    value = TlsEngine.class,
    names = {"JDK", "OPENSSL"})
final class BrokerTlsTest {
  private static final TestCertificates ISSUER = TestCertificates.create();
  private static final TestCertificate BROKER = ISSUER.server("localhost");

  @Parameter TlsEngine engine = TlsEngine.AUTO;

  @Test
  void requests_are_answered_through_tls() throws Exception {
    try (FakeCluster kafka = FakeCluster.builder().tls(BROKER).start();
        Broker broker = open("localhost", kafka, trusting().build())) {
      assertThat(broker.request(new MetadataRequest()).get(60, TimeUnit.SECONDS).brokers())
          .hasSize(1);
    }
  }

  @Test
  @Scenario("L180")
  void a_certificate_of_ours_is_shown_to_a_broker_that_wants_one() throws Exception {
    TestCertificate me = ISSUER.client("me");
    try (FakeCluster kafka = mutual()) {
      Tls known = trusting().keyPem(me.chainPem(), me.keyPem("secret"), "secret").build();
      try (Broker broker = open("localhost", kafka, known)) {
        assertThat(broker.request(new MetadataRequest()).get(60, TimeUnit.SECONDS).brokers())
            .hasSize(1);
      }
      assertThat(failure("localhost", kafka, trusting().build())).hasMessageContaining("tls.key");
    }
  }

  @Test
  void what_is_wrong_with_the_brokers_certificate_is_in_the_error() {
    try (FakeCluster good = FakeCluster.builder().tls(BROKER).start();
        FakeCluster old = FakeCluster.builder().tls(ISSUER.expired("localhost")).start()) {
      Tls tls = trusting().build();

      assertThat(failure("127.0.0.1", good, tls))
          .hasMessageContaining("is for localhost, not for 127.0.0.1; connect by one of");
      assertThat(failure("localhost", old, tls)).hasMessageContaining("expired at ");
      assertThat(failure("localhost", good, Tls.builder().engine(engine).build()))
          .hasMessageContaining("is not trusted by this JVM");
    }
  }

  @Test
  @Scenario("G98")
  void tls_to_a_plain_port_is_called_so() {
    try (FakeCluster kafka = FakeCluster.builder().start()) {
      assertThat(failure("localhost", kafka, trusting().build()))
          .hasMessageContaining("if it is a port without TLS");
    }
  }

  @Test
  @Scenario("G98")
  void no_tls_to_a_port_with_it_is_called_so() {
    try (FakeCluster kafka = FakeCluster.builder().tls(BROKER).start();
        Broker broker = Ottla.broker("localhost", kafka.broker(1).port())) {
      assertThat(failureOf(broker)).hasMessageContaining("TLS");
    }
  }

  private Tls.Builder trusting() {
    return Tls.builder().engine(engine).trustPem(ISSUER.pem());
  }

  private static FakeCluster mutual() {
    return FakeCluster.builder()
        .tls(BROKER)
        .clientCertificates(ClientCertificates.REQUIRED, ISSUER)
        .start();
  }

  private static Broker open(String host, FakeCluster kafka, Tls tls) {
    return Ottla.broker(host, kafka.broker(1).port(), o -> o.tls(tls));
  }

  private static OttlaException failure(String host, FakeCluster kafka, Tls tls) {
    try (Broker broker = open(host, kafka, tls)) {
      OttlaException failure = failureOf(broker);
      assertThat(failure)
          .isInstanceOfSatisfying(
              BrokerUnreachableException.class,
              unreachable -> assertThat(unreachable.phase()).isEqualTo(ConnectPhase.TLS));
      return failure;
    }
  }

  private static OttlaException failureOf(Broker broker) {
    Throwable thrown =
        catchThrowable(() -> broker.request(new MetadataRequest()).get(60, TimeUnit.SECONDS));
    return (OttlaException) Objects.requireNonNull(thrown.getCause());
  }
}
