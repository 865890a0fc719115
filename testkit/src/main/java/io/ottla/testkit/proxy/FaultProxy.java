package io.ottla.testkit.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP proxy on a port of its own, between clients and one server, that stages what networks do.
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.to("localhost", 9092)) {
 *   start(clientOf("localhost:" + proxy.port()));
 *   proxy.awaitConnections(1, Duration.ofSeconds(10));
 *   proxy.delay(Direction.TO_CLIENT, Duration.ofMillis(200));
 *   proxy.afterBytes(Direction.TO_CLIENT, 17, ProxiedConnection::reset);
 *   proxy.refuse();
 *   proxy.heal();
 * }
 * }</pre>
 *
 * <p>A Kafka client connects to the addresses that brokers advertise: let them advertise the proxy
 * ({@link FaultProxies} does), else the client leaves the proxy after its first question.
 *
 * <p>Owns: one listening port, the sockets of its connections, and one thread, which it shares with
 * the other proxies of {@link FaultProxies}. None of them is left after {@link #close}. If the
 * server cannot be connected to, the client's connection is accepted and reset.
 *
 * <p>Always: what a receiver does not take stays with the sender, but for the buffers between
 * ({@link ProxyOptions#bufferBytes}); without faults the bytes are those that were sent. Thread:
 * any.
 */
public final class FaultProxy extends Faults implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FaultProxy.class);
  private static final int MAX_SOCKET_BUFFER_BYTES = 256 << 10;

  private final ProxyLoop loop;
  private final boolean ownsLoop;
  private final ProxyOptions options;
  private final Door door;

  /** The loop's. */
  private final Map<Long, Link> links = new LinkedHashMap<>();

  private final Fuses fuses = new Fuses();
  private final List<Tripwire> tripwires = new ArrayList<>();
  private final List<ScriptRun> runs = new ArrayList<>();
  private final FlowCount toBroker = new FlowCount(null);
  private final FlowCount toClient = new FlowCount(null);
  private InetSocketAddress target;
  private Shape shapeToBroker = Shape.STRAIGHT;
  private Shape shapeToClient = Shape.STRAIGHT;
  private long accepted;
  private boolean closed;

  private FaultProxy(
      InetSocketAddress target, ProxyOptions options, ProxyLoop loop, boolean ownsLoop) {
    this.target = target;
    this.options = options;
    this.loop = loop;
    this.ownsLoop = ownsLoop;
    this.door = loop.supply(this::newDoor);
  }

  /**
   * Starts a proxy on a free port of 127.0.0.1.
   *
   * @param host the server's; looked up now
   * @param port the server's; it need not listen yet
   * @return a proxy without faults
   * @throws IllegalArgumentException if the host is not known
   */
  public static FaultProxy to(String host, int port) {
    return to(host, port, ProxyOptions.defaults());
  }

  /**
   * Starts a proxy.
   *
   * @param host the server's; looked up now
   * @param port the server's; it need not listen yet
   * @param options clock, port and buffers
   * @return a proxy without faults
   * @throws IllegalArgumentException if the host is not known
   * @throws UncheckedIOException if the port is in use
   */
  public static FaultProxy to(String host, int port, ProxyOptions options) {
    InetSocketAddress target = resolve(host, port);
    ProxyLoop loop = ProxyLoop.start(options.clock());
    try {
      return new FaultProxy(target, options, loop, true);
    } catch (RuntimeException e) {
      loop.close(() -> {});
      throw e;
    }
  }

  /** A proxy that lives on the loop of others. */
  static FaultProxy on(ProxyLoop loop, String host, int port, ProxyOptions options) {
    return new FaultProxy(resolve(host, port), options, loop, false);
  }

  private static InetSocketAddress resolve(String host, int port) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("to(\"" + host + "\", ..): there is no such host");
    }
    return address;
  }

  private Door newDoor() {
    try {
      return new Door(loop, options.port(), socketBufferBytes(), this::onAccepted);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "a proxy cannot listen on port " + options.port() + " of 127.0.0.1", e);
    }
  }

  /** The port on 127.0.0.1 that clients connect to. */
  public int port() {
    return door.port();
  }

  /**
   * The address that clients connect to, as brokers should advertise it: localhost and the port.
   */
  public InetSocketAddress address() {
    return InetSocketAddress.createUnresolved("localhost", port());
  }

  /**
   * Connects clients that come from now on to another server.
   *
   * @param host the server's; looked up now
   * @param port the server's
   */
  public void retarget(String host, int port) {
    InetSocketAddress next = resolve(host, port);
    loop.call(() -> target = next);
  }

  /**
   * Refuses new connections, as a host does on which nothing listens. Open ones go on. Ends with
   * {@link #accept} or {@link #heal}.
   */
  public void refuse() {
    loop.call(
        () -> {
          requireOpen();
          turn(Door::refuse);
        });
  }

  /** Accepts new connections again. */
  public void accept() {
    loop.call(
        () -> {
          requireOpen();
          turn(Door::open);
        });
  }

  /**
   * Plays a script from its beginning. Several may play at the same time.
   *
   * @param script what to do when
   * @return how far it is
   */
  public ScriptRun play(FaultScript script) {
    ScriptRun run = new ScriptRun(this, loop, script);
    loop.call(
        () -> {
          requireOpen();
          runs.add(run);
          run.begin();
        });
    return run;
  }

  /** The connections that are not closed, in the order in which they came. */
  public List<ProxiedConnection> connections() {
    return loop.ask(() -> links.values().stream().map(Link::face).toList());
  }

  /** What the proxy has done so far. After {@link #close}: in all. */
  public ProxyCounters counters() {
    return loop.ask(
        () -> new ProxyCounters(accepted, links.size(), toBroker.snapshot(), toClient.snapshot()));
  }

  /**
   * Waits until so many connections are open, or more, counting those to whose other side the
   * broker has been connected.
   *
   * @param count how many
   * @param timeout how long to wait at most
   * @return those that are open, in the order in which they came
   * @throws AssertionError if there were fewer until then; it says what there was
   * @throws InterruptedException if this thread was interrupted
   */
  public List<ProxiedConnection> awaitConnections(int count, Duration timeout)
      throws InterruptedException {
    List<ProxiedConnection> open = new ArrayList<>();
    await(
        "at least " + count + " open connections",
        () -> {
          open.clear();
          links.values().stream().filter(Link::isOpen).map(Link::face).forEach(open::add);
          return open.size() >= count;
        },
        timeout);
    return List.copyOf(open);
  }

  /**
   * Waits until the counters are as wanted: {@code proxy.await(is -> is.toBroker().received() ==
   * 17, timeout)}.
   *
   * @param wanted is asked on the proxy's thread whenever something may have changed
   * @param timeout how long to wait at most
   * @return the counters that were as wanted
   * @throws AssertionError if they were not until then; it says how they were
   * @throws InterruptedException if this thread was interrupted
   */
  public ProxyCounters await(Predicate<? super ProxyCounters> wanted, Duration timeout)
      throws InterruptedException {
    ProxyCounters[] found = new ProxyCounters[1];
    await(
        "other counters",
        () -> {
          found[0] = counters();
          return wanted.test(found[0]);
        },
        timeout);
    return found[0];
  }

  private void await(String what, BooleanSupplier condition, Duration timeout)
      throws InterruptedException {
    if (!loop.await(condition, timeout)) {
      throw new AssertionError(
          "%s: waited %s for %s, but there are %s with %s"
              .formatted(this, timeout, what, counters(), connections()));
    }
  }

  /** Closes all connections and the port; of a proxy of its own, the thread ends too. */
  @Override
  public void close() {
    if (ownsLoop) {
      loop.close(this::end);
    } else {
      loop.callUnlessEnded(this::end);
    }
  }

  /** Closes all connections and the port. Thread: the loop. */
  void end() {
    if (closed) {
      return;
    }
    closed = true;
    turn(Door::close);
    List.copyOf(links.values()).forEach(link -> link.endNow(ConnectionEnd.PROXY_CLOSED));
    List.copyOf(runs).forEach(ScriptRun::onProxyClosed);
    fuses.clear();
  }

  void onEnded(ScriptRun run) {
    runs.remove(run);
  }

  /** Its port and the server's. */
  @Override
  public String toString() {
    return "proxy " + port() + " -> " + loop.ask(() -> target);
  }

  @Override
  ProxyLoop loop() {
    return loop;
  }

  @Override
  void eachLink(Consumer<Link> action) {
    List.copyOf(links.values()).forEach(action);
  }

  @Override
  void reshape(Direction direction, UnaryOperator<Shape> change) {
    if (direction.covers(Direction.TO_BROKER)) {
      shapeToBroker = change.apply(shapeToBroker);
    }
    if (direction.covers(Direction.TO_CLIENT)) {
      shapeToClient = change.apply(shapeToClient);
    }
    eachLink(link -> link.reshape(direction, change));
  }

  @Override
  void arm(Tripwire tripwire) {
    tripwires.add(tripwire);
    eachLink(link -> link.arm(tripwire));
  }

  @Override
  void mend() {
    if (closed) {
      return; // one of several, which another test closed
    }
    shapeToBroker = Shape.STRAIGHT;
    shapeToClient = Shape.STRAIGHT;
    tripwires.clear();
    eachLink(Link::mend);
    turn(Door::open);
  }

  boolean isOpen() {
    return !closed;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the proxy is closed");
    }
  }

  /** What {@link Door} does. */
  private interface DoorAction {
    void on(Door door) throws IOException;
  }

  private void turn(DoorAction action) {
    try {
      action.on(door);
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port() + " of 127.0.0.1", e);
    }
  }

  private void onAccepted(SocketChannel channel) {
    accepted++;
    try {
      Link link = new Link(this, loop, accepted, channel);
      links.put(accepted, link);
      List.copyOf(tripwires).forEach(link::arm);
      link.begin(target, socketBufferBytes());
    } catch (IOException e) {
      LOG.debug("connection {} was gone before it began", accepted, e);
      close(channel);
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("a fault proxy's socket did not close", e);
    }
  }

  void onClosed(Link link) {
    links.remove(link.number());
  }

  void onPassed(Direction direction, int bytes) {
    fuses.onPassed(direction, bytes);
  }

  long fuseLeft(Direction direction) {
    return fuses.left(direction);
  }

  /** Runs something after so many bytes of all connections; returns how to take it back. */
  Runnable light(Direction direction, long bytes, Runnable action) {
    return fuses.light(direction, bytes, action);
  }

  Pipe newPipe(Link link, Direction direction) {
    boolean out = direction == Direction.TO_BROKER;
    return new Pipe(
        link,
        direction,
        loop,
        options.bufferBytes(),
        new FlowCount(out ? toBroker : toClient),
        out ? shapeToBroker : shapeToClient);
  }

  /** A channel to the server, with buffers that do not hide much. */
  static SocketChannel newChannel(int socketBufferBytes) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, socketBufferBytes);
    channel.setOption(StandardSocketOptions.SO_SNDBUF, socketBufferBytes);
    return channel;
  }

  private int socketBufferBytes() {
    return Math.min(options.bufferBytes(), MAX_SOCKET_BUFFER_BYTES);
  }
}
