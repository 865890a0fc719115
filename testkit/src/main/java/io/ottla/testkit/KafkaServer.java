package io.ottla.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A real Kafka for tests and development: one node, or three, each a process of its own on
 * 127.0.0.1, in KRaft mode.
 *
 * <pre>{@code
 * try (KafkaServer kafka = KafkaServer.builder().start()) {
 *   run(kafka.bootstrapServers());
 *   kafka.node(1).kill();
 *   kafka.node(1).start();
 * }
 * }</pre>
 *
 * <p>Owns: the processes, their ports, and the temporary directory if no other was given. All of
 * them are gone after {@link #close()}, and after the end of this JVM. If the JVM is killed ({@code
 * kill -9}) the processes end too, and only the temporary directory is left.
 *
 * <p>The jars of Kafka's server come from {@link KafkaServerBuilder#classPath}, else from the
 * directory that the system property {@code ottla.kafka.4.3} (or {@code ottla.kafka.3.9}) names,
 * else from the class path of this JVM.
 *
 * <p>Thread-safe.
 */
public final class KafkaServer implements AutoCloseable {
  /** The name of the listener that is always there, and needs neither TLS nor SASL. */
  public static final String PLAINTEXT = "PLAINTEXT";

  private static final int MAX_PORT_DRAWS = 3;

  private final ServerSettings settings;
  private final String classPath;
  private final DataDirectory data;
  private final PortPool pool;
  private final List<NodePorts> ports;
  private final List<KafkaNode> nodes;

  /** By node, then by listener. */
  private final List<SortedMap<String, InetSocketAddress>> advertised;

  private final Thread shutdownHook = new Thread(this::end, "kafka-server-shutdown");
  private final Object ending = new Object();

  @GuardedBy("ending")
  private boolean closed;

  private KafkaServer(
      ServerSettings settings,
      String classPath,
      DataDirectory data,
      PortPool pool,
      List<NodePorts> ports) {
    this.settings = settings;
    this.classPath = classPath;
    this.data = data;
    this.pool = pool;
    this.ports = ports;
    this.advertised = advertised(settings, ports);
    this.nodes =
        IntStream.rangeClosed(1, settings.nodes())
            .mapToObj(id -> new KafkaNode(this, id, ports.get(id - 1)))
            .toList();
  }

  /**
   * A builder of a server with one node of {@link KafkaVersion#V4_3} on a free port in a temporary
   * directory.
   *
   * @return a new builder
   */
  public static KafkaServerBuilder builder() {
    return new KafkaServerBuilder();
  }

  static KafkaServer start(ServerSettings settings, PortPool pool) {
    String classPath = ServerClassPath.find(settings);
    List<KafkaServerException> lostPorts = new ArrayList<>();
    while (true) {
      KafkaServer server = reserve(settings, classPath, pool);
      try {
        server.startAll();
        return server;
      } catch (KafkaServerException e) {
        server.close();
        boolean lastDraw = settings.firstPort() != 0 || lostPorts.size() == MAX_PORT_DRAWS - 1;
        if (lastDraw || server.nodes.stream().noneMatch(KafkaNode::failedToBind)) {
          lostPorts.forEach(e::addSuppressed);
          throw e;
        }
        lostPorts.add(e);
      } catch (RuntimeException e) {
        server.close();
        throw e;
      }
    }
  }

  private static KafkaServer reserve(ServerSettings settings, String classPath, PortPool pool) {
    DataDirectory data = DataDirectory.open(settings);
    List<NodePorts> ports = List.of();
    try {
      ports = pool.take(settings);
      return new KafkaServer(settings, classPath, data, pool, ports);
    } catch (RuntimeException e) {
      ports.forEach(ofNode -> pool.release(ofNode.all()));
      data.close();
      throw e;
    }
  }

  private static List<SortedMap<String, InetSocketAddress>> advertised(
      ServerSettings settings, List<NodePorts> ports) {
    List<SortedMap<String, InetSocketAddress>> byNode = new ArrayList<>();
    for (NodePorts ofNode : ports) {
      int id = byNode.size() + 1;
      SortedMap<String, InetSocketAddress> byListener = new TreeMap<>();
      ofNode
          .forClients()
          .forEach((name, port) -> byListener.put(name, settings.advertised().of(id, name, port)));
      byNode.add(byListener);
    }
    return byNode;
  }

