package io.ottla.testkit.fake;

import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.protocol.message.SaslAuthenticateRequest;
import io.ottla.protocol.message.SaslAuthenticateResponse;
import java.nio.charset.StandardCharsets;

/** What is kept of messages that carry secrets. Thread: the cluster's loop. */
final class Secretless {
  private Secretless() {}

  static RequestMessage<?> of(RequestMessage<?> request) {
    return request instanceof SaslAuthenticateRequest
        ? new SaslAuthenticateRequest().authBytes(mask())
        : request;
  }

  static ResponseMessage of(ResponseMessage response) {
    return response instanceof SaslAuthenticateResponse answer
        ? new SaslAuthenticateResponse()
            .errorCode(answer.errorCode())
            .errorMessage(answer.errorMessage())
            .sessionLifetimeMs(answer.sessionLifetimeMs())
            .authBytes(mask())
        : response;
  }

  private static byte[] mask() {
    return "[hidden]".getBytes(StandardCharsets.US_ASCII);
  }
}
