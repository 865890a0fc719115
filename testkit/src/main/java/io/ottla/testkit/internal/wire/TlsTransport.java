package io.ottla.testkit.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * TLS between a connection and its socket, as a server.
 *
 * <p>Owns: the engine, what came encrypted and was not read yet, what is encrypted and was not sent
 * yet. Thread: the cluster's loop, on which certificates are checked, too: they are few. Always: a
 * handshake ends in one {@link TlsHandshake}, and what the engine says of a failure goes out before
 * the socket closes.
 */
final class TlsTransport implements Transport {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SocketChannel socket;
  private final SSLEngine engine;
  private final TlsReport report;

  /** All three are ready to be taken from, but while they are filled. */
  private ByteBuffer arrived;

  private ByteBuffer plain;
  private ByteBuffer unsent;

  /** Whether the engine has yet to see all that arrived. */
  private boolean isUnread;

  private boolean isShaken;
  private boolean isOver;

  TlsTransport(SocketChannel socket, TlsServer server, long connectionId) {
    this.socket = socket;
    this.engine = server.newEngine();
    this.report = new TlsReport(engine, connectionId, server::ended);
    int packetBytes = engine.getSession().getPacketBufferSize();
    arrived = ByteBuffer.allocate(packetBytes).limit(0);
    unsent = ByteBuffer.allocate(packetBytes).limit(0);
    plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).limit(0);
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int before = into.position();
    try {
      while (into.hasRemaining() && (plain.hasRemaining() || step())) {
        int bytes = Math.min(plain.remaining(), into.remaining());
        into.put(plain.slice(plain.position(), bytes));
        plain.position(plain.position() + bytes);
      }
    } catch (SSLException failed) {
      report.failed(failed.getMessage());
      sayGoodbye(); // It tells the client what was wrong.
      throw failed;
    }
    int bytes = into.position() - before;
    return bytes == 0 && isOver ? -1 : bytes;
  }

  /** One step of the engine; false if it needs more from the client, or the socket's patience. */
  private boolean step() throws IOException {
    if (isOver) {
      return false;
    }
    switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> {
        runTasks();
        return true;
      }
      case NEED_WRAP -> {
        flush();
        if (hasUnsent()) {
          return false;
        }
        wrap(new ByteBuffer[] {NOTHING}, 0, 1);
        return true;
      }
      default -> {
        return unwrap();
      }
    }
  }

  private boolean unwrap() throws IOException {
    plain.clear();
    SSLEngineResult result;
    try {
      result = engine.unwrap(arrived, plain);
    } finally {
      plain.flip();
    }
    look(result);
    switch (result.getStatus()) {
      case OK -> {
        isUnread = arrived.hasRemaining();
        return true;
      }
      case BUFFER_UNDERFLOW -> {
        isUnread = false;
        return receive();
      }
      case BUFFER_OVERFLOW -> {
        plain = ByteBuffer.allocate(2 * plain.capacity()).limit(0);
        return true;
      }
      default -> {
        isOver = true;
        return false;
      }
    }
  }

  private boolean receive() throws IOException {
    if (arrived.remaining() == arrived.capacity()) {
      arrived = ByteBuffer.allocate(2 * arrived.capacity()).put(arrived).flip();
    }
    arrived.compact();
    int bytes;
    try {
      bytes = socket.read(arrived);
    } finally {
      arrived.flip();
    }
    if (bytes < 0) {
      report.failed("the client left");
      isOver = true;
    }
    return bytes > 0;
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) throws IOException {
    long taken = 0;
    flush();
    while (isShaken && !hasUnsent() && hasRemaining(from, offset, length)) {
      if (engine.isOutboundDone()) {
        throw new ClosedChannelException();
      }
      taken += wrap(from, offset, length);
      runTasks();
    }
    return taken;
  }

  /** Encrypts; what comes of it is in {@link #unsent}, which was empty. */
  private long wrap(ByteBuffer[] from, int offset, int length) throws IOException {
    unsent.clear();
    SSLEngineResult result;
    try {
      result = engine.wrap(from, offset, length, unsent);
    } finally {
      unsent.flip();
    }
    look(result);
    if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
      unsent = ByteBuffer.allocate(2 * unsent.capacity()).limit(0);
    }
    flush();
    return result.bytesConsumed();
  }

  private void look(SSLEngineResult result) {
    if (result.getHandshakeStatus() == HandshakeStatus.FINISHED && !isShaken) {
      isShaken = true;
      report.succeeded();
    }
  }

  private void runTasks() {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  @Override
  public void flush() throws IOException {
    if (unsent.hasRemaining()) {
      socket.write(unsent);
    }
  }

  @Override
  public void sayGoodbye() {
    if (!isShaken) {
      report.failed("the broker closed the connection");
    }
    engine.closeOutbound();
    try {
      for (int records = 0; records < 3 && !hasUnsent() && !engine.isOutboundDone(); records++) {
        wrap(new ByteBuffer[] {NOTHING}, 0, 1);
      }
      flush();
    } catch (IOException gone) {
      // Then nobody hears it.
    }
  }

  @Override
  public boolean hasRead() {
    return plain.hasRemaining() || (isUnread && !hasUnsent());
  }

  @Override
  public boolean isReady() {
    return isShaken;
  }

  @Override
  public boolean hasUnsent() {
    return unsent.hasRemaining();
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    return Math.toIntExact(write(new ByteBuffer[] {from}, 0, 1));
  }

  @Override
  public long write(ByteBuffer[] from) throws IOException {
    return write(from, 0, from.length);
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static boolean hasRemaining(ByteBuffer[] buffers, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (buffers[i].hasRemaining()) {
        return true;
      }
    }
    return false;
  }
}
