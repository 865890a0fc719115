package io.ottla.testkit.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Nothing between: the socket itself. Thread: the cluster's loop. */
final class PlainTransport implements Transport {
  private final SocketChannel socket;

  PlainTransport(SocketChannel socket) {
    this.socket = socket;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return socket.read(into);
  }

  @Override
  public boolean hasRead() {
    return false;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public boolean hasUnsent() {
    return false;
  }

  @Override
  public void flush() {}

  @Override
  public void sayGoodbye() {}

  @Override
  public int write(ByteBuffer from) throws IOException {
    return socket.write(from);
  }

  @Override
  public long write(ByteBuffer[] from) throws IOException {
    return socket.write(from);
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) throws IOException {
    return socket.write(from, offset, length);
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
