package io.ottla.testkit.internal.wire;

import io.ottla.testkit.internal.loop.Loop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The port of a fake broker, and the connections that came through it.
 *
 * <p>Owns: the port, also while it is closed, so that nobody else takes it and the broker comes
 * back where it was; all connections. Thread: the cluster's loop.
 */
public final class Listener implements AutoCloseable {
  private static final int BACKLOG = 200;

  private final Loop loop;
  private final LongSupplier numbers;
  private final @Nullable TlsServer tls;
  private final Connection.Owner owner;
  private final SortedMap<Long, Connection> connections = new TreeMap<>();
  private final InetSocketAddress address;

  /** What becomes of clients that come. */
  private enum State {
    /** They are accepted. */
    OPEN,
    /** They are refused; the port stays ours. */
    SHUT,
    /** The port is given back, for ever. */
    GONE
  }

  private State state = State.OPEN;

  /** Only while OPEN, but for the turn in which it opens again. */
  private @Nullable ServerSocketChannel server;

  /** Only while SHUT: bound, but not listening, so that clients are refused. */
  private @Nullable SocketChannel placeholder;

  /**
   * Opens a port.
   *
   * @param port 0 takes a free one
   * @param numbers gives each connection its number
   * @param tls null: clients speak without
   */
  public Listener(
      Loop loop, int port, LongSupplier numbers, @Nullable TlsServer tls, Connection.Owner owner) {
    this.loop = loop;
    this.numbers = numbers;
    this.tls = tls;
    this.owner = owner;
    ServerSocketChannel bound = bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    server = bound;
    address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), bound.socket().getLocalPort());
  }

  /** The port, open or not. */
  public int port() {
    return address.getPort();
  }

  /** The connections that are open, oldest first. */
  public List<Connection> connections() {
    return List.copyOf(connections.values());
  }

  /** Refuses new connections from now on; those that are open stay. */
  public void shut() {
    if (state == State.OPEN) {
      state = State.SHUT;
      closeQuietly(server);
      server = null;
      loop.afterClosing(this::settle);
    }
  }

  /** Accepts connections again, on the same port. */
  public void reopen() {
    if (state == State.SHUT) {
      state = State.OPEN;
      closeQuietly(placeholder);
      placeholder = null;
      loop.afterClosing(this::settle);
    }
  }

  /** Closes all connections, in order or with a reset. */
  public void closeConnections(boolean withReset, String why) {
    for (Connection connection : new ArrayList<>(connections.values())) {
      if (withReset) {
        connection.reset(why);
      } else {
        connection.close(why);
      }
    }
  }

  /** Gives the port back. */
  @Override
  public void close() {
    state = State.GONE;
    closeConnections(false, "the cluster is closed");
    closeQuietly(server);
    closeQuietly(placeholder);
    server = null;
    placeholder = null;
  }

  /**
   * Takes the port in the way that the state wants; the state may have changed since it was set.
   */
  private void settle() {
    if (state == State.OPEN && server == null) {
      server = bind(address);
    } else if (state == State.SHUT && placeholder == null) {
      placeholder = hold();
    }
  }

  private ServerSocketChannel bind(InetSocketAddress to) {
    ServerSocketChannel channel = null;
    try {
      channel = ServerSocketChannel.open();
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(to, BACKLOG);
      loop.register(channel, SelectionKey.OP_ACCEPT, this::onReady);
      return channel;
    } catch (IOException e) {
      closeQuietly(channel);
      throw new UncheckedIOException("cannot listen on " + to, e);
    }
  }

  private @Nullable SocketChannel hold() {
    SocketChannel channel = null;
    try {
      channel = SocketChannel.open();
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(address);
      return channel;
    } catch (IOException takenMeanwhile) {
      // Then reopening fails, and says so, unless the other one has gone by then.
      closeQuietly(channel);
      return null;
    }
  }

  private void onReady(SelectionKey key) throws IOException {
    ServerSocketChannel open = server;
    if (open == null || !key.isAcceptable()) {
      return;
    }
    for (SocketChannel channel = open.accept(); channel != null; channel = open.accept()) {
      try {
        Connection connection =
            new Connection(numbers.getAsLong(), loop, channel, tls, new Forgetting(owner));
        connections.put(connection.number(), connection);
      } catch (IOException goneAlready) {
        closeQuietly(channel);
      }
    }
  }

  private static void closeQuietly(@Nullable AutoCloseable open) {
    if (open != null) {
      try {
        open.close();
      } catch (Exception alreadyGone) {
        // Closed is closed.
      }
    }
  }

  /** Passes all on, and forgets connections that are gone. */
  private final class Forgetting implements Connection.Owner {
    private final Connection.Owner next;

    Forgetting(Connection.Owner next) {
      this.next = next;
    }

    @Override
    public void onFrame(Connection connection, java.nio.ByteBuffer frame) {
      next.onFrame(connection, frame);
    }

    @Override
    public int maxFrameBytes(Connection connection) {
      return next.maxFrameBytes(connection);
    }

    @Override
    public void onClosed(Connection connection, String why) {
      connections.remove(connection.number());
      next.onClosed(connection, why);
    }
  }
}
