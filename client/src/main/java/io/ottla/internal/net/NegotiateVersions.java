package io.ottla.internal.net;

import io.ottla.internal.runtime.LoopConfined;
import io.ottla.protocol.WireReader;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ApiVersionsRequest;
import io.ottla.protocol.message.ApiVersionsResponse;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.RequestMessage;
import java.nio.ByteBuffer;

/**
 * Asks the peer which versions of which requests it takes.
 *
 * <p>A peer that does not know the version of this very question answers UNSUPPORTED_VERSION, in
 * version 0, and may name what it knows. Always: each further question is in a lower version than
 * the one before, so this ends.
 */
@LoopConfined
final class NegotiateVersions implements HandshakeStep {
  private static final int CORRELATION_ID_BYTES = 4;

  private final int firstVersion;

  /**
   * @param firstVersion the version of the first question
   */
  NegotiateVersions(int firstVersion) {
    this.firstVersion = firstVersion;
  }

  @Override
  public String what() {
    return "asking for its versions";
  }

  @Override
  public void run(Handshake handshake) {
    ask(handshake, firstVersion);
  }

  private void ask(Handshake handshake, int version) {
    ApiVersionsRequest request = new ApiVersionsRequest();
    if (version >= 3) {
      request.clientSoftwareName(Software.NAME).clientSoftwareVersion(Software.version());
    }
    handshake.ask(
        request,
        version,
        NegotiateVersions::read,
        response -> onResponse(handshake, version, response));
  }

  private void onResponse(Handshake handshake, int asked, ApiVersionsResponse response) {
    ErrorCode error = ErrorCode.of(response.errorCode());
    if (error == ErrorCode.NONE) {
      handshake.settle(PeerVersions.of(response));
      handshake.next();
    } else if (error == ErrorCode.UNSUPPORTED_VERSION && asked > 0) {
      ask(handshake, Math.min(asked - 1, highestNamed(response)));
    } else {
      handshake.fail(
          Loss.violation(
              handshake.endpoint(),
              handshake.endpoint()
                  + " answered "
                  + error
                  + " ("
                  + response.errorCode()
                  + ") to the question for its versions, asked in version "
                  + asked,
              null));
    }
  }

  /** The version of the question that the peer says it knows; 0 if it says nothing. */
  private static int highestNamed(ApiVersionsResponse response) {
    for (ApiVersionsResponse.ApiVersion api : response.apiKeys()) {
      if (api.apiKey() == ApiKey.API_VERSIONS.id()) {
        return Math.max(0, api.maxVersion());
      }
    }
    return 0;
  }

  /** In every version the error comes first; with UNSUPPORTED_VERSION the rest is version 0. */
  private static ApiVersionsResponse read(
      ByteBuffer frame, RequestMessage<ApiVersionsResponse> request, int version) {
    WireReader in = WireReader.of(frame);
    in.readInt32();
    boolean isRefusal =
        in.remaining() >= Short.BYTES && in.readInt16() == ErrorCode.UNSUPPORTED_VERSION.code();
    if (isRefusal && frame.remaining() == CORRELATION_ID_BYTES + Short.BYTES) {
      // Some peers end right after the error.
      return new ApiVersionsResponse().errorCode(ErrorCode.UNSUPPORTED_VERSION.code());
    }
    return ResponseReader.whole(frame, request, isRefusal ? 0 : version);
  }
}
