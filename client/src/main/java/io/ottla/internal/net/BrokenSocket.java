package io.ottla.internal.net;

import io.netty.handler.codec.DecoderException;
import io.ottla.error.ConnectPhase;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What an exception that a socket ended with means for its connection. */
final class BrokenSocket {
  private BrokenSocket() {}

  /**
   * Puts it into words; null if it is none of a socket's.
   *
   * @param position where the stream stood
   */
  static @Nullable Loss reason(Throwable thrown, Connection connection, String position) {
    boolean isWrapped = thrown instanceof DecoderException && thrown.getCause() != null;
    Throwable cause = isWrapped ? thrown.getCause() : thrown;
    if (cause instanceof SSLException) {
      return ofTls(cause, connection, position);
    }
    return cause instanceof IOException
        ? Loss.lost("the connection broke" + position + ": " + cause.getMessage(), cause)
        : null;
  }

  /**
   * The peer hung up.
   *
   * @param wasUsed whether it ever answered a call that was not the connection's own
   * @param position where the stream stood
   */
  static Loss hungUp(Connection connection, boolean wasUsed, String position) {
    boolean mayWantSasl =
        connection.state() == ConnectionState.READY
            && !wasUsed
            && connection.settings().sasl() == null;
    String hint =
        mayWantSasl
            ? " before it answered anything; if it always does, it may want SASL there"
            : "";
    return Loss.lost("the broker closed the connection" + position + hint, null);
  }

  /** With TLS 1.3 a broker that rejects our certificate says so after our end of the handshake. */
  private static Loss ofTls(Throwable cause, Connection connection, String position) {
    TlsClient tls = connection.settings().tls();
    String why = tls == null ? cause.getMessage() + "" : tls.explain(cause, connection.endpoint());
    return connection.state() == ConnectionState.HANDSHAKING
        ? Loss.unreachable(
            ConnectPhase.TLS, "TLS failed: " + why, "no TLS connection: " + why, cause)
        : Loss.lost("TLS failed" + position + ": " + why, cause);
  }
}
