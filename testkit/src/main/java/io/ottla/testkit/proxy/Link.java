package io.ottla.testkit.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection through the proxy: two sockets and the two pipes between them.
 *
 * <p>Owns: both sides, both pipes, the fuses of this connection. Thread: the proxy's loop. Always:
 * no stream goes on behind bytes that were lost; a side that broke breaks the other, unless the
 * news of it falls into a black hole.
 */
final class Link {
  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  private final FaultProxy proxy;
  private final ProxyLoop loop;
  private final long number;
  private final Side client;
  private final InetSocketAddress clientAddress;
  private final Pipe toBroker;
  private final Pipe toClient;
  private final Fuses fuses = new Fuses();
  private final ProxiedConnection face;

  /** Null until the broker is being connected to; always behind a black hole. */
  private @Nullable Side broker;

  private ConnectionState state = ConnectionState.CONNECTING;
  private ConnectionEnd end = ConnectionEnd.NONE;

  /** Whether bytes, or news of an end, fell into a black hole. */
  private boolean hasLost;

  Link(FaultProxy proxy, ProxyLoop loop, long number, SocketChannel accepted) throws IOException {
    this.proxy = proxy;
    this.loop = loop;
    this.number = number;
    this.toBroker = proxy.newPipe(this, Direction.TO_BROKER);
    this.toClient = proxy.newPipe(this, Direction.TO_CLIENT);
    this.client = new Side(loop, accepted, this::onClientReady);
    this.clientAddress = client.remote();
    this.face = new ProxiedConnection(this, loop);
  }

  long number() {
    return number;
  }

  InetSocketAddress clientAddress() {
    return clientAddress;
  }

  ProxiedConnection face() {
    return face;
  }

  ConnectionState state() {
    return state;
  }

  ConnectionEnd end() {
    return end;
  }

  Flow flow(Direction direction) {
    return pipe(direction).flow().snapshot();
  }

  boolean isOpen() {
    return state == ConnectionState.OPEN;
  }

  private boolean isOver() {
    return state == ConnectionState.CLOSING || state == ConnectionState.CLOSED;
  }

  /** Connects to the broker, if the way there is not a black hole. */
  void begin(InetSocketAddress target, int socketBufferBytes) {
    if (isOver()) {
      return;
    }
    if (toBroker.shape().isBlackHole()) {
      settle();
      return;
    }
    try {
      SocketChannel channel = FaultProxy.newChannel(socketBufferBytes);
      Side side = new Side(loop, channel, this::onBrokerReady);
      broker = side;
      if (channel.connect(target)) {
        onConnected(side);
      }
    } catch (IOException e) {
      onUnreachable(e);
    }
    settle();
  }

  private void onConnected(Side side) {
    moveTo(ConnectionState.OPEN);
    if (toBroker.isFinished()) {
      side.endOutput();
    }
    push(toBroker);
  }

  private void onUnreachable(IOException why) {
    LOG.debug("connection {}: no way to the broker", number, why);
    endNow(ConnectionEnd.BROKER_UNREACHABLE);
  }

  private void onClientReady(int operations) {
    onReady(operations, client, toBroker, toClient);
  }

  private void onBrokerReady(int operations) {
    Side side = broker;
    if (side == null) {
      return;
    }
    if ((operations & SelectionKey.OP_CONNECT) != 0) {
      try {
        if (state == ConnectionState.CONNECTING && side.channel().finishConnect()) {
          onConnected(side);
        }
      } catch (IOException e) {
        onUnreachable(e);
      }
    } else {
      onReady(operations, side, toClient, toBroker);
      return;
    }
    settle();
  }

  private void onReady(int operations, Side side, Pipe from, Pipe to) {
    try {
      if ((operations & SelectionKey.OP_READ) != 0) {
        if (state == ConnectionState.CLOSING) {
          drain(side);
        } else if (from.wantsRead() && from.onReadable(side.channel())) {
          onEnd(side);
        }
      }
    } catch (IOException e) {
      onBroken(side, e);
    }
    push(from);
    if ((operations & SelectionKey.OP_WRITE) != 0) {
      push(to);
    }
    settle();
  }

  /** Reads what nobody wants until the other end closes. */
  private void drain(Side side) throws IOException {
    if (side.channel().read(loop.scratch()) < 0) {
      side.close();
    }
  }

  /** Passes on what may go on now, in one direction. */
  void push(Pipe pipe) {
    Side to = pipe == toClient ? client : broker;
    if (to == null || !isOpen()) {
      return;
    }
    try {
      pipe.push(to);
    } catch (IOException e) {
      onBroken(to, e);
    }
    settle();
  }

  private void onEnd(Side side) {
    if (end == ConnectionEnd.NONE) {
      end = side == client ? ConnectionEnd.BY_CLIENT : ConnectionEnd.BY_BROKER;
    }
  }

  private void onBroken(Side side, IOException why) {
    if (state == ConnectionState.CLOSED) {
      return;
    }
    LOG.debug("connection {}: a socket broke", number, why);
    if (state == ConnectionState.CLOSING) {
      side.close();
      return;
    }
    Pipe news = side == client ? toBroker : toClient;
    if (news.shape().isBlackHole()) {
      hasLost = true;
      side.close();
      (news == toBroker ? toClient : toBroker).finish();
    } else {
      endNow(side == client ? ConnectionEnd.CLIENT_BROKE : ConnectionEnd.BROKER_BROKE);
    }
  }

