package io.ottla.testkit.internal.admin;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.Message;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.testkit.internal.wire.Exchange;
import io.ottla.testkit.internal.wire.Handler;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request in the hands of a handler, without a connection. Request and response go through their
 * bytes in the version that is asked for, so that nothing is seen that the wire does not carry.
 */
final class Asked<Q extends RequestMessage<R>, R extends ResponseMessage>
    implements Exchange<Q, R> {
  static final int BROKER = 1;

  private final Q request;
  private final int version;
  private @Nullable R response;
  private @Nullable String refusal;

  private Asked(Q request, int version) {
    this.request = request;
    this.version = version;
  }

  /** The answer. */
  static <Q extends RequestMessage<R>, R extends ResponseMessage> R ask(
      Handler<Q, R> handler, Q request, int version) {
    @SuppressWarnings("unchecked") // a request makes requests of its own class
    Q received = (Q) request.apiKey().newRequest();
    Asked<Q, R> asked = new Asked<>(carry(request, received, version), version);
    handler.handle(asked);
    return carry(Objects.requireNonNull(asked.response, "answer"), request.newResponse(), version);
  }

  /** What was refused loudly. */
  static <Q extends RequestMessage<R>, R extends ResponseMessage> String refusal(
      Handler<Q, R> handler, Q request) {
    Asked<Q, R> asked = new Asked<>(request, request.highestVersion());
    handler.handle(asked);
    return Objects.requireNonNull(asked.refusal, "refusal");
  }

  private static <M extends Message> M carry(M message, M into, int version) {
    WireWriter out = WireWriter.gathering();
    message.write(out, version);
    into.read(WireReader.of(out.toByteBuffer()), version);
    return into;
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
    return "test";
  }

  @Override
  public String clientHost() {
    return "/127.0.0.1";
  }

  @Override
  public int brokerId() {
    return BROKER;
  }

  @Override
  public long connectionId() {
    return 1;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void onClose(Runnable task) {}

  @Override
  public void answer(R answer) {
    if (response != null) {
      throw new IllegalStateException("answered twice");
    }
    response = answer;
  }

  @Override
  public void answerNothing() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void refuse(String what) {
    refusal = what;
  }

  @Override
  public void closeConnection(String why) {
    throw new UnsupportedOperationException();
  }
}
