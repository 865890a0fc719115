package io.ottla.script;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.RequestHeader;
import io.ottla.protocol.message.RequestMessage;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A request that came to a scripted server.
 *
 * @param key which
 * @param version its version
 * @param correlationId its number
 * @param clientId whose it is
 * @param body what it says
 */
public record Asked(
    ApiKey key, int version, int correlationId, @Nullable String clientId, RequestMessage<?> body) {
  /** Reads a request's frame, without its length. */
  public static Asked parse(ByteBuffer frame) {
    int id = frame.getShort(0);
    int version = frame.getShort(2);
    ApiKey key = ApiKey.find(id);
    if (key == null) {
      throw new IllegalArgumentException("no request has number " + id);
    }
    WireReader in = WireReader.of(frame);
    RequestHeader header = new RequestHeader();
    header.read(in, key.requestHeaderVersion(version));
    RequestMessage<?> body = key.newRequest();
    body.read(in, version);
    if (in.remaining() > 0) {
      throw new IllegalArgumentException(in.remaining() + " bytes left over behind " + key);
    }
    return new Asked(key, version, header.correlationId(), header.clientId(), body);
  }
}
