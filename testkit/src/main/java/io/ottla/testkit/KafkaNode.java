package io.ottla.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One node of a {@link KafkaServer}: a broker that is also a controller, in a process of its own.
 * It keeps its data and its ports over all its runs.
 *
 * <p>Thread-safe; one of {@code start}, {@code stop}, {@code kill} and {@code restart} runs at a
 * time.
 */
public final class KafkaNode {
  private static final int KEPT_LOG_LINES = 200;
  private static final int LOG_LINES_IN_MESSAGES = 30;
  private static final int PROBE_TIMEOUT_MS = 2_000;

  private final KafkaServer server;
  private final int id;
  private final NodePorts ports;
  private final LogRing log;
  private final Object lifecycle = new Object();

  /** The latest run, ended or not; null before the first. Written under {@link #lifecycle}. */
  private volatile @Nullable NodeProcess process;

  KafkaNode(KafkaServer server, int id, NodePorts ports) {
    this.server = server;
    this.id = id;
    this.ports = ports;
    this.log = new LogRing(KEPT_LOG_LINES, server.secrets());
  }

  /**
   * The broker's id.
   *
   * @return 1 for the first node
   */
  public int id() {
    return id;
  }

  /**
   * The port on 127.0.0.1 of the listener {@link KafkaServer#PLAINTEXT}.
   *
   * @return the port that the node binds, whatever address it advertises
   */
  public int port() {
    return ports.of(KafkaServer.PLAINTEXT);
  }

  /**
   * The port on 127.0.0.1 of a listener.
   *
   * @param listener its name
   * @return the port that the node binds, whatever address it advertises
   * @throws IllegalArgumentException if there is no such listener
   */
  public int port(String listener) {
    return ports.of(listener);
  }

  /**
   * Whether the node's process runs, ready or not.
   *
   * @return false before the start and after the end of the process, however it ended
   */
  public boolean isRunning() {
    NodeProcess current = process;
    return current != null && current.isAlive();
  }

  /**
   * The id of the node's process, of the latest one if the node is not running.
   *
   * @return the operating system's id
   */
  public long pid() {
    NodeProcess current = process;
    if (current == null) {
      throw new IllegalStateException("node " + id + " was never started");
    }
    return current.pid();
  }

  /**
   * The last 200 lines that the node printed, over all its runs.
   *
   * @return oldest first
   */
  public List<String> logTail() {
    return log.lines();
  }

  /**
   * Starts the node on its data and ports; does nothing if it runs. Returns when the broker takes
   * part in the cluster and answers. If fewer than a majority of the nodes run, no broker can do
   * that: then it returns as soon as the process listens for the other nodes, and the start that
   * completes the majority is the first to wait longer.
   *
   * @throws KafkaServerException if the process ends, or the builder's start timeout passes; the
   *     node is not running then
   * @throws IllegalStateException if the server is closed
   */
  public void start() {
    synchronized (lifecycle) {
      if (isRunning()) {
        return;
      }
      spawn();
      Readiness readiness = new Readiness(List.of(this), server.startTimeout());
      if (server.hasMajority()) {
        readiness.await(Set.of(id));
      } else {
        readiness.awaitListeningForNodes();
      }
    }
  }

  /**
   * Stops the node in order (SIGTERM), or by force if that takes longer than the builder's stop
   * timeout; does nothing if it does not run. Returns when the process is gone.
   */
  public void stop() {
    synchronized (lifecycle) {
      end(server.stopTimeout());
    }
  }

  /** Ends the node as {@code kill -9} does. Returns when the process is gone. */
  public void kill() {
    synchronized (lifecycle) {
      end(Duration.ZERO);
    }
  }

  /** {@link #stop()}, then {@link #start()}. */
  public void restart() {
    synchronized (lifecycle) {
      stop();
      start();
    }
  }

  /**
   * Starts the process and waits for nothing.
   *
   * @throws IllegalStateException if the server is closed
   */
  void spawn() {
    synchronized (lifecycle) {
      server.unlessClosed(() -> process = server.spawn(id, log));
    }
  }

  /** For closing, when no lock may be waited for: the process to end. */
  @Nullable NodeProcess currentProcess() {
    return process;
  }

  /**
   * Whether the node answers on all listeners that need no secrets, and sees all these brokers in
   * the cluster.
   */
  boolean sees(Set<Integer> brokers) throws IOException {
    if (!sees(ports.internal(), brokers)) {
      return false;
    }
    for (Map.Entry<String, Integer> listener : ports.forClients().entrySet()) {
      int port = listener.getValue();
      boolean answers =
          server.isPlaintext(listener.getKey())
              ? sees(port, brokers)
              : MetadataProbe.accepts(port, PROBE_TIMEOUT_MS);
      if (!answers) {
        return false;
      }
    }
    return true;
  }

  /**
   * Compares the cluster's id, because another program may have the port, and the node be about to
   * fail.
   */
  private boolean sees(int port, Set<Integer> brokers) throws IOException {
    MetadataProbe.Answer answer = MetadataProbe.ask(port, PROBE_TIMEOUT_MS);
    return answer.clusterId().equals(server.clusterId()) && answer.brokers().containsAll(brokers);
  }

  boolean listensForNodes() {
    return MetadataProbe.accepts(ports.controller(), PROBE_TIMEOUT_MS);
  }

  /** Whether the log says that another program took one of the node's ports. */
  boolean failedToBind() {
    return log.lines().stream().anyMatch(line -> line.contains("Address already in use"));
  }

  /** Waits so long for the process to end, that is, not at all if it has. */
  boolean awaitExit(Duration patience) throws InterruptedException {
    NodeProcess current = process;
    return current == null || current.awaitExit(patience);
  }

  /** What to say of a start that failed: what happened, the ports, the log. */
  KafkaServerException failure(String what, @Nullable Throwable cause) {
    StringBuilder message = new StringBuilder(server.title());
    message.append(": node ").append(id).append(' ').append(what);
    message.append("\nports: ").append(ports.all()).append(" on 127.0.0.1");
    message.append("; data: ").append(server.dataDescription());
    List<String> lines = log.last(LOG_LINES_IN_MESSAGES);
    message.append("\nlast lines of its log (").append(lines.size()).append("):");
    lines.forEach(line -> message.append("\n  ").append(line));
    return new KafkaServerException(message.toString(), cause);
  }

  /** What to say of a process that ended by itself. */
  KafkaServerException endedEarly(String after) {
    NodeProcess ended = process;
    if (ended == null) {
      throw new IllegalStateException("node " + id + " was never started");
    }
    ended.awaitLog();
    return failure(
        "ended with exit code " + ended.exitCode() + " after " + after + ", before it was ready",
        null);
  }

  private void end(Duration patience) {
    NodeProcess current = process;
    if (current != null) {
      NodeProcess.endAll(List.of(current), patience);
    }
  }
}
