package io.ottla.internal.net;

import io.ottla.error.OttlaException;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a connection asks for itself, to become ready and to stay so: requests that go ahead of what
 * is queued, and, to brokers before 1.0, tokens that are no requests.
 *
 * <p>Thread: the connection's loop. Always: a failure of one ends the connection.
 */
@LoopConfined
final class OwnCalls {
  private final Connection connection;
  private Handshake.@Nullable RawAnswer bare; // while what comes next is no response

  OwnCalls(Connection connection) {
    this.connection = connection;
  }

  /**
   * Sends a request.
   *
   * @param timeout how long it may take
   */
  <R extends ResponseMessage> void ask(
      RequestMessage<R> request,
      int version,
      Duration timeout,
      ResponseReader<R> reader,
      Handshake.Answer<R> answer) {
    Reply<R> reply =
        new Reply<>() {
          @Override
          public void onResponse(R response) {
            answer.onResponse(response);
          }

          @Override
          public void onFailure(OttlaException failure) {
            connection.close(Loss.lost(failure.getMessage() + "", failure));
          }
        };
    connection.enqueue(
        Call.of(request, timeout, connection.clock(), reply)
            .version(version)
            .reader(reader)
            .own()
            .build(),
        null);
  }

  /** Sends bytes that are no request, during the handshake; what comes next answers them. */
  void sendBare(List<ByteBuffer> segments, Handshake.RawAnswer answer) {
    assert connection.state() == ConnectionState.HANDSHAKING;
    bare = answer;
    connection.outflow().writeBare(segments);
  }

  /** The bytes sent last are answered by nothing. */
  void expectNothing() {
    bare = null;
  }

  /** Whether what comes next is no response. */
  boolean expectBare() {
    return bare != null;
  }

  /** What is no response came. */
  void onBare(ByteBuffer frame) {
    Handshake.RawAnswer answer = bare;
    bare = null;
    if (answer != null) {
      answer.onAnswer(frame);
    }
  }
}
