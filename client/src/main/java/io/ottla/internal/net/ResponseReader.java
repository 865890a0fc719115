package io.ottla.internal.net;

import io.ottla.protocol.MalformedMessageException;
import io.ottla.protocol.WireReader;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseHeader;
import io.ottla.protocol.message.ResponseMessage;
import java.nio.ByteBuffer;

/**
 * Makes a response of a frame.
 *
 * @param <R> the response's type
 */
@FunctionalInterface
interface ResponseReader<R extends ResponseMessage> {
  /**
   * Reads header and body.
   *
   * @param frame all bytes of the frame, without its length
   * @throws io.ottla.protocol.ProtocolException if it is not such a response, or not wholly
   */
  R read(ByteBuffer frame, RequestMessage<R> request, int version);

  /** Reads header and body as the definition of this version says. */
  static <R extends ResponseMessage> R whole(
      ByteBuffer frame, RequestMessage<R> request, int version) {
    ApiKey key = request.apiKey();
    WireReader in = WireReader.of(frame);
    new ResponseHeader().read(in, key.responseHeaderVersion(version));
    R response = request.newResponse();
    response.read(in, version);
    if (in.remaining() > 0) {
      throw new MalformedMessageException(
          in.remaining()
              + " bytes are left over behind a "
              + Call.nameOf(response)
              + " v"
              + version);
    }
    return response;
  }
}
