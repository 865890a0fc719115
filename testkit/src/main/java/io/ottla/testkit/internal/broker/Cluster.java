package io.ottla.testkit.internal.broker;

import io.ottla.protocol.message.ApiKey;
import io.ottla.testkit.internal.broker.ClusterSettings.NewBroker;
import io.ottla.testkit.internal.fetch.FetchHandler;
import io.ottla.testkit.internal.fetch.FetchSettings;
import io.ottla.testkit.internal.group.Coordinators.KeyType;
import io.ottla.testkit.internal.group.GroupCoordinator;
import io.ottla.testkit.internal.log.PartitionLog;
import io.ottla.testkit.internal.loop.Loop;
import io.ottla.testkit.internal.sasl.SaslGate;
import io.ottla.testkit.internal.topic.BrokerDirectory;
import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.internal.topic.Topic;
import io.ottla.testkit.internal.topic.TopicListener;
import io.ottla.testkit.internal.topic.Topics;
import io.ottla.testkit.internal.wire.Listener;
import io.ottla.testkit.internal.wire.TlsServer;
import io.ottla.testkit.internal.wire.TlsSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A whole cluster in this process: its brokers, and all that they know together.
 *
 * <p>Owns: the loop, the brokers with their ports, topics, groups. Thread: {@link #start} and
 * {@link #close} from any, all else on the loop. Always: only a broker that runs leads.
 */
public final class Cluster implements BrokerDirectory, AutoCloseable {
  private final ClusterSettings settings;
  private final Loop loop;
  private final Refusals refusals = new Refusals();
  private final Topics topics;
  private final CoordinatorMap coordinators;
  private final GroupCoordinator groups;
  private final FetchHandler fetch;
  private final SaslGate gate;
  private final HandlerTable handlers;
  private final Elections elections;
  private final SortedMap<Integer, BrokerNode> brokers = new TreeMap<>();
  private long lastConnection;
  private int controllerId;

  private Cluster(ClusterSettings settings) {
    this.settings = settings;
    loop =
        Loop.start(
            "fake-cluster",
            settings.clock(),
            defect -> refusals.addDefect("a fake cluster failed", defect));
    ServerConfig config = settings.config();
    topics = new Topics(topic -> new PartitionLog(loop, new ConfiguredLog(topic, config)));
    coordinators = new CoordinatorMap(() -> List.copyOf(brokers.values()), this::isAlive);
    groups =
        new GroupCoordinator(loop, config.groupSettings(), coordinators, new KnownTopics(topics));
    elections = new Elections(topics, this);
    FetchSettings fetching =
        new ConfiguredFetch(config, settings.release(), this::fetchThrottleMillis);
    fetch = new FetchHandler(topics, this, loop, fetching, new Random());
    gate = new SaslGate(settings.security().sasl(), loop);
    handlers = Handlers.of(this, config);
  }

  /** Starts a cluster. When it returns, all brokers accept connections. */
  public static Cluster start(ClusterSettings settings) {
    Cluster cluster = new Cluster(settings);
    try {
      cluster.loop.run(
          () -> {
            settings.brokers().forEach(cluster::addBroker);
            cluster.listenToTopics();
            cluster.expireProducersNowAndThen();
            cluster.groups.startExpiry();
          });
      return cluster;
    } catch (RuntimeException | Error failed) {
      cluster.close();
      throw failed;
    }
  }

  /** The thread that owns all. From any thread. */
  public Loop loop() {
    return loop;
  }

  /** The topics. */
  public Topics topics() {
    return topics;
  }

  /** The groups. */
  public GroupCoordinator groups() {
    return groups;
  }

  /** Who coordinates what. */
  public CoordinatorMap coordinators() {
    return coordinators;
  }

  /** Who lets clients in. */
  SaslGate gate() {
    return gate;
  }

  /** Who serves readers. */
  FetchHandler fetch() {
    return fetch;
  }

  private int fetchThrottleMillis(int brokerId) {
    BrokerNode broker = brokers.get(brokerId);
    return broker == null ? 0 : broker.throttle().millis(ApiKey.FETCH);
  }

  /** What it could not do. */
  public Refusals refusals() {
    return refusals;
  }

  /** Whether metadata tells no topic's id. */
  boolean hidesTopicIds() {
    return settings.hidesTopicIds();
  }

  /** What is configured for all brokers. */
  public ServerConfig config() {
    return settings.config();
  }

  /** All brokers, by id, running or not. */
  public List<BrokerNode> brokers() {
    return List.copyOf(brokers.values());
  }

  /** A broker, running or not, or null. */
  public @Nullable BrokerNode broker(int id) {
    return brokers.get(id);
  }

  /** Adds a broker, which leads nothing yet. */
  public BrokerNode addBroker(NewBroker wanted) {
    if (brokers.containsKey(wanted.id())) {
      throw new IllegalArgumentException("there is a broker " + wanted.id() + " already");
    }
    ServedVersions versions = new ServedVersions(settings.release(), handlers.apis());
    Throttle throttle = new Throttle(loop);
    Admittance admittance = new Admittance(gate, settings.security().errors());
    Dispatcher dispatcher =
        new Dispatcher(
            wanted.id(),
            versions,
            throttle,
            handlers,
            settings.interceptor(),
            admittance,
            refusals);
    TlsServer tls = newTlsServer(wanted.id());
    Listener listener = new Listener(loop, wanted.port(), () -> ++lastConnection, tls, dispatcher);
    BrokerNode broker =
        new BrokerNode(wanted.id(), wanted.rack(), listener, versions, throttle, tls);
    brokers.put(broker.id(), broker);
    if (brokers.size() == 1) {
      controllerId = broker.id();
    }
    return broker;
  }

  private @Nullable TlsServer newTlsServer(int brokerId) {
    TlsSettings tls = settings.security().tls();
    return tls == null
        ? null
        : new TlsServer(
            tls, handshake -> settings.security().onHandshake().ended(brokerId, handshake));
  }

  /**
   * Stops a broker: what it leads goes to others that are in sync, if there are any.
   *
   * @param isClean whether it had time to write down what it knows
   */
  public void stop(BrokerNode broker, boolean isClean) {
    changeBrokers(
        () -> {
          broker.moveTo(BrokerState.STOPPED);
          fetch.forgetSessions(broker.id());
          elections.onStopped(broker.id(), isClean);
          if (controllerId == broker.id() && !alive().isEmpty()) {
            controllerId = alive().get(0).id();
          }
        });
  }

  /** Starts a broker that was stopped, on its port, with its data. */
  public void restart(BrokerNode broker) {
    changeBrokers(
        () -> {
          broker.moveTo(BrokerState.RUNNING);
          elections.onStarted(broker.id());
          if (!isAlive(controllerId)) {
            controllerId = broker.id();
          }
        });
  }

  /** Takes a broker out of the cluster for ever; its replicas are gone. */
  public void remove(BrokerNode broker) {
    if (broker.state() == BrokerState.RUNNING) {
      stop(broker, true);
    }
    changeBrokers(
        () -> {
          brokers.remove(broker.id());
          broker.moveTo(BrokerState.REMOVED);
          elections.onRemoved(broker.id());
        });
  }

  /** Moves what a key names to another coordinator. */
  public void moveCoordinator(KeyType type, String key, int brokerId) {
    if (!brokers.containsKey(brokerId)) {
      throw new IllegalArgumentException("there is no broker " + brokerId);
    }
    changeBrokers(() -> coordinators.move(type, key, brokerId));
  }

  /** Names another broker as the controller. */
  public void moveController(int brokerId) {
    if (!isAlive(brokerId)) {
      throw new IllegalArgumentException("broker " + brokerId + " does not run");
    }
    controllerId = brokerId;
  }

  @Override
  public @Nullable BrokerAddress find(int brokerId) {
    BrokerNode broker = brokers.get(brokerId);
    return broker == null || broker.state() != BrokerState.RUNNING ? null : broker.address();
  }

  @Override
  public List<BrokerAddress> alive() {
    return brokers.values().stream()
        .filter(broker -> broker.state() == BrokerState.RUNNING)
        .map(BrokerNode::address)
        .toList();
  }

  @Override
  public List<Integer> registered() {
    return List.copyOf(brokers.keySet());
  }

  @Override
  public int controllerId() {
    return controllerId;
  }

  @Override
  public String clusterId() {
    return settings.clusterId();
  }

  /** Ends all: connections, ports, the thread. From any thread but the loop. */
  @Override
  public void close() {
    if (loop.isRunning()) {
      loop.run(() -> brokers.values().forEach(BrokerNode::close));
    }
    loop.close();
  }

  /** Who waits at a coordinator that is another one after the change is told so. */
  private void changeBrokers(Runnable change) {
    List<String> ids = new ArrayList<>();
    List<@Nullable BrokerNode> before = new ArrayList<>();
    groups
        .groups()
        .all()
        .forEach(
            group -> {
              ids.add(group.id());
              before.add(coordinators.coordinator(KeyType.GROUP, group.id()));
            });
    change.run();
    for (int i = 0; i < ids.size(); i++) {
      if (coordinators.coordinator(KeyType.GROUP, ids.get(i)) != before.get(i)) {
        groups.moved(ids.get(i));
      }
    }
  }

  private void listenToTopics() {
    topics.listen(
        new TopicListener() {
          @Override
          public void onDeleted(Topic topic) {
            groups.onTopicDeleted(topic.name());
          }
        });
  }

  private void expireProducersNowAndThen() {
    loop.schedule(
        settings.config().number("producer.id.expiration.check.interval.ms"),
        () -> {
          expireProducers();
          expireProducersNowAndThen();
        });
  }

  /** Has all partitions forget producers whose time has come. */
  public void expireProducers() {
    for (Topic topic : topics.all()) {
      for (Partition partition : topic.partitions()) {
        partition.log().expireProducers();
      }
    }
  }
}
