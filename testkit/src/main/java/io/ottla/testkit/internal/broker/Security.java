package io.ottla.testkit.internal.broker;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.testkit.internal.sasl.SaslSettings;
import io.ottla.testkit.internal.wire.TlsHandshake;
import io.ottla.testkit.internal.wire.TlsSettings;
import org.jspecify.annotations.Nullable;

/**
 * What the brokers of a fake cluster ask of their clients, and show them.
 *
 * @param tls null: no TLS
 * @param sasl null: no SASL
 * @param onHandshake is told, on the loop, how each TLS handshake went
 * @param errors how a request is answered that is refused as a whole
 */
public record Security(
    @Nullable TlsSettings tls,
    @Nullable SaslSettings sasl,
    OnHandshake onHandshake,
    Errors errors) {

  /** Hears of TLS handshakes. */
  @FunctionalInterface
  public interface OnHandshake {
    /** One has ended at a broker. */
    void ended(int brokerId, TlsHandshake handshake);
  }

  /** Makes answers that refuse. */
  @FunctionalInterface
  public interface Errors {
    /**
     * The answer to a request.
     *
     * @throws IllegalArgumentException if none is known
     */
    ResponseMessage answer(RequestMessage<?> request, ErrorCode error, int version);
  }
}
