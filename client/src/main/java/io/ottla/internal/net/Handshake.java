package io.ottla.internal.net;

import io.ottla.error.ConnectPhase;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The steps that make a connection ready, one after the other.
 *
 * <p>Thread: the connection's loop.
 */
@LoopConfined
final class Handshake {
  private final Connection connection;
  private final Queue<HandshakeStep> steps;
  private @Nullable HandshakeStep current;

  Handshake(Connection connection, List<HandshakeStep> steps) {
    this.connection = connection;
    this.steps = new ArrayDeque<>(steps);
  }

  /** The step that runs, for messages. */
  String what() {
    return current == null ? "connecting" : current.what();
  }

  /** The phase of the step that runs. */
  ConnectPhase phase() {
    return current == null ? ConnectPhase.HANDSHAKE : current.phase();
  }

  Endpoint endpoint() {
    return connection.endpoint();
  }

  Connection connection() {
    return connection;
  }

  /** The connection is over: a step that runs lets go of what it holds. */
  void onClosed() {
    if (current != null) {
      current.onClosed();
    }
  }

  /** The step is done. */
  void next() {
    current = steps.poll();
    if (current == null) {
      connection.onHandshakeDone();
    } else {
      current.run(this);
    }
  }

  /** The step failed, and with it the connection. */
  void fail(Loss loss) {
    connection.close(loss);
  }

  /** What the peer takes is known. */
  void settle(PeerVersions versions) {
    connection.settle(versions);
  }

  /** Sends a request of the step's own. A failure ends the connection, not the step. */
  <R extends ResponseMessage> void ask(
      RequestMessage<R> request, int version, ResponseReader<R> reader, Answer<R> answer) {
    Duration timeout = Duration.ofNanos(connection.settings().connectNanos());
    connection.ownCalls().ask(request, version, timeout, reader, answer);
  }

  /**
   * Where the answer to a step's request goes.
   *
   * @param <R> the response's type
   */
  interface Answer<R extends ResponseMessage> {
    void onResponse(R response);
  }

  /** Where the answer to bytes that are no request goes. */
  interface RawAnswer {
    /**
     * It came.
     *
     * @param bytes without their length, in memory of their own
     */
    void onAnswer(ByteBuffer bytes);
  }
}
