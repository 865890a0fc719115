package io.ottla.testkit.internal.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.Message;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.testkit.internal.loop.ManualTimers;
import io.ottla.testkit.internal.wire.Exchange;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request without a socket; request and response are written and read, as sockets would. */
final class PendingExchange<Q extends RequestMessage<R>, R extends ResponseMessage>
    implements Exchange<Q, R>, Reply<R> {
  private static final int STEP_MS = 50;
  private static final int PATIENCE_MS = 8_000;

  private final Q request;
  private final int version;
  private final String clientId;
  private final int brokerId;
  private final ManualTimers timers;
  private @Nullable R response;

  @SuppressWarnings("unchecked") // a request makes requests of its own kind
  PendingExchange(Q request, int version, String clientId, int brokerId, ManualTimers timers) {
    this.request = (Q) request.apiKey().newRequest();
    this.request.read(WireReader.of(bytes(request, version)), version);
    this.version = version;
    this.clientId = clientId;
    this.brokerId = brokerId;
    this.timers = timers;
  }

  private static ByteBuffer bytes(Message message, int version) {
    WireWriter out = WireWriter.ofSize(message.size(version));
    message.write(out, version);
    return out.toByteBuffer();
  }

  boolean isAnswered() {
    return response != null;
  }

  /** The answer, which must be there. */
  R now() {
    assertThat(response).as("answer to %s", request).isNotNull();
    return Objects.requireNonNull(response);
  }

  @Override
  public R await() {
    for (int waited = 0; response == null && waited < PATIENCE_MS; waited += STEP_MS) {
      timers.advance(waited == 0 ? 0 : STEP_MS);
    }
    return now();
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
    return true;
  }

  @Override
  public void onClose(Runnable task) {
    throw new AssertionError("a coordinator does not notice that a connection is closed");
  }

  @Override
  public void answer(R answer) {
    assertThat(response).as("first answer to %s", request).isNull();
    R read = request.newResponse();
    read.read(WireReader.of(bytes(answer, version)), version);
    response = read;
  }

  @Override
  public void answerNothing() {
    throw new AssertionError("coordinators answer");
  }

  @Override
  public void closeConnection(String why) {
    throw new AssertionError(why);
  }
}
