package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.config.HostPort;
import io.ottla.config.HostResolver;
import io.ottla.config.Proxy;
import io.ottla.error.ConfigException;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@Scenario("L4")
final class ClusterOptionsTest {
  @Test
  void the_defaults_are_those_of_the_documentation() {
    ClusterOptions options = ClusterOptions.builder().bootstrapServers("a,b:9093").build();

    assertThat(options.bootstrapServers())
        .containsExactly(new HostPort("a", 9092), new HostPort("b", 9093));
    assertThat(options.retries()).isEqualTo(-1);
    assertThat(options.requestTimeout()).isEqualTo(seconds(30));
    assertThat(options.callTimeout()).isEqualTo(seconds(60));
    assertThat(options.retryBackoff()).isEqualTo(Duration.ofMillis(100));
    assertThat(options.retryBackoffMost()).isEqualTo(seconds(1));
    assertThat(options.reconnectBackoff()).isEqualTo(Duration.ofMillis(50));
    assertThat(options.reconnectBackoffMost()).isEqualTo(seconds(1));
    assertThat(options.retryInterval()).isEmpty();
    assertThat(options.metadataMaxAge()).isEqualTo(seconds(300));
    assertThat(options.metadataMaxIdle()).isEqualTo(seconds(300));
    assertThat(options.rebootstrapAfter()).isEqualTo(seconds(300));
    assertThat(options.proxy()).isEmpty();
    assertThat(options.tls()).isEmpty();
    assertThat(options.sasl()).isEmpty();
    assertThat(options.notes()).isEmpty();
    assertThat(BrokerOptions.builder().build().retries()).isZero();
  }

  @Test
  void what_a_builder_is_told_its_options_say() {
    HostResolver resolver = host -> List.of();
    Proxy proxy = Proxy.socks5("proxy", 1080);

    ClusterOptions options =
        ClusterOptions.builder()
            .bootstrapServers(List.of(new HostPort("a", 1), new HostPort("a", 1)))
            .retries(3)
            .callTimeout(seconds(40))
            .retryBackoff(seconds(2))
            .retryBackoffMost(seconds(3))
            .reconnectBackoff(seconds(4))
            .reconnectBackoffMost(seconds(5))
            .metadataMaxAge(seconds(6))
            .metadataMaxIdle(seconds(7))
            .rebootstrapAfter(seconds(8))
            .proxy(proxy)
            .resolver(resolver)
            .build();

    assertThat(options.bootstrapServers()).containsExactly(new HostPort("a", 1));
    assertThat(options.retries()).isEqualTo(3);
    assertThat(options.callTimeout()).isEqualTo(seconds(40));
    assertThat(options.retryBackoff()).isEqualTo(seconds(2));
    assertThat(options.retryBackoffMost()).isEqualTo(seconds(3));
    assertThat(options.reconnectBackoff()).isEqualTo(seconds(4));
    assertThat(options.reconnectBackoffMost()).isEqualTo(seconds(5));
    assertThat(options.metadataMaxAge()).isEqualTo(seconds(6));
    assertThat(options.metadataMaxIdle()).isEqualTo(seconds(7));
    assertThat(options.rebootstrapAfter()).isEqualTo(seconds(8));
    assertThat(options.proxy()).contains(proxy);
    assertThat(options.resolver()).isSameAs(resolver);
    assertThat(options.toString())
        .startsWith("ClusterOptions[bootstrap.servers=[a:1, a:1], retries=3")
        .contains("proxy=[hidden]");
  }

  @Test
  void bootstrap_servers_must_be_given() {
    assertThatThrownBy(() -> ClusterOptions.builder().build())
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("bootstrap.servers = (not given) is not accepted: host:port");
    assertThatThrownBy(() -> ClusterOptions.builder().bootstrapServers("SSL://a:1").build())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("bootstrap.servers = SSL://a:1 is not accepted");
  }

  @Test
  void servers_given_in_code_give_way_to_those_of_a_later_map() {
    ClusterOptions options =
        ClusterOptions.builder()
            .bootstrapServers("a:1")
            .load(Map.of("metadata.broker.list", "b:2"), "-X")
            .build();

    assertThat(options.bootstrapServers()).containsExactly(new HostPort("b", 2));
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