  /** Counts what passed; may burn a fuse. */
  void onPassed(Direction direction, int bytes) {
    fuses.onPassed(direction, bytes);
    proxy.onPassed(direction, bytes);
  }

  /** How many bytes may pass until a fuse burns. */
  long fuseLeft(Direction direction) {
    return Math.min(fuses.left(direction), proxy.fuseLeft(direction));
  }

  /** Notes that bytes were dropped. */
  void onLost(boolean inBlackHole) {
    hasLost |= inBlackHole;
  }

  /** See {@link Faults#cut}. */
  void cut() {
    if (!isOver()) {
      end = ConnectionEnd.CUT;
      beginClosing();
      settle();
    }
  }

  /** See {@link Faults#reset}. */
  void reset() {
    endNow(ConnectionEnd.RESET);
  }

  /** See {@link Faults#halfClose}. */
  void halfClose(Direction direction) {
    if (isOver()) {
      return;
    }
    if (direction.covers(Direction.TO_BROKER)) {
      toBroker.finish();
      Side side = broker;
      if (side != null) {
        side.endOutput();
      }
    }
    if (direction.covers(Direction.TO_CLIENT)) {
      toClient.finish();
      client.endOutput();
    }
    if (end == ConnectionEnd.NONE && toBroker.isFinished() && toClient.isFinished()) {
      end = ConnectionEnd.CUT;
    }
    settle();
  }

  /** Does other things to bytes from now on. */
  void reshape(Direction direction, UnaryOperator<Shape> change) {
    for (Pipe pipe : new Pipe[] {toBroker, toClient}) {
      if (direction.covers(pipe == toBroker ? Direction.TO_BROKER : Direction.TO_CLIENT)) {
        pipe.reshape(change.apply(pipe.shape()));
        push(pipe);
      }
    }
    settle();
  }

  /** Lays a tripwire. */
  void arm(Tripwire tripwire) {
    fuses.light(tripwire.direction(), tripwire.bytes(), () -> trip(tripwire));
    // A fuse that is shorter than what the pipes wait for does not wait.
    push(toBroker);
    push(toClient);
  }

  private void trip(Tripwire tripwire) {
    try {
      tripwire.fault().accept(face);
    } catch (RuntimeException | AssertionError e) {
      LOG.error("connection {} is reset: the fault that was due after some bytes threw", number, e);
      reset();
    }
  }

  /** See {@link Faults#heal}. */
  void mend() {
    if (isOver()) {
      return;
    }
    if (hasLost || broker == null) {
      endNow(ConnectionEnd.BYTES_WERE_LOST);
      return;
    }
    fuses.clear();
    toBroker.straighten();
    toClient.straighten();
    push(toBroker);
    push(toClient);
    settle();
  }

  /** Breaks both sides, whatever state they are in. */
  void endNow(ConnectionEnd why) {
    if (state == ConnectionState.CLOSED) {
      return;
    }
    if (state != ConnectionState.CLOSING) {
      end = why;
    }
    toBroker.close();
    toClient.close();
    client.reset();
    Side side = broker;
    if (side != null) {
      side.reset();
    }
    moveTo(ConnectionState.CLOSED);
  }

  private void beginClosing() {
    toBroker.close();
    toClient.close();
    client.endOutput();
    Side side = broker;
    if (side != null) {
      if (state == ConnectionState.CONNECTING) {
        side.close();
      } else {
        side.endOutput();
      }
    }
    moveTo(ConnectionState.CLOSING);
  }

  /** Draws the consequences of what happened: states, and what the selector watches. */
  private void settle() {
    if (state == ConnectionState.OPEN && toBroker.isFinished() && toClient.isFinished()) {
      beginClosing();
    }
    Side side = broker;
    if (state == ConnectionState.CLOSING) {
      if (toBroker.hasSourceEnded()) {
        client.close();
      }
      if (side != null && toClient.hasSourceEnded()) {
        side.close();
      }
      if (!client.isOpen() && (side == null || !side.isOpen())) {
        moveTo(ConnectionState.CLOSED);
      }
    }
    boolean drains = state == ConnectionState.CLOSING;
    client.watch(drains || toBroker.wantsRead(), toClient.wantsWrite());
    if (side != null) {
      side.watch(drains || toClient.wantsRead(), toBroker.wantsWrite());
    }
  }

  private void moveTo(ConnectionState next) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(
          "connection " + number + " cannot go from " + state + " to " + next + " (" + end + ")");
    }
    LOG.debug("connection {}: {} -> {} ({})", number, state, next, end);
    state = next;
    if (next == ConnectionState.CLOSED) {
      proxy.onClosed(this);
    }
  }

  private Pipe pipe(Direction direction) {
    return switch (direction) {
      case TO_BROKER -> toBroker;
      case TO_CLIENT -> toClient;
      case BOTH -> throw new IllegalArgumentException("one direction at a time");
    };
  }
}
