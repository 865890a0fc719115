package io.ottla.cli.cluster;

import io.ottla.Broker;
import io.ottla.BrokerVersions;
import io.ottla.Ottla;
import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Nearest;
import io.ottla.error.OttlaException;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The brokers of one cluster, each with one connection that is opened when it is first needed.
 *
 * <p>Owns: the connections. Thread-safe; what waits can be interrupted.
 */
public final class Cluster implements AutoCloseable {
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
  private static final int FIRST_WITH_NO_TOPIC_AS_ALL = 1;
  private static final int FIRST_WITH_AUTO_CREATION_FLAG = 4;

  private final Bootstrap bootstrap;

  // All guarded by this.
  private final Map<HostPort, Broker> connections = new HashMap<>();
  private final Map<Integer, HostPort> addresses = new HashMap<>();
  private HostPort current;

  private Cluster(Bootstrap bootstrap) {
    this.bootstrap = bootstrap;
    this.current = bootstrap.servers().get(0);
  }

  /** Asks one server after the other, until one answers. */
  public static Cluster connect(Bootstrap bootstrap) throws InterruptedException {
    Cluster cluster = new Cluster(bootstrap);
    try {
      cluster.metadata(List.of());
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

  /** The server that last answered a question about the cluster. */
  public synchronized HostPort current() {
    return current;
  }

  /** What the cluster says about itself and these topics. */
  public MetadataResponse metadata(List<String> topics) throws InterruptedException {
    return metadata(
        topics.stream().map(name -> new MetadataRequest.MetadataRequestTopic().name(name)).toList(),
        false);
  }

  /** What the cluster says about itself and all its topics. */
  public MetadataResponse metadataOfAllTopics() throws InterruptedException {
    return metadata(List.of(), true);
  }

  /** Who leads the partitions of a topic. */
  public TopicView topic(String name) throws InterruptedException {
    for (MetadataResponse.MetadataResponseTopic found : metadata(List.of(name)).topics()) {
      ErrorCode error = ErrorCode.of(found.errorCode());
      if (error == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) {
        throw unknownTopic(name);
      }
      if (error != ErrorCode.NONE && !error.isRetriable()) {
        throw Answers.refusal("topic '" + name + "'", error, null);
      }
      return TopicView.of(name, found);
    }
    throw unknownTopic(name);
  }

  /** The connection to a broker that some metadata named. */
  public synchronized Broker broker(int id) {
    HostPort address = addresses.get(id);
    if (address == null) {
      throw new CommandFailedException(
          ExitCode.UNREACHABLE, "the cluster names broker " + id + " but not its address");
    }
    return connection(address);
  }

  /** Asks any broker, and waits for the answer. */
  public <R extends ResponseMessage> R ask(RequestMessage<R> request) throws InterruptedException {
    return Answers.await(connection(current()).request(request, timeout()));
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
  }

  private MetadataResponse metadata(
      List<MetadataRequest.MetadataRequestTopic> topics, boolean ofAllTopics)
      throws InterruptedException {
    List<String> refusals = new ArrayList<>();
    @Nullable OttlaException last = null;
    for (HostPort server : candidates()) {
      try {
        Broker broker = connection(server);
        MetadataResponse response =
            Answers.await(
                broker.request(
                    request(Answers.await(broker.versions()), topics, ofAllTopics), timeout()));
        remember(server, response);
        return response;
      } catch (OttlaException e) {
        last = e;
        refusals.add(String.valueOf(e.getMessage()));
      }
    }
    if (refusals.size() == 1 && last != null) {
      throw last;
    }
    throw new CommandFailedException(
        ExitCode.UNREACHABLE, "no broker answered: " + String.join("; ", refusals), last);
  }

  private static MetadataRequest request(
      BrokerVersions versions,
      List<MetadataRequest.MetadataRequestTopic> topics,
      boolean ofAllTopics) {
    BrokerVersions.@Nullable Range theirs = versions.of(ApiKey.METADATA);
    int version = theirs == null ? 0 : theirs.highest();
    MetadataRequest request = new MetadataRequest();
    boolean isNullForAll = ofAllTopics && version >= FIRST_WITH_NO_TOPIC_AS_ALL;
    request.topics(isNullForAll ? null : new ArrayList<>(topics));
    if (version >= FIRST_WITH_AUTO_CREATION_FLAG) {
      request.allowAutoTopicCreation(false);
    }
    return request;
  }

  /** The one that answered last, then those the user named, then those the cluster named. */
  private synchronized List<HostPort> candidates() {
    List<HostPort> candidates = new ArrayList<>();
    candidates.add(current);
    candidates.addAll(bootstrap.servers());
    candidates.addAll(addresses.values());
    return candidates.stream().distinct().toList();
  }

  private synchronized void remember(HostPort server, MetadataResponse response) {
    current = server;
    for (MetadataResponse.MetadataResponseBroker broker : response.brokers()) {
      addresses.put(broker.nodeId(), new HostPort(broker.host(), broker.port()));
    }
  }

  private synchronized Broker connection(HostPort address) {
    return Objects.requireNonNull(connections.computeIfAbsent(address, this::open));
  }

  private Broker open(HostPort address) {
    Duration connect = timeout().compareTo(LONGEST_CONNECT) < 0 ? timeout() : LONGEST_CONNECT;
    return Ottla.broker(
        address.host(),
        address.port(),
        options -> options.clientId("ottla-cli").connectTimeout(connect).requestTimeout(timeout()));
  }

  private CommandFailedException unknownTopic(String topic) throws InterruptedException {
    List<String> known =
        metadataOfAllTopics().topics().stream()
            .map(MetadataResponse.MetadataResponseTopic::name)
            .filter(Objects::nonNull)
            .toList();
    return new CommandFailedException(
        ExitCode.REFUSED,
        "there is no topic '" + topic + "' on " + current() + Nearest.suggestion(topic, known));
  }
}
