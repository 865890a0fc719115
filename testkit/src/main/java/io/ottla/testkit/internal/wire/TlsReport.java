package io.ottla.testkit.internal.wire;

import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Tells once how a handshake went. Thread: the cluster's loop. */
final class TlsReport {
  private final SSLEngine engine;
  private final long connectionId;
  private final Consumer<TlsHandshake> to;
  private boolean isTold;

  TlsReport(SSLEngine engine, long connectionId, Consumer<TlsHandshake> to) {
    this.engine = engine;
    this.connectionId = connectionId;
    this.to = to;
  }

  void succeeded() {
    SSLSession session = engine.getSession();
    tell(
        new TlsHandshake(
            connectionId,
            session.getProtocol(),
            session.getCipherSuite(),
            serverName(session),
            client(session),
            null));
  }

  void failed(@Nullable String why) {
    SSLSession unfinished = engine.getHandshakeSession();
    String name = unfinished == null ? null : serverName(unfinished);
    tell(new TlsHandshake(connectionId, "", "", name, null, String.valueOf(why)));
  }

  private void tell(TlsHandshake handshake) {
    if (!isTold) {
      isTold = true;
      to.accept(handshake);
    }
  }

  private static @Nullable String serverName(SSLSession session) {
    if (session instanceof ExtendedSSLSession extended) {
      for (SNIServerName name : extended.getRequestedServerNames()) {
        if (name instanceof SNIHostName host) {
          return host.getAsciiName();
        }
      }
    }
    return null;
  }

  private static @Nullable String client(SSLSession session) {
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate certificate
          ? certificate.getSubjectX500Principal().getName()
          : null;
    } catch (SSLPeerUnverifiedException showedNone) {
      return null;
    }
  }
}
