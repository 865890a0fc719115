package io.ottla.testkit.internal.wire;

import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How a fake broker speaks TLS with those who connect from now on.
 *
 * <p>Thread: the cluster's loop.
 */
public final class TlsServer {
  private static final char[] PASSWORD = {};

  private final Consumer<TlsHandshake> onHandshake;
  private TlsSettings settings;
  private SSLContext context;

  /**
   * @param onHandshake is told, on the loop, how each one went
   * @throws IllegalArgumentException if nobody can serve with such a certificate
   */
  public TlsServer(TlsSettings settings, Consumer<TlsHandshake> onHandshake) {
    this.onHandshake = onHandshake;
    this.settings = settings;
    context = context(settings);
  }

  /** Changes what it shows and asks. */
  public void settings(TlsSettings changed) {
    context = context(changed);
    settings = changed;
  }

  /** What it shows and asks. */
  public TlsSettings settings() {
    return settings;
  }

  SSLEngine newEngine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    switch (settings.clientAuth()) {
      case NONE -> {}
      case WANTED -> engine.setWantClientAuth(true);
      case NEEDED -> engine.setNeedClientAuth(true);
    }
    return engine;
  }

  void ended(TlsHandshake handshake) {
    onHandshake.accept(handshake);
  }

  private static SSLContext context(TlsSettings settings) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "broker", settings.key(), PASSWORD, settings.chain().toArray(Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      SSLContext made = SSLContext.getInstance("TLS");
      made.init(keys.getKeyManagers(), trust(settings.trusted()), null);
      return made;
    } catch (Exception e) {
      throw new IllegalArgumentException("cannot serve TLS with this certificate: " + e, e);
    }
  }

  /** With no authority nobody is trusted; null would read all that the JDK trusts, for nothing. */
  private static TrustManager[] trust(@Nullable X509Certificate authority) throws Exception {
    if (authority == null) {
      return new TrustManager[0];
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("authority", authority);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust.getTrustManagers();
  }
}
