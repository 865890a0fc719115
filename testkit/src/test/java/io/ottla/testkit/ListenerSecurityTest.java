package io.ottla.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ottla.testkit.tls.TestCertificates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListenerSecurityTest {
  private final KafkaServerBuilder builder = KafkaServer.builder();

  @Test
  void the_protocol_follows_from_what_is_asked() {
    var certificate = TestCertificates.create().server("localhost");

    assertThat(new ListenerSecurity().tls(certificate).protocol()).isEqualTo("SSL");
    assertThat(new ListenerSecurity().oauthBearer().protocol()).isEqualTo("SASL_PLAINTEXT");
    assertThat(new ListenerSecurity().tls(certificate).plain("a", "b").protocol())
        .isEqualTo("SASL_SSL");
  }

  @Test
  void each_mechanism_has_its_own_line_at_its_own_listener() {
    var properties =
        new ListenerSecurity()
            .plain("alice", "one")
            .plain("bob", "two")
            .gssapi(Path.of("/keys/tab"), "kafka/localhost@REALM", "kafka")
            .maxReauthentication(Duration.ofSeconds(2))
            .properties("MINE");

    assertThat(properties)
        .containsEntry("listener.name.mine.sasl.enabled.mechanisms", "PLAIN,GSSAPI")
        .containsEntry("listener.name.mine.connections.max.reauth.ms", "2000")
        .containsEntry("listener.name.mine.sasl.kerberos.service.name", "kafka")
        .containsEntry(
            "listener.name.mine.plain.sasl.jaas.config",
            "org.apache.kafka.common.security.plain.PlainLoginModule required user_alice=\"one\""
                + " user_bob=\"two\";");
    assertThat(properties.get("listener.name.mine.gssapi.sasl.jaas.config"))
        .contains("keyTab=\"/keys/tab\"", "principal=\"kafka/localhost@REALM\"");
  }

  @Test
  void a_listener_that_asks_nothing_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.listener("OPEN", listener -> {}))
        .withMessageContaining("OPEN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\"b", "a,b", "a]b", "a\\b"})
  void a_password_that_cannot_be_told_to_kafka_is_refused_and_not_repeated(String password) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ListenerSecurity().scramSha256("alice", password))
        .withMessage(
            "the password of alice is empty, or has blanks, quotes, commas, brackets or"
                + " backslashes");
  }

  @Test
  void nothing_that_prints_has_secrets() {
    ServerSettings settings =
        builder.listener("SASL", listener -> listener.plain("alice", "xyzzy-1")).settings();
    LogRing log = new LogRing(3, settings.secrets());
    log.add("user_alice=xyzzy-1;");

    assertThat(settings.toString()).doesNotContain("xyzzy-1");
    assertThat(settings.securities().toString()).doesNotContain("xyzzy-1");
    assertThat(log.lines()).isEqualTo(List.of("user_alice=[hidden];"));
  }
}
