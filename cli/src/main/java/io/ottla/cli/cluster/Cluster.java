package io.ottla.cli.cluster;

import io.ottla.Admin;
import io.ottla.Broker;
import io.ottla.ClusterBroker;
import io.ottla.Ottla;
import io.ottla.admin.TopicDescription;
import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Nearest;
import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as commands use it: its administration, and a connection to each broker that records
 * are written to or read from, opened when it is first needed.
 *
 * <p>Owns: both. Thread-safe; what waits can be interrupted.
 */
public final class Cluster implements AutoCloseable {
  private final Bootstrap bootstrap;
  private final List<HostPort> servers;
  private final Admin admin;

  // All guarded by this.
  private final Map<HostPort, Broker> connections = new HashMap<>();
  private final Map<Integer, HostPort> addresses = new HashMap<>();

  private Cluster(Bootstrap bootstrap) {
    this.bootstrap = bootstrap;
    this.servers =
        bootstrap.ofCluster().bootstrapServers().stream()
            .map(server -> new HostPort(server.host(), server.port()))
            .toList();
    this.admin =
        Ottla.admin(
            String.join(",", servers.stream().map(HostPort::toString).toList()),
            bootstrap::configure);
  }

  /**
   * Asks one server after the other, until one answers: nobody who mistyped a name or a password
   * shall wait until time is up.
   */
  public static Cluster connect(Bootstrap bootstrap) throws InterruptedException {
    Cluster cluster = new Cluster(bootstrap);
    try {
      cluster.knock();
      return cluster;
    } catch (Throwable e) {
      cluster.close();
      throw e;
    }
  }

  /** How long to try a thing before giving up. */
  public Duration timeout() {
    return bootstrap.timeout();
  }

  /** Its administration. */
  public Admin admin() {
    return admin;
  }

  /** The servers that were named, for messages. */
  public String name() {
    return String.join(",", servers.stream().map(HostPort::toString).toList());
  }

  /** Who leads the partitions of a topic. */
  public TopicView topic(String name) throws InterruptedException {
    TopicDescription topic = describe(name);
    List<ClusterBroker> brokers = Answers.await(admin.cluster().brokers());
    synchronized (this) {
      brokers.forEach(
          broker -> addresses.put(broker.id(), new HostPort(broker.host(), broker.port())));
    }
    return TopicView.of(topic);
  }

  /** A topic as it is now. */
  public TopicDescription describe(String name) throws InterruptedException {
    try {
      return Answers.await(admin.topics().describe(name));
    } catch (RefusedException e) {
      throw explained(name, e);
    }
  }

  /** The same refusal; if it is because there is no such topic, with the name that was meant. */
  public RuntimeException explained(String topic, OttlaException refusal)
      throws InterruptedException {
    if (!refusal.errorCode().equals(Optional.of(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION))) {
      return refusal;
    }
    List<String> known =
        Answers.await(admin.topics().list()).stream().map(TopicDescription::name).toList();
    return new CommandFailedException(
        ExitCode.REFUSED,
        "there is no topic '" + topic + "' on " + name() + Nearest.suggestion(topic, known));
  }

  /** The connection to a broker that leads a topic's partition. */
  public synchronized Broker broker(int id) {
    HostPort address = addresses.get(id);
    if (address == null) {
      throw new CommandFailedException(
          ExitCode.UNREACHABLE, "the cluster names broker " + id + " but not its address");
    }
    return connection(address);
  }

  /** Closes all connections without waiting for answers. */
  @Override
  public void close() {
    List<Broker> open;
    synchronized (this) {
      open = List.copyOf(connections.values());
      connections.clear();
    }
    open.forEach(broker -> broker.close(Duration.ZERO));
    admin.close(Duration.ZERO);
  }

  private void knock() throws InterruptedException {
    List<String> refusals = new ArrayList<>();
    @Nullable OttlaException last = null;
    for (HostPort server : servers) {
      try {
        // Versions are told to everybody; this only to those who may ask something.
        MetadataRequest question = new MetadataRequest().topics(new ArrayList<>());
        remember(Answers.await(connection(server).request(question)));
        return;
      } catch (OttlaException e) {
        last = e;
        refusals.add(Answers.words(e));
      }
    }
    if (refusals.size() == 1 && last != null) {
      throw last;
    }
    throw new CommandFailedException(
        ExitCode.UNREACHABLE, "no broker answered: " + String.join("; ", refusals), last);
  }

  private synchronized void remember(MetadataResponse response) {
    response
        .brokers()
        .forEach(each -> addresses.put(each.nodeId(), new HostPort(each.host(), each.port())));
  }

  private synchronized Broker connection(HostPort address) {
    return Objects.requireNonNull(
        connections.computeIfAbsent(
            address,
            to -> Ottla.broker(to.host(), to.port(), options -> bootstrap.configure(options))));
  }
}
