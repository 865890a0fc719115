package io.ottla.testkit.internal.broker;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ApiVersionsResponse;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.sasl.Admission;
import io.ottla.testkit.internal.sasl.SaslGate;
import io.ottla.testkit.internal.wire.Connection;
import io.ottla.testkit.internal.wire.RequestExchange;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a broker does about who asks, before it looks at what is asked. Thread: the loop. */
final class Admittance {
  /** Kafka's {@code socket.request.max.bytes}. */
  private static final int MAX_REQUEST_BYTES = 100 * 1024 * 1024;

  /** Kafka's {@code sasl.server.max.receive.size}. */
  private static final int MAX_BYTES_BEFORE = 512 * 1024;

  private final SaslGate gate;
  private final Security.Errors errors;

  Admittance(SaslGate gate, Security.Errors errors) {
    this.gate = gate;
    this.errors = errors;
  }

  /** Takes a frame that is no request but a token. */
  boolean takesToken(Connection connection, ByteBuffer frame) {
    if (!gate.wantsBareToken(connection)) {
      return false;
    }
    gate.onBareToken(connection, frame);
    return true;
  }

  Admission admit(Connection connection, @Nullable ApiKey api) {
    return gate.admit(connection, api);
  }

  int maxFrameBytes(Connection connection) {
    return gate.isIn(connection) ? MAX_REQUEST_BYTES : MAX_BYTES_BEFORE;
  }

  /** Tells the client that this is not the time to ask for such a thing, and lets it go. */
  void refuse(RequestExchange<?, ?> exchange) {
    exchange.refuseLast(
        errors.answer(exchange.request(), ErrorCode.ILLEGAL_SASL_STATE, exchange.version()));
  }

  /** Listens for what the client learns from an answer. */
  void watch(RequestExchange<?, ?> exchange) {
    exchange.onSent(
        response -> {
          if (response instanceof ApiVersionsResponse versions && versions.errorCode() == 0) {
            gate.onVersionsTold(exchange.connectionId());
          }
        });
  }

  void forget(Connection connection) {
    gate.forget(connection);
  }
}
