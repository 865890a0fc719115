package io.ottla.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KafkaServerBuilderTest {
  private final KafkaServerBuilder builder = KafkaServer.builder();

  @Test
  void defaults_to_one_node_of_the_newest_version_run_by_this_java() {
    ServerSettings settings = builder.settings();

    assertThat(settings.version()).isEqualTo(KafkaVersion.V4_3);
    assertThat(settings.nodes()).isEqualTo(1);
    assertThat(settings.javaHome()).isEqualTo(Path.of(System.getProperty("java.home")));
    assertThat(settings.dataDirectory()).isNull();
    assertThat(settings.advertised().of(1, "PLAINTEXT", 7).getHostString()).isEqualTo("localhost");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 2, 4})
  void refuses_any_number_of_nodes_but_one_and_three(int nodes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.nodes(nodes))
        .withMessage("nodes(" + nodes + "): must be 1 or 3");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65_536})
  void refuses_a_port_that_is_none(int port) {
    assertThatIllegalArgumentException().isThrownBy(() -> builder.port(port));
  }

  @Test
  void refuses_a_port_that_leaves_none_for_the_third_node() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.nodes(3).port(65_534).start())
        .withMessageContaining("65535");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secure", "A,B", "1ST", "PLAINTEXT", "INTERNAL", "CONTROLLER"})
  void refuses_names_of_listeners_that_are_malformed_or_in_use(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> builder.listener(name, "SSL"));
  }

  @Test
  void refuses_the_same_listener_twice() {
    KafkaServerBuilder once = builder.listener("SECURE", "SSL");

    assertThatIllegalArgumentException().isThrownBy(() -> once.listener("SECURE", "SASL_SSL"));
  }

  @Test
  void refuses_a_security_protocol_that_does_not_exist() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.listener("SECURE", "TLS"))
        .withMessageContaining("[PLAINTEXT, SASL_PLAINTEXT, SASL_SSL, SSL]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"listeners", "advertised.listeners", "node.id", "log.dirs"})
  void refuses_properties_that_follow_from_other_settings(String key) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.properties(Map.of(key, "x")))
        .withMessageContaining(key);
  }

  @Test
  void refuses_a_java_home_without_java(@TempDir Path empty) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.javaHome(empty))
        .withMessageContaining("has no bin/java");
  }

  @Test
  void refuses_timeouts_that_give_no_time() {
    assertThatIllegalArgumentException().isThrownBy(() -> builder.startTimeout(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.stopTimeout(Duration.ofSeconds(-1)));
  }
}
