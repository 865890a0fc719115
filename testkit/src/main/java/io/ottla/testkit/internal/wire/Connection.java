package io.ottla.testkit.internal.wire;

import io.ottla.testkit.internal.loop.Loop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection to a fake broker: frames in, replies out, one request at a time.
 *
 * <p>Owns: the socket, what came of the next frames, replies that the socket has not taken yet.
 * Thread: the cluster's loop. Always: the next frame is handed on when the reply before it was
 * written, so replies keep the order of requests.
 */
public final class Connection {
  /* Implementation notes: it reads on while a request is answered, up to READ_AHEAD_BYTES, so that it
   * notices when the client leaves. Kafka would notice at the next read, which nobody can tell. */

  private static final int READ_AHEAD_BYTES = 256 * 1024;

  /** Who is told of frames and of the end. */
  public interface Owner {
    /** A request's frame, without its length. It must be answered in the end. */
    void onFrame(Connection connection, ByteBuffer frame);

    /** How large the connection's next frame may be, in bytes without its length. */
    int maxFrameBytes(Connection connection);

    /** The connection is gone. */
    void onClosed(Connection connection, String why);
  }

  private final long number;
  private final Loop loop;
  private final SocketChannel channel;
  private final Transport transport;
  private final Owner owner;
  private final InetSocketAddress remote;
  private final SelectionKey key;
  private final FrameAssembler frames = new FrameAssembler();
  private final Deque<Outgoing> outgoing = new ArrayDeque<>();
  private final ByteBuffer received = ByteBuffer.allocate(READ_AHEAD_BYTES).limit(0);

  private ConnectionState state = ConnectionState.READING;
  private String clientId = "";
  private boolean isReset;

  /** What to do if the connection ends before the request under way is answered. */
  private @Nullable Runnable onClose;

  /**
   * @param tls null: none
   */
  Connection(long number, Loop loop, SocketChannel channel, @Nullable TlsServer tls, Owner owner)
      throws IOException {
    this.number = number;
    this.loop = loop;
    this.channel = channel;
    this.transport =
        tls == null ? new PlainTransport(channel) : new TlsTransport(channel, tls, number);
    this.owner = owner;
    this.remote = (InetSocketAddress) channel.getRemoteAddress();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    this.key = loop.register(channel, SelectionKey.OP_READ, this::onReady);
  }

  /** A number that no other connection of the cluster has. */
  public long number() {
    return number;
  }

  /** Where the client is. */
  public InetSocketAddress remote() {
    return remote;
  }

  /** The client id of the latest request; empty before the first. */
  public String clientId() {
    return clientId;
  }

  void clientId(String id) {
    clientId = id;
  }

  /** What it is doing. */
  public ConnectionState state() {
    return state;
  }

  /** Whether the client is still there, as far as is known. */
  public boolean isOpen() {
    return state != ConnectionState.CLOSED;
  }

  /** How many requests have come, in whole or in part, behind the one that is being answered. */
  public int waitingRequests() {
    int count = 0;
    int at = received.position();
    while (at < received.limit()) {
      count++;
      int rest = received.limit() - at;
      int frameBytes = rest < Integer.BYTES ? rest : Integer.BYTES + received.getInt(at);
      at = frameBytes < 0 || frameBytes > rest ? received.limit() : at + frameBytes;
    }
    return count;
  }

  void onClose(@Nullable Runnable task) {
    onClose = task;
  }

  /** Sends the reply to the request under way, then takes the next one. */
  public void reply(List<ByteBuffer> segments, Delivery delivery) {
    send(new Outgoing(segments, delivery));
  }

  /** Sends bytes that nobody asked for, behind what is being sent. */
  public void sendUnasked(ByteBuffer bytes) {
    if (isOpen()) {
      outgoing.add(new Outgoing(List.of(bytes), Delivery.UNASKED));
      flush();
    }
  }

  /** Takes the next request without a reply to this one. */
  void goOn() {
    onClose = null;
    if (state == ConnectionState.BUSY) {
      moveTo(ConnectionState.READING);
      // In a turn of its own: a client that never lets go must not grow the stack.
      loop.execute(this::takeFrames);
    }
  }

