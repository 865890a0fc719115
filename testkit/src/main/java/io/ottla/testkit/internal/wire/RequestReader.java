package io.ottla.testkit.internal.wire;

import io.ottla.protocol.MalformedMessageException;
import io.ottla.protocol.WireReader;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.RequestHeader;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the frames of requests. Thread: any. */
public final class RequestReader {
  private static final int LEAST_BYTES = 8;

  private RequestReader() {}

  /**
   * What every request begins with, whether it is known or not.
   *
   * @param apiId the API's number
   * @param version the version that is asked for
   * @param correlationId the number that the reply is to carry
   */
  public record Prefix(int apiId, int version, int correlationId) {
    /** The API, or null if there is none with this number. */
    public @Nullable ApiKey api() {
      return ApiKey.find(apiId);
    }
  }

  /**
   * Reads the begin of a frame.
   *
   * @throws MalformedMessageException if it is too short for one
   */
  public static Prefix prefix(ByteBuffer frame) {
    if (frame.remaining() < LEAST_BYTES) {
      throw new MalformedMessageException(
          "a request of " + frame.remaining() + " bytes is too short for a header");
    }
    return new Prefix(frame.getShort(0), frame.getShort(2), frame.getInt(4));
  }

  /**
   * Reads a whole request of a known API, in a version that its message has.
   *
   * @param onRefusal is told what {@link Exchange#refuse} is
   * @throws MalformedMessageException if it is not one
   */
  public static RequestExchange<?, ?> read(
      Connection connection,
      int brokerId,
      ApiKey api,
      ByteBuffer frame,
      Consumer<String> onRefusal) {
    int version = prefix(frame).version();
    WireReader in = WireReader.of(frame);
    RequestHeader header = new RequestHeader();
    header.read(in, api.requestHeaderVersion(version));
    RequestMessage<?> body = api.newRequest();
    body.read(in, version);
    String clientId = header.clientId();
    connection.clientId(clientId == null ? "" : clientId);
    return exchange(connection, brokerId, header, body, frame.remaining(), onRefusal);
  }

  private static <Q extends RequestMessage<R>, R extends ResponseMessage>
      RequestExchange<Q, R> exchange(
          Connection connection,
          int brokerId,
          RequestHeader header,
          RequestMessage<R> body,
          int sizeInBytes,
          Consumer<String> onRefusal) {
    @SuppressWarnings("unchecked") // a message of an API is of the API's one request class
    Q request = (Q) body;
    return new RequestExchange<>(connection, brokerId, header, request, sizeInBytes, onRefusal);
  }
}
