package io.ottla.testkit.internal.wire;

import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.RequestHeader;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseHeader;
import io.ottla.protocol.message.ResponseMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request that came over a connection.
 *
 * <p>Thread: the cluster's loop. Always: answered at most once; a second answer is a defect of the
 * handler and throws.
 *
 * @param <Q> the request
 * @param <R> what answers it
 */
public final class RequestExchange<Q extends RequestMessage<R>, R extends ResponseMessage>
    implements Exchange<Q, R> {
  private static final int LENGTH_BYTES = 4;

  private final Connection connection;
  private final int brokerId;
  private final RequestHeader header;
  private final Q request;
  private final int sizeInBytes;
  private final Consumer<String> onRefusal;

  /** Gets the answer instead of the connection; null: nobody does. */
  private @Nullable Consumer<ResponseMessage> onAnswer;

  /** Goes on when there is no answer, instead of the connection; null: nobody does. */
  private @Nullable Runnable onNothing;

  private @Nullable Consumer<ResponseMessage> onSending;
  private @Nullable Consumer<ResponseMessage> onSent;
  private boolean isAnswered;
  private boolean isLast;

  RequestExchange(
      Connection connection,
      int brokerId,
      RequestHeader header,
      Q request,
      int sizeInBytes,
      Consumer<String> onRefusal) {
    this.connection = connection;
    this.brokerId = brokerId;
    this.header = header;
    this.request = request;
    this.sizeInBytes = sizeInBytes;
    this.onRefusal = onRefusal;
  }

  /** Which API is asked. */
  public ApiKey api() {
    return request.apiKey();
  }

  /** The number that the reply will carry. */
  public int correlationId() {
    return header.correlationId();
  }

  /** How large the request was on the wire, without its length. */
  public int sizeInBytes() {
    return sizeInBytes;
  }

  /** Where the request came from. */
  public Connection connection() {
    return connection;
  }

  @Override
  public Q request() {
    return request;
  }

  @Override
  public int version() {
    return header.requestApiVersion();
  }

  @Override
  public String clientId() {
    String id = header.clientId();
    return id == null ? "" : id;
  }

  @Override
  public String clientHost() {
    return "/" + connection.remote().getAddress().getHostAddress();
  }

  @Override
  public int brokerId() {
    return brokerId;
  }

  @Override
  public long connectionId() {
    return connection.number();
  }

  @Override
  public boolean isOpen() {
    return connection.isOpen();
  }

  @Override
  public void onClose(Runnable task) {
    connection.onClose(task);
  }

  /** Has the answer given to someone else, who will {@link #send} it or not. */
  public void onAnswer(Consumer<ResponseMessage> instead) {
    onAnswer = instead;
  }

  /** Has someone go on with the connection when the request gets no answer. */
  public void onNothing(Runnable instead) {
    onNothing = instead;
  }

  /** Has someone look at what is about to be sent, and change it. */
  public void onSending(Consumer<ResponseMessage> editor) {
    onSending = editor;
  }

  /** Has someone told of what is sent, when it is. */
  public void onSent(Consumer<ResponseMessage> observer) {
    onSent = onSent == null ? observer : onSent.andThen(observer);
  }

  @Override
  public void answer(R response) {
    if (isAnswered) {
      throw new IllegalStateException(api() + " of " + connection + " was answered twice");
    }
    isAnswered = true;
    connection.onClose(null);
    Consumer<ResponseMessage> instead = onAnswer;
    if (instead == null) {
      send(response, Delivery.WHOLE);
    } else {
      instead.accept(response);
    }
  }

  @Override
  public void answerLast(R response) {
    isLast = true;
    answer(response);
  }

  @Override
  public void answerNothing() {
    isAnswered = true;
    connection.onClose(null);
    Runnable instead = onNothing;
    if (instead == null) {
      connection.goOn();
    } else {
      instead.run();
    }
  }

  @Override
  public void refuse(String what) {
    onRefusal.accept(this + ": " + what);
    closeConnection(what);
  }

  @Override
  public void closeConnection(String why) {
    isAnswered = true;
    connection.close(why);
  }

  /** Sends a response, whoever made it. */
  public void send(ResponseMessage response, Delivery delivery) {
    sendAs(header.correlationId(), response, delivery);
  }

  /** Sends a response under another number than the one that it should carry. */
  public void sendAs(int correlationId, ResponseMessage response, Delivery delivery) {
    if (isOpen()) {
      if (onSending != null) {
        onSending.accept(response);
      }
      connection.reply(
          frame(correlationId, response, version()), isLast ? delivery.last() : delivery);
      if (onSent != null) {
        onSent.accept(response);
      }
    }
  }

  /** {@link #answer} with a response that is of this API, whatever its static type. */
  @SuppressWarnings("unchecked") // a message of an API is of the API's one class
  public void refuseLast(ResponseMessage response) {
    answerLast((R) response);
  }

  /** Sends any bytes instead of a reply. */
  public void sendBytes(ByteBuffer bytes, Delivery delivery) {
    if (isOpen()) {
      connection.reply(List.of(bytes), delivery);
    }
  }

  /** A whole frame; records in it lie in segments of their own, by reference. */
  public static List<ByteBuffer> frame(int correlationId, ResponseMessage response, int version) {
    int headerVersion = response.apiKey().responseHeaderVersion(version);
    WireWriter out = WireWriter.gathering();
    new ResponseHeader().correlationId(correlationId).write(out, headerVersion);
    response.write(out, version);
    List<ByteBuffer> segments = out.segments();
    int bytes = 0;
    for (ByteBuffer segment : segments) {
      bytes = Math.addExact(bytes, segment.remaining());
    }
    List<ByteBuffer> framed = new ArrayList<>(segments.size() + 1);
    framed.add(ByteBuffer.allocate(LENGTH_BYTES).putInt(bytes).flip());
    framed.addAll(segments);
    return framed;
  }

  @Override
  public String toString() {
    return "%s v%d of %s".formatted(api(), version(), connection);
  }
}
