package io.ottla.testkit;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says what a {@link KafkaServer} is to be like, and starts it.
 *
 * <p>The nodes' configuration fits tests: replication factors as there are nodes, few partitions of
 * internal topics, topics created when they are first used, no waiting for more group members.
 * {@link #property} changes any of it.
 *
 * <p>Not thread-safe; may start several servers one after the other.
 */
public final class KafkaServerBuilder {
  private static final Set<String> PROTOCOLS =
      Set.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");
  private static final Pattern LISTENER_NAME = Pattern.compile("[A-Z][A-Z0-9_]*");
  private static final int MAX_PORT = 65_535;

  private KafkaVersion version = KafkaVersion.V4_3;
  private int nodes = 1;
  private int firstPort;
  private final TreeMap<String, String> extraListeners = new TreeMap<>();
  private final TreeMap<String, ListenerSecurity> securities = new TreeMap<>();
  private AdvertisedAddress advertised =
      (nodeId, listener, port) -> InetSocketAddress.createUnresolved("localhost", port);
  private final TreeMap<String, String> properties = new TreeMap<>();
  private @Nullable Path dataDirectory;
  private @Nullable Path classPath;
  private Path javaHome = Path.of(System.getProperty("java.home"));
  private final List<String> jvmArguments = new ArrayList<>();
  private Duration startTimeout = Duration.ofSeconds(60);
  private Duration stopTimeout = Duration.ofSeconds(20);
  private PortPool pool = PortPool.SHARED;

  KafkaServerBuilder() {}

  /**
   * The version of Kafka to run. Default: {@link KafkaVersion#V4_3}.
   *
   * @param value the line
   * @return this
   */
  public KafkaServerBuilder version(KafkaVersion value) {
    version = value;
    return this;
  }

  /**
   * How many nodes to run, each a broker and a voter of the quorum. Default: 1.
   *
   * @param value 1 or 3
   * @return this
   * @throws IllegalArgumentException for any other
   */
  public KafkaServerBuilder nodes(int value) {
    if (value != 1 && value != 3) {
      throw new IllegalArgumentException("nodes(" + value + "): must be 1 or 3");
    }
    nodes = value;
    return this;
  }

  /**
   * Where to keep the data. A directory that an earlier server with the same version and number of
   * nodes wrote is continued: the cluster id and the records are those of before. It is not deleted
   * at the end. Default: a temporary directory, deleted at the end.
   *
   * @param value is made if it does not exist
   * @return this
   */
  public KafkaServerBuilder dataDirectory(Path value) {
    dataDirectory = value;
    return this;
  }

  /**
   * The port of the listener {@link KafkaServer#PLAINTEXT} of the first node; the second and third
   * take the next ones. Default: free ports.
   *
   * @param value 1 to 65535
   * @return this
   * @throws IllegalArgumentException if it is not in that range
   */
  public KafkaServerBuilder port(int value) {
    if (value < 1 || value > MAX_PORT) {
      throw new IllegalArgumentException("port(" + value + "): must be 1 to " + MAX_PORT);
    }
    firstPort = value;
    return this;
  }

  /**
   * Adds a listener for clients, on a free port of each node, whose security is told by hand: what
   * its protocol needs goes into properties, for example {@code
   * listener.name.secure.ssl.keystore.location} for a listener {@code SECURE}.
   *
   * @param name capital letters, digits, underscores
   * @param securityProtocol {@code PLAINTEXT}, {@code SSL}, {@code SASL_PLAINTEXT} or {@code
   *     SASL_SSL}
   * @return this
   * @throws IllegalArgumentException if the name is in use or has other characters, or there is no
   *     such protocol
   */
  public KafkaServerBuilder listener(String name, String securityProtocol) {
    if (!LISTENER_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "listener(\"" + name + "\", ..): a name has capital letters, digits and underscores");
    }
    if (NodeProperties.OWN_LISTENERS.contains(name) || extraListeners.containsKey(name)) {
      throw new IllegalArgumentException("listener(\"" + name + "\", ..): exists already");
    }
    String protocol = securityProtocol.toUpperCase(Locale.ROOT);
    if (!PROTOCOLS.contains(protocol)) {
      throw new IllegalArgumentException(
          "listener(\"%s\", \"%s\"): a protocol is one of %s"
              .formatted(name, securityProtocol, PROTOCOLS.stream().sorted().toList()));
    }
    extraListeners.put(name, protocol);
    return this;
  }

  /**
   * Adds a listener for clients that have to prove who they are, or that want to know who the
   * broker is, on a free port of each node. Between nodes there is neither TLS nor SASL, nor at the
   * listener {@link KafkaServer#PLAINTEXT}.
   *
   * <pre>{@code
   * builder.listener("SECURE", listener -> listener.tls(certificate).scramSha512("alice", "secret"));
   * }</pre>
   *
   * @param name capital letters, digits, underscores
   * @param security says what is asked of clients; at least one thing
   * @return this
   * @throws IllegalArgumentException if the name is in use or has other characters, or nothing is
   *     asked of clients
   */
  public KafkaServerBuilder listener(String name, Consumer<ListenerSecurity> security) {
    ListenerSecurity wanted = new ListenerSecurity();
    security.accept(wanted);
    if (!wanted.isSecured()) {
      throw new IllegalArgumentException(
          "listener(\"" + name + "\", ..): neither TLS nor a SASL mechanism");
    }
    listener(name, wanted.protocol());
    securities.put(name, wanted);
    return this;
  }

  /**
   * The Kerberos configuration of the nodes, for listeners with GSSAPI.
   *
   * @param krb5Conf names the realm and its key distribution center
   * @return this
   */
  public KafkaServerBuilder kerberosConfig(Path krb5Conf) {
    return jvmArguments("-Djava.security.krb5.conf=" + krb5Conf.toAbsolutePath());
  }

  /**
   * The addresses that nodes tell clients to connect to, such as those of proxies between. Nodes
   * reach each other without them. Default: {@code localhost} and the port that the node listens
   * on.
   *
   * @param value chooses an address by node and listener
   * @return this
   */
  public KafkaServerBuilder advertised(AdvertisedAddress value) {
    advertised = value;
    return this;
  }

  /**
   * Sets a property of all nodes, over the default.
   *
   * @param key as in Kafka's {@code server.properties}
   * @param value likewise
   * @return this
   * @throws IllegalArgumentException if the key follows from other settings, such as {@code
   *     listeners}
   */
  public KafkaServerBuilder property(String key, String value) {
    if (NodeProperties.OWN_KEYS.contains(key)) {
      throw new IllegalArgumentException(
          "property(\""
              + key
              + "\", ..): follows from nodes(), port(), listener(), advertised() and"
              + " dataDirectory()");
    }
    properties.put(key, value);
    return this;
  }

  /**
   * Sets properties of all nodes, over the defaults.
   *
   * @param values by key as in Kafka's {@code server.properties}
   * @return this
   * @throws IllegalArgumentException if one of the keys follows from other settings, such as {@code
   *     listeners}
   */
  public KafkaServerBuilder properties(Map<String, String> values) {
    values.forEach(this::property);
    return this;
  }

  /**
   * The directory with all jars of Kafka's server. Default: the system property {@link
   * KafkaVersion#classPathProperty()}, else the class path of this JVM.
   *
   * @param value for example the {@code libs} of a Kafka installation
   * @return this
   */
  public KafkaServerBuilder classPath(Path value) {
    classPath = value;
    return this;
  }

  /**
   * The Java that runs the nodes. Default: the one that runs this.
   *
   * @param value a directory with {@code bin/java}
   * @return this
   * @throws IllegalArgumentException if it has none
   */
  public KafkaServerBuilder javaHome(Path value) {
    Path bin = value.resolve("bin");
    if (!Files.exists(bin.resolve("java")) && !Files.exists(bin.resolve("java.exe"))) {
      throw new IllegalArgumentException("javaHome(" + value + "): has no bin/java");
    }
    javaHome = value;
    return this;
  }

  /**
   * Adds arguments for the nodes' JVM, after ours, so that they win. Ours are for a quick start: a
   * heap of 512 MB and only the first compiler; for throughput add {@code -Xmx2g} and {@code
   * -XX:TieredStopAtLevel=4}.
   *
   * @param values as for the {@code java} command
   * @return this
   */
  public KafkaServerBuilder jvmArguments(String... values) {
    jvmArguments.addAll(List.of(values));
    return this;
  }

  /**
   * How long a start may take, of the server and later of a single node. Default: 60 s.
   *
   * @param value more than zero
   * @return this
   * @throws IllegalArgumentException if it is not
   */
  public KafkaServerBuilder startTimeout(Duration value) {
    startTimeout = positive("startTimeout", value);
    return this;
  }

  /**
   * How long a node may take to stop in order before it is killed. Default: 20 s.
   *
   * @param value more than zero
   * @return this
   * @throws IllegalArgumentException if it is not
   */
  public KafkaServerBuilder stopTimeout(Duration value) {
    stopTimeout = positive("stopTimeout", value);
    return this;
  }

  /** For tests of what happens when ports are lost. */
  KafkaServerBuilder pool(PortPool value) {
    pool = value;
    return this;
  }

  /**
   * Starts the server. Returns when every node answers and sees all brokers in the cluster.
   *
   * @return a running server, to be closed by the caller
   * @throws IllegalArgumentException if the ports of three nodes go beyond the last one
   * @throws KafkaServerException if it cannot be started; nothing is left of it then
   */
  public KafkaServer start() {
    return KafkaServer.start(settings(), pool);
  }

  ServerSettings settings() {
    if (firstPort + nodes - 1 > MAX_PORT) {
      throw new IllegalArgumentException(
          "port(%d) and nodes(%d): the last node's port would be over %d"
              .formatted(firstPort, nodes, MAX_PORT));
    }
    return new ServerSettings(
        version,
        nodes,
        firstPort,
        new TreeMap<>(extraListeners),
        new TreeMap<>(securities),
        advertised,
        new TreeMap<>(properties),
        dataDirectory,
        classPath,
        javaHome,
        List.copyOf(jvmArguments),
        startTimeout,
        stopTimeout);
  }

  private static Duration positive(String option, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(option + "(" + value + "): must be more than zero");
    }
    return value;
  }
}
