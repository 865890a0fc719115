package io.ottla.testkit;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes a node's {@code server.properties}: defaults for tests, over them the caller's, over them
 * what is ours.
 */
final class NodeProperties {
  private static final String HOST = "127.0.0.1";
  private static final String INTERNAL = "INTERNAL";
  private static final String CONTROLLER = "CONTROLLER";

  /** Names of listeners that a caller cannot add. */
  static final Set<String> OWN_LISTENERS = Set.of(KafkaServer.PLAINTEXT, INTERNAL, CONTROLLER);

  /**
   * Keys that follow from the settings; a caller's value would break what the other nodes and we
   * rely on.
   */
  static final Set<String> OWN_KEYS =
      Set.of(
          "node.id",
          "broker.id",
          "process.roles",
          "controller.quorum.voters",
          "controller.quorum.bootstrap.servers",
          "controller.listener.names",
          "listeners",
          "advertised.listeners",
          "listener.security.protocol.map",
          "inter.broker.listener.name",
          "security.inter.broker.protocol",
          "log.dir",
          "log.dirs",
          "metadata.log.dir");

  private NodeProperties() {}

  /**
   * The properties of one node.
   *
   * @param ports of all nodes, that of node 1 first
   * @param advertised by listener, of this node
   * @param nodeId from 1
   */
  static SortedMap<String, String> of(
      ServerSettings settings,
      List<NodePorts> ports,
      SortedMap<String, InetSocketAddress> advertised,
      int nodeId,
      Path logDirectory) {
    SortedMap<String, String> properties = defaults(settings);
    settings.securities().forEach((name, security) -> properties.putAll(security.properties(name)));
    properties.putAll(settings.properties());
    properties.put("node.id", Integer.toString(nodeId));
    properties.put("process.roles", "broker,controller");
    properties.put("controller.quorum.voters", voters(ports));
    properties.put("controller.listener.names", CONTROLLER);
    properties.put("inter.broker.listener.name", INTERNAL);
    properties.put("log.dirs", logDirectory.toString());
    putListeners(settings, ports.get(nodeId - 1), advertised, properties);
    return properties;
  }

  private static SortedMap<String, String> defaults(ServerSettings settings) {
    String copies = Integer.toString(settings.nodes());
    String inSync = Integer.toString(settings.nodes() / 2 + 1);
    TreeMap<String, String> properties = new TreeMap<>();
    properties.put("auto.create.topics.enable", "true");
    properties.put("default.replication.factor", copies);
    properties.put("min.insync.replicas", inSync);
    // A group that its first member has joined need not wait for more.
    properties.put("group.initial.rebalance.delay.ms", "0");
    // After kill -9 a broker is let in again when its old session is over; Kafka's default is 9 s.
    properties.put("broker.heartbeat.interval.ms", "500");
    properties.put("broker.session.timeout.ms", "3000");
    // The cleaner takes this much of the heap as soon as it starts; Kafka's default is a quarter of
    // ours.
    properties.put("log.cleaner.dedupe.buffer.size", "2097152");
    for (String topic : List.of("offsets.topic", "transaction.state.log")) {
      properties.put(topic + ".num.partitions", copies);
      properties.put(topic + ".replication.factor", copies);
    }
    properties.put("transaction.state.log.min.isr", inSync);
    if (settings.version() == KafkaVersion.V4_3) {
      properties.put("share.coordinator.state.topic.num.partitions", copies);
      properties.put("share.coordinator.state.topic.replication.factor", copies);
      properties.put("share.coordinator.state.topic.min.isr", inSync);
    }
    return properties;
  }

  private static String voters(List<NodePorts> ports) {
    List<String> voters = new ArrayList<>();
    for (int node = 0; node < ports.size(); node++) {
      voters.add((node + 1) + "@" + HOST + ":" + ports.get(node).controller());
    }
    return String.join(",", voters);
  }

  private static void putListeners(
      ServerSettings settings,
      NodePorts ports,
      SortedMap<String, InetSocketAddress> advertised,
      SortedMap<String, String> properties) {
    List<String> bound = new ArrayList<>();
    List<String> told = new ArrayList<>();
    List<String> protocols = new ArrayList<>();
    ports.forClients().forEach((name, port) -> bound.add(endpoint(name, HOST, port)));
    bound.add(endpoint(INTERNAL, HOST, ports.internal()));
    bound.add(endpoint(CONTROLLER, HOST, ports.controller()));
    advertised.forEach(
        (name, address) -> told.add(endpoint(name, address.getHostString(), address.getPort())));
    told.add(endpoint(INTERNAL, HOST, ports.internal()));
    settings.extraListeners().forEach((name, protocol) -> protocols.add(name + ":" + protocol));
    for (String own : List.of(KafkaServer.PLAINTEXT, INTERNAL, CONTROLLER)) {
      protocols.add(own + ":PLAINTEXT");
    }
    properties.put("listeners", String.join(",", bound));
    properties.put("advertised.listeners", String.join(",", told));
    properties.put("listener.security.protocol.map", String.join(",", protocols));
  }

  private static String endpoint(String listener, String host, int port) {
    return listener + "://" + host + ":" + port;
  }
}
