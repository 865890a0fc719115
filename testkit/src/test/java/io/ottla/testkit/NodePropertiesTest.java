package io.ottla.testkit;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class NodePropertiesTest {
  private static final Path DATA = Path.of("data");

  @Test
  void of_the_only_node() {
    Map<String, String> properties =
        NodeProperties.of(
            KafkaServer.builder().settings(),
            List.of(new NodePorts(new TreeMap<>(Map.of("PLAINTEXT", 1001)), 1002, 1003)),
            advertised("PLAINTEXT", "localhost", 1001),
            1,
            DATA);

    assertThat(properties)
        .containsExactly(
            entry("advertised.listeners", "PLAINTEXT://localhost:1001,INTERNAL://127.0.0.1:1002"),
            entry("auto.create.topics.enable", "true"),
            entry("broker.heartbeat.interval.ms", "500"),
            entry("broker.session.timeout.ms", "3000"),
            entry("controller.listener.names", "CONTROLLER"),
            entry("controller.quorum.voters", "1@127.0.0.1:1003"),
            entry("default.replication.factor", "1"),
            entry("group.initial.rebalance.delay.ms", "0"),
            entry("inter.broker.listener.name", "INTERNAL"),
            entry(
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            entry(
                "listeners",
                "PLAINTEXT://127.0.0.1:1001,INTERNAL://127.0.0.1:1002,CONTROLLER://127.0.0.1:1003"),
            entry("log.cleaner.dedupe.buffer.size", "2097152"),
            entry("log.dirs", "data"),
            entry("min.insync.replicas", "1"),
            entry("node.id", "1"),
            entry("offsets.topic.num.partitions", "1"),
            entry("offsets.topic.replication.factor", "1"),
            entry("process.roles", "broker,controller"),
            entry("share.coordinator.state.topic.min.isr", "1"),
            entry("share.coordinator.state.topic.num.partitions", "1"),
            entry("share.coordinator.state.topic.replication.factor", "1"),
            entry("transaction.state.log.min.isr", "1"),
            entry("transaction.state.log.num.partitions", "1"),
            entry("transaction.state.log.replication.factor", "1"));
  }

  @Test
  void of_the_second_of_three_with_a_listener_more_and_a_proxy() {
    KafkaServerBuilder builder =
        KafkaServer.builder().version(KafkaVersion.V3_9).nodes(3).listener("SECURE", "SASL_SSL");
    SortedMap<String, InetSocketAddress> advertised = advertised("PLAINTEXT", "proxy", 7002);
    advertised.putAll(advertised("SECURE", "localhost", 2004));

    Map<String, String> properties =
        NodeProperties.of(
            builder.settings(),
            List.of(
                ports(1001, 1002, 1003, 1004),
                ports(2001, 2002, 2003, 2004),
                ports(3001, 3002, 3003, 3004)),
            advertised,
            2,
            DATA);

    assertThat(properties)
        .containsExactly(
            entry(
                "advertised.listeners",
                "PLAINTEXT://proxy:7002,SECURE://localhost:2004,INTERNAL://127.0.0.1:2002"),
            entry("auto.create.topics.enable", "true"),
            entry("broker.heartbeat.interval.ms", "500"),
            entry("broker.session.timeout.ms", "3000"),
            entry("controller.listener.names", "CONTROLLER"),
            entry("controller.quorum.voters", "1@127.0.0.1:1003,2@127.0.0.1:2003,3@127.0.0.1:3003"),
            entry("default.replication.factor", "3"),
            entry("group.initial.rebalance.delay.ms", "0"),
            entry("inter.broker.listener.name", "INTERNAL"),
            entry(
                "listener.security.protocol.map",
                "SECURE:SASL_SSL,PLAINTEXT:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            entry(
                "listeners",
                "PLAINTEXT://127.0.0.1:2001,SECURE://127.0.0.1:2004,INTERNAL://127.0.0.1:2002,CONTROLLER://127.0.0.1:2003"),
            entry("log.cleaner.dedupe.buffer.size", "2097152"),
            entry("log.dirs", "data"),
            entry("min.insync.replicas", "2"),
            entry("node.id", "2"),
            entry("offsets.topic.num.partitions", "3"),
            entry("offsets.topic.replication.factor", "3"),
            entry("process.roles", "broker,controller"),
            entry("transaction.state.log.min.isr", "2"),
            entry("transaction.state.log.num.partitions", "3"),
            entry("transaction.state.log.replication.factor", "3"));
  }

  @Test
  void a_property_of_the_caller_wins_over_a_default() {
    KafkaServerBuilder builder =
        KafkaServer.builder()
            .property("auto.create.topics.enable", "false")
            .property("num.partitions", "6");

    Map<String, String> properties =
        NodeProperties.of(
            builder.settings(),
            List.of(new NodePorts(new TreeMap<>(Map.of("PLAINTEXT", 1001)), 1002, 1003)),
            advertised("PLAINTEXT", "localhost", 1001),
            1,
            DATA);

    assertThat(properties)
        .contains(entry("auto.create.topics.enable", "false"), entry("num.partitions", "6"));
  }

  private static NodePorts ports(int client, int internal, int controller, int secure) {
    return new NodePorts(
        new TreeMap<>(Map.of("PLAINTEXT", client, "SECURE", secure)), internal, controller);
  }

  private static SortedMap<String, InetSocketAddress> advertised(
      String listener, String host, int port) {
    return new TreeMap<>(Map.of(listener, InetSocketAddress.createUnresolved(host, port)));
  }
}
