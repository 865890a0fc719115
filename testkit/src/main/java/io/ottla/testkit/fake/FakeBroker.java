package io.ottla.testkit.fake;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.testkit.internal.broker.BrokerNode;
import io.ottla.testkit.internal.broker.BrokerState;
import io.ottla.testkit.internal.broker.Cluster;
import io.ottla.testkit.internal.loop.Loop;
import io.ottla.testkit.internal.version.VersionRange;
import io.ottla.testkit.internal.wire.Connection;
import io.ottla.testkit.internal.wire.RequestExchange;
import io.ottla.testkit.internal.wire.TlsServer;
import io.ottla.testkit.tls.TestCertificate;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** One broker of a {@link FakeCluster}, to look at and to trouble. Thread-safe. */
public final class FakeBroker {
  private final Cluster cluster;
  private final BrokerNode node;
  private final Interceptions interceptions;
  private final Loop loop;

  FakeBroker(Cluster cluster, BrokerNode node, Interceptions interceptions) {
    this.cluster = cluster;
    this.node = node;
    this.interceptions = interceptions;
    this.loop = cluster.loop();
  }

  /**
   * Its id.
   *
   * @return 1 for the first broker of a cluster
   */
  public int id() {
    return node.id();
  }

  /**
   * Its port on 127.0.0.1, which it keeps when it is stopped and started.
   *
   * @return the port
   */
  public int port() {
    return node.port();
  }

  /**
   * Whether it serves.
   *
   * @return false while it is stopped, and after it was removed
   */
  public boolean isRunning() {
    return loop.call(() -> node.state() == BrokerState.RUNNING);
  }

  /**
   * Stages faults at requests that come to it.
   *
   * @param api which requests
   * @return where to stage them
   */
  public FaultPoint on(ApiKey api) {
    return interceptions.point(api).broker(id());
  }

  /**
   * Stages faults at all requests that come to it.
   *
   * @return where to stage them
   */
  public FaultPoint onAny() {
    return interceptions.point(null).broker(id());
  }

  /**
   * Stops it in order: its connections close, its port refuses, what it leads goes to other brokers
   * that are in sync, or has no leader if there are none.
   */
  public void stop() {
    loop.run(() -> cluster.stop(node, true));
  }

  /**
   * Stops it as {@code kill -9} does. Where no other replica takes over, it differs from {@link
   * #stop} in what is known afterwards: records that were deleted within the last minute are back.
   */
  public void kill() {
    loop.run(() -> cluster.stop(node, false));
  }

  /** Starts it again, on its port, with its data. */
  public void start() {
    loop.run(() -> cluster.restart(node));
  }

  /** {@link #stop()}, then {@link #start()}. */
  public void restart() {
    loop.run(
        () -> {
          cluster.stop(node, true);
          cluster.restart(node);
        });
  }

  /** Takes it out of the cluster for ever; its replicas are gone, and so is its port. */
  public void remove() {
    loop.run(() -> cluster.remove(node));
  }

  /** Closes all its connections, as a broker does with idle ones; new ones are welcome. */
  public void closeConnections() {
    loop.run(() -> node.closeConnections(false));
  }

  /** Resets all its connections; new ones are welcome. */
  public void resetConnections() {
    loop.run(() -> node.closeConnections(true));
  }

  /**
   * How many connections are open.
   *
   * @return as far as the broker knows
   */
  public int connections() {
    return loop.call(() -> node.connections().size());
  }

  /**
   * How many requests wait behind others: a connection serves one after another, so while one is
   * held those that a client has sent behind it are counted here, and are not yet in the record of
   * requests.
   *
   * @return over all its connections
   */
  public int waitingRequests() {
    return loop.call(() -> node.connections().stream().mapToInt(Connection::waitingRequests).sum());
  }

  /** Refuses new connections, though it belongs to the cluster and leads; open ones stay. */
  public void refuseConnections() {
    loop.run(() -> node.refuseConnections(true));
  }

  /** Accepts connections again. */
  public void acceptConnections() {
    loop.run(() -> node.refuseConnections(false));
  }

  /**
   * Tells clients another address than its own, for example that of a proxy, or one where nobody
   * is.
   *
   * @param host as metadata will tell it
   * @param port as metadata will tell it
   */
  public void advertise(String host, int port) {
    loop.run(() -> node.advertise(host, port));
  }

  /**
   * Shows another certificate to clients that connect from now on.
   *
   * @param certificate its own
   * @throws IllegalStateException if it does not speak TLS
   */
  public void certificate(TestCertificate certificate) {
    loop.run(
        () -> {
          TlsServer tls = node.tls();
          if (tls == null) {
            throw new IllegalStateException(this + " does not speak TLS; build it with tls(..)");
          }
          tls.settings(tls.settings().showing(certificate.chain(), certificate.privateKey()));
        });
  }

  /**
   * Throttles the clients of an API: answers say for how long, and for that long the connection
   * takes no more requests (KIP-219).
   *
   * @param api which
   * @param time by the cluster's clock; zero ends it
   */
  public void throttle(ApiKey api, Duration time) {
    loop.run(() -> node.throttle().set(api, Math.toIntExact(time.toMillis())));
  }

  /**
   * Makes it look like a broker of a release of Kafka, for connections to come: during an upgrade
   * brokers differ.
   *
   * @param like which
   */
  public void release(KafkaRelease like) {
    loop.run(() -> node.versions().release(like.versions()));
  }

  /**
   * Offers just these versions of an API, whatever its release offers.
   *
   * @param api which
   * @param lowest the lowest version
   * @param highest the highest version
   */
  public void offer(ApiKey api, int lowest, int highest) {
    VersionRange range = new VersionRange((short) lowest, (short) highest);
    loop.run(() -> node.versions().pin(api, range));
  }

  /**
   * Offers an API no more.
   *
   * @param api which
   */
  public void withdraw(ApiKey api) {
    loop.run(() -> node.versions().hide(api));
  }

  /**
   * Sends a reply that nobody asked for, to all clients with this id.
   *
   * @param clientId the clients
   * @param correlationId the number that it carries
   * @param reply what it says
   * @param version the version in which it is written
   * @return how many connections it was sent over
   */
  public int sendUnasked(String clientId, int correlationId, ResponseMessage reply, int version) {
    List<ByteBuffer> frame = RequestExchange.frame(correlationId, reply, version);
    ByteBuffer whole = ByteBuffer.allocate(frame.stream().mapToInt(ByteBuffer::remaining).sum());
    frame.forEach(whole::put);
    return sendUnasked(clientId, whole.flip());
  }

  /**
   * Sends bytes that nobody asked for, to all clients with this id.
   *
   * @param clientId the clients
   * @param bytes any, also half a frame; copied
   * @return how many connections they were sent over
   */
  public int sendUnasked(String clientId, byte[] bytes) {
    return sendUnasked(clientId, ByteBuffer.wrap(bytes.clone()));
  }

  private int sendUnasked(String clientId, ByteBuffer bytes) {
    return loop.call(
        () -> {
          List<Connection> found =
              node.connections().stream()
                  .filter(connection -> connection.clientId().equals(clientId))
                  .toList();
          found.forEach(connection -> connection.sendUnasked(bytes.duplicate()));
          return found.size();
        });
  }

  @Override
  public String toString() {
    return node + " on port " + port();
  }
}
