package io.ottla.internal.net.tls;

import io.ottla.internal.net.Endpoint;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The JVM's check of certificates, with refusals that say what is wrong with which certificate, in
 * the same words for both engines.
 *
 * <p>Thread: any that runs a handshake's tasks. Always: accepts exactly what the JVM's check
 * accepts.
 */
final class CheckedTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager jvm;
  private final Diagnosis diagnosis;

  CheckedTrust(X509ExtendedTrustManager jvm, boolean trustsSystem) {
    this.jvm = jvm;
    diagnosis = new Diagnosis(jvm, trustsSystem);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    try {
      jvm.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException refused) {
      Endpoint peer = new Endpoint(engine.getPeerHost(), engine.getPeerPort());
      throw diagnosis.of(refused, chain, authType, peer);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    jvm.checkServerTrusted(chain, authType, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    // Without an engine the host's name would not be looked at.
    throw new CertificateException("the broker's certificate came without its connection");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    jvm.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    jvm.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    jvm.checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return jvm.getAcceptedIssuers();
  }
}
