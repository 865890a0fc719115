package io.ottla.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on 127.0.0.1 that plays a script on each connection: the first script on the first, and
 * so on; the last one on all that follow.
 */
public final class ScriptedServer implements AutoCloseable {
  private final ServerSocket listener;
  private final List<Script> scripts;
  private final AtomicInteger connections = new AtomicInteger();
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

  private ScriptedServer(List<Script> scripts) {
    this.scripts = scripts;
    try {
      listener = new ServerSocket();
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    thread("script-accept", this::accept);
  }

  /** Starts one. */
  public static ScriptedServer playing(Script... scripts) {
    return new ScriptedServer(List.of(scripts));
  }

  /** Where it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  /** How many connections it has accepted. */
  public int connections() {
    return connections.get();
  }

  /** Cuts all connections and listens no more. */
  @Override
  public void close() {
    closeQuietly(listener);
    sockets.forEach(ScriptedServer::closeQuietly);
  }

  private void accept() {
    try {
      while (!listener.isClosed()) {
        Socket socket = listener.accept();
        sockets.add(socket);
        int turn = connections.getAndIncrement();
        Script script = scripts.get(Math.min(turn, scripts.size() - 1));
        thread("script-" + turn, () -> play(script, socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void play(Script script, Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      script.play(new Peer(socket));
    } catch (IOException cut) {
      // The other side left, or the test is over: what it saw is what the test looks at.
    } catch (InterruptedException never) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(AutoCloseable open) {
    try {
      open.close();
    } catch (Exception alreadyGone) {
      // Nothing is left to close.
    }
  }

  private static void thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
