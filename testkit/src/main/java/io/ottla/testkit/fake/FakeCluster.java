package io.ottla.testkit.fake;

import io.ottla.protocol.message.ApiKey;
import io.ottla.testkit.internal.broker.BrokerNode;
import io.ottla.testkit.internal.broker.Cluster;
import io.ottla.testkit.internal.broker.ClusterSettings;
import io.ottla.testkit.internal.broker.ClusterSettings.NewBroker;
import io.ottla.testkit.internal.group.Group;
import io.ottla.testkit.internal.loop.ManualTime;
import io.ottla.testkit.internal.sasl.Users;
import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.tls.TestCertificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka cluster for tests, in this process: brokers on real sockets that serve as Kafka 4.3 does,
 * ready in milliseconds, and every fault of theirs at hand.
 *
 * <pre>{@code
 * try (FakeCluster cluster = FakeCluster.builder().brokers(3).topic("orders", 4).start()) {
 *   cluster.on(ApiKey.PRODUCE).broker(2).once(Fault.halfReply(17));
 *   run(cluster.bootstrapServers());
 *   assertThat(cluster.records("orders")).hasSize(100);
 * }
 * }</pre>
 *
 * <p>Any client can talk to it. Records lie in memory and are gone at the end. What it cannot do it
 * refuses loudly: the connection closes, a WARN is logged, and {@link #refusals} tells; a test
 * should check that there are none. It does no transactions of its own, no share groups, no
 * Kerberos, no quotas, no retention and no compaction.
 *
 * <p>Owns: one thread, the brokers' ports; all are gone after {@link #close}. Thread-safe; controls
 * take effect between two requests, and have taken effect when they return.
 */
public final class FakeCluster extends TopicControls implements AutoCloseable {
  private final Cluster cluster;
  private final Interceptions interceptions;
  private final Awaiting awaiting;
  private final RequestLog requests;
  private final FakeUsers users;
  private final Handshakes handshakes;
  private final @Nullable ManualClock clock;

  private FakeCluster(
      Cluster cluster,
      Interceptions interceptions,
      FakeUsers users,
      Handshakes handshakes,
      @Nullable ManualClock clock) {
    super(cluster);
    this.users = users;
    this.handshakes = handshakes;
    this.cluster = cluster;
    this.interceptions = interceptions;
    this.clock = clock;
    awaiting = new Awaiting(cluster.loop());
    requests = new RequestLog(cluster.loop(), awaiting);
    interceptions.startOn(cluster.loop(), awaiting, requests);
    handshakes.startOn(awaiting);
  }

  /**
   * A builder of a cluster with one broker and no topics.
   *
   * @return a new builder
   */
  public static FakeClusterBuilder builder() {
    return new FakeClusterBuilder();
  }

  /**
   * Starts a cluster with one broker and no topics.
   *
   * @return a cluster that accepts connections
   */
  public static FakeCluster start() {
    return builder().start();
  }

  static FakeCluster start(
      ClusterSettings settings, Interceptions interceptions, Users users, Handshakes handshakes) {
    Cluster cluster = Cluster.start(settings);
    ManualClock clock =
        settings.clock() instanceof ManualTime manual
            ? new ManualClock(cluster.loop(), manual)
            : null;
    return new FakeCluster(
        cluster, interceptions, new FakeUsers(cluster.loop(), users), handshakes, clock);
  }

  /**
   * The addresses of all brokers that were there when it was asked, running or not.
   *
   * @return for example {@code 127.0.0.1:12345,127.0.0.1:23456}
   */
  public String bootstrapServers() {
    return brokers().stream()
        .map(broker -> "127.0.0.1:" + broker.port())
        .collect(Collectors.joining(","));
  }

  /**
   * The cluster's id, as clients see it.
   *
   * @return as the builder was told
   */
  public String clusterId() {
    return cluster.clusterId();
  }

  // Brokers.

  /**
   * All brokers, running or not.
   *
   * @return by id
   */
  public List<FakeBroker> brokers() {
    return cluster.loop().call(() -> cluster.brokers().stream().map(this::face).toList());
  }

  /**
   * One broker.
   *
   * @param id its id; 1 for the first
   * @return to look at and to trouble
   * @throws IllegalArgumentException if there is none with this id
   */
  public FakeBroker broker(int id) {
    return cluster
        .loop()
        .call(
            () -> {
              BrokerNode found = cluster.broker(id);
              if (found == null) {
                throw new IllegalArgumentException(
                    "there is no broker %d; there are %s".formatted(id, cluster.brokers()));
              }
              return face(found);
            });
  }

  /**
   * Adds a broker, which leads nothing yet.
   *
   * @param id its id, which no other has
   * @return the broker, which accepts connections
   */
  public FakeBroker addBroker(int id) {
    return addBroker(id, 0);
  }

  /**
   * Adds a broker on a port, for example that of one that was removed.
   *
   * @param id its id, which no other has
   * @param port on 127.0.0.1; 0 takes a free one
   * @return the broker, which accepts connections
   */
  public FakeBroker addBroker(int id, int port) {
    return cluster.loop().call(() -> face(cluster.addBroker(new NewBroker(id, null, port))));
  }

  /**
   * The broker that metadata names as the controller. Any broker does a controller's work.
   *
   * @return its id
   */
  public int controller() {
    return cluster.loop().call(cluster::controllerId);
  }

  /**
   * Names another controller.
   *
   * @param brokerId one that runs
   */
  public void moveController(int brokerId) {
    cluster.loop().run(() -> cluster.moveController(brokerId));
  }

  // Partitions and their records.

  /**
   * One partition.
   *
   * @param topic its topic
   * @param partition its number
   * @return to look at, to fill and to trouble
   * @throws IllegalStateException if there is none such
   */
  public FakePartition partition(String topic, int partition) {
    cluster.loop().call(() -> named().partition(topic, partition));
    return new FakePartition(cluster.loop(), named(), topic, partition);
  }

  /**
   * All records of a topic.
   *
   * @param topic one that exists
   * @return partition after partition, each in order of offsets
   */
  public List<FakeRecord> records(String topic) {
    return cluster
        .loop()
        .call(
            () -> {
              List<FakeRecord> all = new ArrayList<>();
              for (Partition partition : named().topic(topic).partitions()) {
                all.addAll(partition(topic, partition.index()).records());
              }
              return all;
            });
  }

  // Groups.

  /**
   * A group of consumers, or what commits under its name.
   *
   * @param id the group's; it need not exist
   * @return to look at and to trouble
   */
  public FakeGroup group(String id) {
    return new FakeGroup(cluster, id);
  }

  /**
   * The ids of the groups that exist.
   *
   * @return in the order in which they were made
   */
  public List<String> groups() {
    return cluster
        .loop()
        .call(() -> cluster.groups().groups().all().stream().map(Group::id).toList());
  }

  // Security.

  /**
   * Who may come in with a password, if the cluster was built with users.
   *
   * @return to change
   */
  public FakeUsers users() {
    return users;
  }

  /**
   * Makes all brokers show another certificate to clients that connect from now on.
   *
   * @param certificate theirs
   * @throws IllegalStateException if they do not speak TLS
   */
  public void certificate(TestCertificate certificate) {
    cluster.loop().run(() -> brokers().forEach(broker -> broker.certificate(certificate)));
  }

  /**
   * The TLS handshakes that have ended, well or not.
   *
   * @return the latest thousand, oldest first
   */
  public List<SeenHandshake> handshakes() {
    return cluster.loop().call(handshakes::all);
  }

  // Faults, time and what was seen.

  /**
   * Stages faults at requests of an API, to any broker.
   *
   * @param api which requests
   * @return where to stage them
   */
  public FaultPoint on(ApiKey api) {
    return interceptions.point(api);
  }

  /**
   * Stages faults at all requests, to any broker.
   *
   * @return where to stage them
   */
  public FaultPoint onAny() {
    return interceptions.point(null);
  }

  /** Takes away all faults that are staged; requests that wait because of one go on waiting. */
  public void clearFaults() {
    cluster.loop().run(interceptions::clear);
  }

  /**
   * A record of every request that came.
   *
   * @return the same one each time
   */
  public RequestLog requests() {
    return requests;
  }

  /**
   * The clock of a cluster that was built with {@link FakeClusterBuilder#manualClock}.
   *
   * @return the clock
   * @throws IllegalStateException if its time passes by itself
   */
  public ManualClock clock() {
    if (clock == null) {
      throw new IllegalStateException(
          "this cluster's time passes by itself; build it with manualClock()");
    }
    return clock;
  }

  /**
   * Waits until something holds that a test can see in the cluster: looked at when a request came,
   * was applied or was answered.
   *
   * @param condition runs on the cluster's thread; may ask the cluster, and must not block
   * @param patience how long to wait, by the system's time
   * @throws AssertionError if it does not hold by then
   */
  public void await(BooleanSupplier condition, Duration patience) {
    awaiting.until(condition, patience, () -> "the condition does not hold");
  }

  /**
   * What was asked of it that it cannot do, and its own defects. A test that meets one has seen
   * nothing that it may believe.
   *
   * @return oldest first; empty if all is well
   */
  public List<String> refusals() {
    return cluster.loop().call(cluster.refusals()::all);
  }

  /** Forgets the refusals: the test expected them. */
  public void clearRefusals() {
    cluster.loop().run(cluster.refusals()::clear);
  }

  /** Ends it: connections, ports, the thread. Does nothing the second time. */
  @Override
  public void close() {
    cluster.close();
  }

  boolean isOpen() {
    return cluster.loop().isRunning();
  }

  private FakeBroker face(BrokerNode node) {
    return new FakeBroker(cluster, node, interceptions);
  }

  @Override
  public String toString() {
    return "fake cluster of " + bootstrapServers();
  }
}
