package io.ottla.testkit.proxy;

import io.ottla.testkit.AdvertisedAddress;
import io.ottla.testkit.KafkaServer;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A {@link FaultProxy} before each broker of a cluster, on one thread, so that clients reach all
 * brokers through proxies and only through them.
 *
 * <pre>{@code
 * try (FaultProxies proxies = FaultProxies.create();
 *     KafkaServer kafka = KafkaServer.builder().nodes(3).advertised(proxies).start()) {
 *   start(clientOf(kafka.bootstrapServers()));
 *   proxies.node(2).blackHole(Direction.BOTH);
 *   proxies.heal();
 * }
 * }</pre>
 *
 * <p>A fault staged here meets the connections of all proxies that have been started, in one
 * moment. Brokers among themselves do not go through proxies. Thread: any.
 */
public final class FaultProxies extends Faults implements AdvertisedAddress, AutoCloseable {
  private record Key(int nodeId, String listener) {}

  private final ProxyOptions options;
  private final ProxyLoop loop;

  /** The loop's. */
  private final Map<Key, FaultProxy> proxies = new LinkedHashMap<>();

  private FaultProxies(ProxyOptions options) {
    this.options = options.port(0);
    this.loop = ProxyLoop.start(options.clock());
  }

  /** No proxies yet; each gets a port when its broker is known. */
  public static FaultProxies create() {
    return create(ProxyOptions.defaults());
  }

  /**
   * No proxies yet; each gets a port when its broker is known.
   *
   * @param options clock and buffers; the port is not used
   */
  public static FaultProxies create(ProxyOptions options) {
    return new FaultProxies(options);
  }

  /** Starts the proxy before a listener of a node, or leads it to the listener's new port. */
  @Override
  public InetSocketAddress of(int nodeId, String listener, int port) {
    return start(nodeId, listener, "127.0.0.1", port).address();
  }

  /**
   * Starts a proxy before a server that is not a {@link KafkaServer}, or leads the one that has
   * this id to another server.
   *
   * @param nodeId any number, for {@link #node(int)}
   * @param host the server's
   * @param port the server's
   * @return the proxy
   */
  public FaultProxy start(int nodeId, String host, int port) {
    return start(nodeId, KafkaServer.PLAINTEXT, host, port);
  }

  private FaultProxy start(int nodeId, String listener, String host, int port) {
    return loop.supply(
        () -> {
          Key key = new Key(nodeId, listener);
          FaultProxy proxy = proxies.get(key);
          if (proxy == null) {
            proxy = FaultProxy.on(loop, host, port, options);
            proxies.put(key, proxy);
          } else {
            proxy.retarget(host, port);
          }
          return proxy;
        });
  }

  /**
   * The proxy before the listener {@link KafkaServer#PLAINTEXT} of a node.
   *
   * @param nodeId 1 for the first node of a {@link KafkaServer}
   * @throws IllegalArgumentException if there is none
   */
  public FaultProxy node(int nodeId) {
    return node(nodeId, KafkaServer.PLAINTEXT);
  }

  /**
   * The proxy before a listener of a node.
   *
   * @param nodeId 1 for the first node of a {@link KafkaServer}
   * @param listener its name
   * @throws IllegalArgumentException if there is none
   */
  public FaultProxy node(int nodeId, String listener) {
    @Nullable FaultProxy proxy = loop.ask(() -> proxies.get(new Key(nodeId, listener)));
    if (proxy == null) {
      throw new IllegalArgumentException(
          "no proxy before node "
              + nodeId
              + ", listener "
              + listener
              + "; there are "
              + loop.ask(() -> List.copyOf(proxies.keySet())));
    }
    return proxy;
  }

  /** All proxies, in the order in which they were started. */
  public List<FaultProxy> all() {
    return loop.ask(() -> List.copyOf(proxies.values()));
  }

  /** All connections that are not closed, by proxy. */
  public List<ProxiedConnection> connections() {
    return loop.ask(
        () -> {
          List<ProxiedConnection> open = new ArrayList<>();
          proxies.values().forEach(proxy -> open.addAll(proxy.connections()));
          return List.copyOf(open);
        });
  }

  /** Refuses new connections to all. Ends with {@link #accept} or {@link #heal}. */
  public void refuse() {
    loop.call(() -> eachOpen(FaultProxy::refuse));
  }

  /** Accepts new connections to all again. */
  public void accept() {
    loop.call(() -> eachOpen(FaultProxy::accept));
  }

  /** Closes all proxies, and ends their thread. */
  @Override
  public void close() {
    loop.close(() -> proxies.values().forEach(FaultProxy::end));
  }

  private void eachOpen(Consumer<FaultProxy> action) {
    proxies.values().stream().filter(FaultProxy::isOpen).forEach(action);
  }

  @Override
  ProxyLoop loop() {
    return loop;
  }

  @Override
  void eachLink(Consumer<Link> action) {
    proxies.values().forEach(proxy -> proxy.eachLink(action));
  }

  @Override
  void reshape(Direction direction, UnaryOperator<Shape> change) {
    proxies.values().forEach(proxy -> proxy.reshape(direction, change));
  }

  @Override
  void arm(Tripwire tripwire) {
    proxies.values().forEach(proxy -> proxy.arm(tripwire));
  }

  @Override
  void mend() {
    proxies.values().forEach(FaultProxy::mend);
  }
}
