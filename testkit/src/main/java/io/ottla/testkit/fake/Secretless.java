package io.ottla.testkit.fake;

import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.protocol.message.SaslAuthenticateRequest;
import io.ottla.protocol.message.SaslAuthenticateResponse;
import java.nio.charset.StandardCharsets;

/** What is kept of messages that carry secrets. Thread: the cluster's loop. */
final class Secretless {
  private static final byte[] MASK = "[hidden]".getBytes(StandardCharsets.US_ASCII);

  private Secretless() {}

  static RequestMessage<?> of(RequestMessage<?> request) {
    return request instanceof SaslAuthenticateRequest
        ? new SaslAuthenticateRequest().authBytes(MASK)
        : request;
  }

  static ResponseMessage of(ResponseMessage response) {
    return response instanceof SaslAuthenticateResponse answer
        ? new SaslAuthenticateResponse()
            .errorCode(answer.errorCode())
            .errorMessage(answer.errorMessage())
            .sessionLifetimeMs(answer.sessionLifetimeMs())
            .authBytes(answer.authBytes().length == 0 ? answer.authBytes() : MASK)
        : response;
  }
}
