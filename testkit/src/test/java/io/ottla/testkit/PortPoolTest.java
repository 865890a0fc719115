package io.ottla.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PortPoolTest {
  @Test
  void passes_over_ports_that_are_in_use_or_taken() {
    PrimitiveIterator.OfInt candidates = IntStream.of(1, 1, 2, 3, 3, 4).iterator();
    PortPool pool = new PortPool(candidates::nextInt, port -> port != 2);

    List<NodePorts> ports = pool.take(KafkaServer.builder().settings());

    assertThat(ports.get(0).all()).containsExactly(1, 3, 4);
  }

  @Test
  void gives_each_node_ports_of_its_own_and_each_listener_one() {
    PrimitiveIterator.OfInt candidates = IntStream.rangeClosed(1, 12).iterator();
    PortPool pool = new PortPool(candidates::nextInt, port -> true);

    List<NodePorts> ports =
        pool.take(KafkaServer.builder().nodes(3).listener("SECURE", "SSL").settings());

    assertThat(ports).hasSize(3);
    assertThat(ports.stream().flatMap(ofNode -> ofNode.all().stream())).doesNotHaveDuplicates();
    assertThat(ports)
        .allSatisfy(p -> assertThat(p.forClients()).containsKeys("PLAINTEXT", "SECURE"));
  }

  @Test
  void a_wanted_port_is_that_of_the_first_node_and_the_others_follow() {
    PrimitiveIterator.OfInt candidates = IntStream.rangeClosed(1, 6).iterator();
    PortPool pool = new PortPool(candidates::nextInt, port -> true);

    List<NodePorts> ports = pool.take(KafkaServer.builder().nodes(3).port(9092).settings());

    assertThat(ports.stream().map(p -> p.of("PLAINTEXT"))).containsExactly(9092, 9093, 9094);
  }

  @Test
  void refuses_a_wanted_port_that_is_in_use_and_keeps_none() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      KafkaServerBuilder builder = KafkaServer.builder().port(other.getLocalPort());

      assertThatThrownBy(() -> PortPool.SHARED.take(builder.settings()))
          .isInstanceOf(KafkaServerException.class)
          .hasMessageContaining("port " + other.getLocalPort() + " on 127.0.0.1 is in use")
          .hasMessageContaining("another program");
    }
  }

  @Test
  void a_wanted_port_is_free_again_once_it_was_given_back() {
    PrimitiveIterator.OfInt candidates = IntStream.range(1, 100).iterator();
    PortPool pool = new PortPool(candidates::nextInt, port -> true);
    ServerSettings settings = KafkaServer.builder().port(9092).settings();
    NodePorts first = pool.take(settings).get(0);

    assertThatThrownBy(() -> pool.take(settings)).hasMessageContaining("another KafkaServer");
    pool.release(first.all());
    NodePorts second = pool.take(settings).get(0);

    assertThat(second.of("PLAINTEXT")).isEqualTo(9092);
  }

  @Test
  void gives_up_when_no_port_is_free() {
    PortPool pool = new PortPool(() -> 7, port -> false);

    assertThatThrownBy(() -> pool.take(KafkaServer.builder().settings()))
        .isInstanceOf(KafkaServerException.class)
        .hasMessageContaining("no free port");
  }

  @Test
  void ports_lie_below_those_of_outgoing_connections() {
    ServerSettings settings = KafkaServer.builder().nodes(3).settings();

    List<NodePorts> ports = PortPool.SHARED.take(settings);

    try {
      assertThat(Set.copyOf(ports.stream().flatMap(p -> p.all().stream()).toList()))
          .hasSize(9)
          .allSatisfy(port -> assertThat(port).isBetween(12_000, 32_000));
    } finally {
      ports.forEach(ofNode -> PortPool.SHARED.release(ofNode.all()));
    }
  }
}