  private void startAll() {
    Runtime.getRuntime().addShutdownHook(shutdownHook);
    nodes.forEach(KafkaNode::spawn);
    new Readiness(nodes, settings.startTimeout())
        .await(nodes.stream().map(KafkaNode::id).collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * The version of Kafka that runs.
   *
   * @return as the builder was told
   */
  public KafkaVersion version() {
    return settings.version();
  }

  /**
   * The addresses for clients of the listener {@link #PLAINTEXT}.
   *
   * @return for example {@code localhost:12345,localhost:23456}; what the nodes advertise
   */
  public String bootstrapServers() {
    return bootstrapServers(PLAINTEXT);
  }

  /**
   * The addresses for clients of a listener.
   *
   * @param listener its name
   * @return for example {@code localhost:12345,localhost:23456}; what the nodes advertise
   * @throws IllegalArgumentException if there is no such listener
   */
  public String bootstrapServers(String listener) {
    if (!advertised.get(0).containsKey(listener)) {
      throw new IllegalArgumentException(
          "no listener " + listener + "; there are " + advertised.get(0).keySet());
    }
    return advertised.stream()
        .map(byListener -> byListener.get(listener))
        .map(address -> address.getHostString() + ":" + address.getPort())
        .collect(Collectors.joining(","));
  }

  /**
   * A node, running or not.
   *
   * @param id 1 for the first
   * @return always the same one for the same id
   * @throws IllegalArgumentException if there is no such node
   */
  public KafkaNode node(int id) {
    if (id < 1 || id > nodes.size()) {
      throw new IllegalArgumentException("no node " + id + "; ids are 1 to " + nodes.size());
    }
    return nodes.get(id - 1);
  }

  /**
   * All nodes, running or not.
   *
   * @return by ascending id
   */
  public List<KafkaNode> nodes() {
    return nodes;
  }

  /**
   * The id of the cluster, which belongs to its data.
   *
   * @return 22 characters as Kafka writes them
   */
  public String clusterId() {
    return data.clusterId();
  }

  /**
   * The directory with the data of all nodes and their logs, {@code node-1/server.log} and so on.
   *
   * @return an absolute path
   */
  public Path dataDirectory() {
    return data.root();
  }

  /**
   * Ends all nodes, and deletes the temporary directory. Nodes on a directory that the caller gave
   * are stopped in order, within the builder's stop timeout; others are killed, since nothing of
   * theirs is kept. Closing twice is harmless.
   */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook does the same; whoever comes second waits for the first.
    }
    end();
  }

  private void end() {
    synchronized (ending) {
      if (closed) {
        return;
      }
      closed = true;
      List<NodeProcess> processes =
          nodes.stream().map(KafkaNode::currentProcess).filter(Objects::nonNull).toList();
      NodeProcess.endAll(processes, data.isTemporary() ? Duration.ZERO : settings.stopTimeout());
      ports.forEach(ofNode -> pool.release(ofNode.all()));
      data.close();
    }
  }

  /** Does something that the end must not overlap, and that takes no time. */
  void unlessClosed(Runnable action) {
    synchronized (ending) {
      if (closed) {
        throw new IllegalStateException("the server is closed");
      }
      action.run();
    }
  }

  NodeProcess spawn(int id, LogRing log) {
    Path properties =
        data.writeProperties(
            id,
            NodeProperties.of(settings, ports, advertised.get(id - 1), id, data.logDirectory(id)));
    data.writeUsers(id, settings.scramUsers());
    return NodeProcess.spawn(
        "kafka-node-" + id,
        NodeCommand.of(settings, classPath, data, id, properties),
        data.ofNode(id),
        data.outputFile(id),
        log);
  }

  boolean hasMajority() {
    return nodes.stream().filter(KafkaNode::isRunning).count() > nodes.size() / 2;
  }

  Duration startTimeout() {
    return settings.startTimeout();
  }

  Duration stopTimeout() {
    return settings.stopTimeout();
  }

  boolean isPlaintext(String listener) {
    return settings.extraListeners().getOrDefault(listener, PLAINTEXT).equals(PLAINTEXT);
  }

  String dataDescription() {
    return data.root() + (data.isTemporary() ? " (temporary)" : "");
  }

  List<String> secrets() {
    return settings.secrets();
  }

  String title() {
    return settings.title();
  }
}
