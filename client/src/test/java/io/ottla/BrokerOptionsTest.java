package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.error.ConfigException;
import io.ottla.testkit.scenario.Scenario;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class BrokerOptionsTest {
  // What cannot be is refused when the options are built, by name, value and range.
  @ParameterizedTest
  @MethodSource
  @Scenario({"L4", "G100"})
  void impossible_values_are_refused_by_name(
      String key, String value, String accepted, Consumer<BrokerOptions.Builder> set) {
    BrokerOptions.Builder builder = BrokerOptions.builder();
    set.accept(builder);

    assertThatThrownBy(builder::build)
        .isInstanceOfSatisfying(
            ConfigException.class,
            failure -> {
              assertThat(failure.key()).isEqualTo(key);
              assertThat(failure.value()).isEqualTo(value);
              assertThat(failure.accepted()).contains(accepted);
              assertThat(failure).hasMessageContainingAll(key, value, accepted);
            });
  }

  static Stream<Arguments> impossible_values_are_refused_by_name() {
    return Stream.of(
        refused("connect.timeout", "PT0S", "1 to", o -> o.connectTimeout(Duration.ZERO)),
        refused("connect.timeout", "PT0.0009S", "1 to", o -> o.connectTimeout(nanos(900_000))),
        refused("request.timeout", "PT-1S", "1 to", o -> o.requestTimeout(seconds(-1))),
        refused(
            "request.timeout",
            "PT596H31M23.648S",
            "2147483647 ms",
            o -> o.requestTimeout(Duration.ofMillis(1L << 31))),
        refused("idle.timeout", "PT-1S", "0 to", o -> o.idleTimeout(seconds(-1))),
        refused("max.frame", "1023", "1024 to", o -> o.maxFrameBytes(1023)),
        refused("max.frame", "4294967296", "to 2147483639", o -> o.maxFrameBytes(1L << 32)),
        refused("send.buffer", "0", "1 to", o -> o.sendBufferBytes(0)),
        refused("receive.buffer", "-1", "1 to", o -> o.receiveBufferBytes(-1)),
        refused("tcp.user.timeout", "PT0S", "1 to", o -> o.userTimeout(Duration.ZERO)),
        refused("keep.results", "-1", "0 to", o -> o.keepResults(-1)),
        refused(
            "local.address",
            "a-name/<unresolved>:0",
            "not a name",
            o -> o.localAddress(InetSocketAddress.createUnresolved("a-name", 0))),
        refused(
            "client.id", "x".repeat(32_768), "32767 bytes", o -> o.clientId("x".repeat(32_768))));
  }

  @Test
  void the_edges_of_the_ranges_are_accepted() {
    BrokerOptions options =
        BrokerOptions.builder()
            .connectTimeout(Duration.ofMillis(1))
            .requestTimeout(Duration.ofMillis(Integer.MAX_VALUE))
            .idleTimeout(Duration.ZERO)
            .maxFrameBytes(1024)
            .sendBufferBytes(1)
            .receiveBufferBytes(1)
            .userTimeout(Duration.ofMillis(1))
            .localAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .keepResults(Integer.MAX_VALUE)
            .clientId("")
            .build();

    assertThat(options.maxFrameBytes()).isEqualTo(1024);
    assertThat(options.sendBufferBytes()).hasValue(1);
    assertThat(options.receiveBufferBytes()).hasValue(1);
    assertThat(options.userTimeout()).contains(Duration.ofMillis(1));
    assertThat(options.localAddress()).isPresent();
    assertThat(options.keepResults()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void the_defaults_are_those_of_the_documentation() {
    BrokerOptions options = BrokerOptions.builder().build();

    assertThat(options.clientId()).isEqualTo("ottla");
    assertThat(options.connectTimeout()).isEqualTo(seconds(10));
    assertThat(options.requestTimeout()).isEqualTo(seconds(30));
    assertThat(options.idleTimeout()).isEqualTo(Duration.ofMinutes(9));
    assertThat(options.maxFrameBytes()).isEqualTo(100 << 20);
    assertThat(options.tcpNoDelay()).isTrue();
    assertThat(options.keepAlive()).isTrue();
    assertThat(options.sendBufferBytes()).isEmpty();
    assertThat(options.receiveBufferBytes()).isEmpty();
    assertThat(options.userTimeout()).isEmpty();
    assertThat(options.localAddress()).isEmpty();
    assertThat(options.keepResults()).isZero();
  }

  @Test
  void hosts_and_ports_that_cannot_be_are_refused() {
    assertThatThrownBy(() -> Ottla.broker(" ", 9092)).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> Ottla.broker("h", 0))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("1 to 65535");
    assertThatThrownBy(() -> Ottla.broker("h", 65_536)).isInstanceOf(ConfigException.class);
  }

  private static Arguments refused(
      String key, String value, String accepted, Consumer<BrokerOptions.Builder> set) {
    return Arguments.of(key, value, accepted, set);
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static Duration nanos(long nanos) {
    return Duration.ofNanos(nanos);
  }
}
