package io.ottla.testkit.internal.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.testkit.internal.wire.Exchange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request without a connection. What answers it goes through the wire format and back. */
final class RecordedExchange<Q extends RequestMessage<R>, R extends ResponseMessage>
    implements Exchange<Q, R> {
  private final Q request;
  private final int version;
  private final int brokerId;
  private final List<Runnable> onClose = new ArrayList<>();
  private String clientId = "client";
  private @Nullable R answer;
  private @Nullable String closed;
  private boolean isAnsweredByNothing;

  RecordedExchange(Q request, int version, int brokerId) {
    this.request = request;
    this.version = version;
    this.brokerId = brokerId;
  }

  RecordedExchange<Q, R> from(String id) {
    clientId = id;
    return this;
  }

  boolean isOver() {
    return answer != null || closed != null || isAnsweredByNothing;
  }

  boolean isAnsweredByNothing() {
    return isAnsweredByNothing;
  }

  /** Why the connection was closed, if it was. */
  @Nullable String closed() {
    return closed;
  }

  /** The answer as the client reads it. */
  R received() {
    if (answer == null) {
      throw new AssertionError("no answer; closed: " + closed);
    }
    WireWriter out = WireWriter.ofSize(answer.size(version));
    answer.write(out, version);
    R received = request.newResponse();
    received.read(WireReader.of(out.toByteBuffer()), version);
    return received;
  }

  /** The client goes away. */
  void disconnect() {
    onClose.forEach(Runnable::run);
  }

  @Override
  public Q request() {
    return request;
  }

  @Override
  public int version() {
    return version;
  }

  @Override
  public String clientId() {
    return clientId;
  }

  @Override
  public String clientHost() {
    return "/127.0.0.1";
  }

  @Override
  public int brokerId() {
    return brokerId;
  }

  @Override
  public long connectionId() {
    return 1;
  }

  @Override
  public boolean isOpen() {
    return closed == null;
  }

  @Override
  public void onClose(Runnable task) {
    onClose.add(task);
  }

  @Override
  public void answer(R response) {
    assertThat(isOver()).as("answered before").isFalse();
    answer = response;
  }

  @Override
  public void answerNothing() {
    assertThat(isOver()).as("answered before").isFalse();
    isAnsweredByNothing = true;
  }

  @Override
  public void closeConnection(String why) {
    closed = why;
  }
}