  /** Takes no more requests for a while, or for ever if nobody calls {@link #unmute}. */
  public void mute() {
    if (state == ConnectionState.READING || state == ConnectionState.BUSY) {
      moveTo(ConnectionState.MUTED);
    }
  }

  /** Takes requests again. */
  public void unmute() {
    if (state == ConnectionState.MUTED) {
      moveTo(ConnectionState.READING);
      loop.execute(this::takeFrames);
    }
  }

  /** Closes in order: what was sent arrives. */
  public void close(String why) {
    end(why);
  }

  /** Closes with a reset: what the client has not read yet is lost to it. */
  public void reset(String why) {
    if (isOpen()) {
      try {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      } catch (IOException alreadyGone) {
        // It is closed below all the same.
      }
      isReset = true;
      end(why);
    }
  }

  private void send(Outgoing reply) {
    onClose = null;
    if (isOpen()) {
      outgoing.add(reply);
      flush();
    }
  }

  private void onReady(SelectionKey ready) {
    if (ready.isWritable()) {
      flush();
    }
    // A handshake may go on when the socket has taken what it had not.
    if (isOpen() && ready.isValid() && (ready.isReadable() || !transport.isReady())) {
      read();
    }
  }

  private void readOn() {
    if (isOpen() && received.remaining() < received.capacity()) {
      read();
    }
  }

  private void read() {
    received.compact();
    int bytes;
    try {
      bytes = transport.read(received);
    } catch (SSLException notTls) {
      end("TLS failed: " + notTls.getMessage());
      return;
    } catch (IOException reset) {
      end("the client reset it");
      return;
    } finally {
      received.flip();
    }
    if (bytes < 0) {
      end("the client closed it");
      return;
    }
    takeFrames();
  }

  private void takeFrames() {
    if (state == ConnectionState.READING && received.hasRemaining()) {
      try {
        ByteBuffer frame = frames.take(received, owner.maxFrameBytes(this));
        if (frame != null) {
          moveTo(ConnectionState.BUSY);
          owner.onFrame(this, frame);
        }
      } catch (FrameAssembler.BadFrameException bad) {
        end(bad.getMessage());
      }
    }
    updateInterest();
  }

  private void flush() {
    try {
      transport.flush();
      while (isOpen() && !outgoing.isEmpty()) {
        Outgoing first = outgoing.element();
        boolean tookAll = first.write(transport);
        if (transport.hasUnsent()) {
          break;
        }
        if (first.isDone()) {
          outgoing.remove();
          endReply(first.end());
        } else {
          if (tookAll) {
            loop.execute(this::flush);
          }
          break;
        }
      }
    } catch (IOException gone) {
      end("the client left: " + gone.getMessage());
    }
    updateInterest();
  }

  /** Does what is to be done behind a reply, without one. */
  public void endReply(Delivery.End end) {
    switch (end) {
      case GO_ON -> goOn();
      case STAY -> {}
      case CLOSE -> end("a fault closed it");
      case RESET -> reset("a fault reset it");
      case HANG -> mute();
    }
  }

  private void updateInterest() {
    if (!isOpen() || !key.isValid()) {
      return;
    }
    int interest = 0;
    if (received.remaining() < received.capacity()) {
      interest |= SelectionKey.OP_READ;
    }
    if (transport.hasUnsent() || (transport.isReady() && !outgoing.isEmpty())) {
      interest |= SelectionKey.OP_WRITE;
    }
    key.interestOps(interest);
    if (transport.hasRead() && received.remaining() < received.capacity()) {
      // The socket does not tell of what has left it.
      loop.execute(this::readOn);
    }
  }

  private void end(@Nullable String why) {
    if (!isOpen()) {
      return;
    }
    moveTo(ConnectionState.CLOSED);
    if (!isReset) {
      transport.sayGoodbye();
    }
    key.cancel();
    try {
      channel.close();
    } catch (IOException alreadyGone) {
      // Closed is closed.
    }
    outgoing.clear();
    Runnable waiting = onClose;
    onClose = null;
    if (waiting != null) {
      waiting.run();
    }
    owner.onClosed(this, String.valueOf(why));
  }

  private void moveTo(ConnectionState next) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(
          "connection %d may not go from %s to %s".formatted(number, state, next));
    }
    state = next;
  }

  @Override
  public String toString() {
    return "connection %d of %s from %s".formatted(number, clientId, remote);
  }
}
