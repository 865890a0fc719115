package io.ottla.internal.net.tls;

import io.ottla.internal.net.Endpoint;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Objects;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Finds out why the JVM refused a broker's certificates, and puts it into a sentence. */
final class Diagnosis {
  private final X509ExtendedTrustManager jvm;
  private final boolean trustsSystem;

  Diagnosis(X509ExtendedTrustManager jvm, boolean trustsSystem) {
    this.jvm = jvm;
    this.trustsSystem = trustsSystem;
  }

  CertificateException of(
      CertificateException refused, X509Certificate[] chain, String authType, Endpoint peer) {
    Refusal refusal = kind(refused, chain, authType);
    return refusal.because(sentence(refusal, refused, chain, peer), refused);
  }

  private Refusal kind(CertificateException refused, X509Certificate[] chain, String authType) {
    if (has(refused, CertificateExpiredException.class)) {
      return Refusal.EXPIRED;
    }
    if (has(refused, CertificateNotYetValidException.class)) {
      return Refusal.NOT_YET_VALID;
    }
    if (has(refused, BasicReason.ALGORITHM_CONSTRAINED)) {
      return Refusal.WEAK;
    }
    if (has(refused, BasicReason.REVOKED)) {
      return Refusal.REVOKED;
    }
    if (has(refused, CertPathBuilderException.class)) {
      return Refusal.UNKNOWN_ISSUER;
    }
    return isTrustedSomewhere(chain, authType) ? Refusal.OTHER_HOST : Refusal.OTHER;
  }

  /** Without a connection the JVM looks at everything but the host's name. */
  private boolean isTrustedSomewhere(X509Certificate[] chain, String authType) {
    try {
      jvm.checkServerTrusted(chain, authType);
      return true;
    } catch (CertificateException notEvenThat) {
      return false;
    }
  }

  private String sentence(
      Refusal refusal, CertificateException refused, X509Certificate[] chain, Endpoint peer) {
    X509Certificate first = chain[0];
    return switch (refusal) {
      case EXPIRED -> {
        X509Certificate old = culprit(chain, CertificateExpiredException.class);
        yield "the certificate "
            + Names.of(old)
            + ", shown by "
            + peer
            + ", expired at "
            + old.getNotAfter().toInstant()
            + "; have it renewed on the broker (if it is not over yet, this machine's clock is"
            + " wrong)";
      }
      case NOT_YET_VALID -> {
        X509Certificate early = culprit(chain, CertificateNotYetValidException.class);
        yield "the certificate "
            + Names.of(early)
            + ", shown by "
            + peer
            + ", is valid only from "
            + early.getNotBefore().toInstant()
            + " on; check the clocks of this machine and of the one that issued it";
      }
      case UNKNOWN_ISSUER -> unknownIssuer(chain, peer);
      case OTHER_HOST -> otherHost(first, peer);
      case WEAK ->
          "the certificate "
              + Names.of(first)
              + ", shown by "
              + peer
              + ", is refused as too weak ("
              + lastMessage(refused)
              + "); have the broker's certificate issued with a stronger key and signature";
      case REVOKED ->
          "the certificate "
              + Names.of(first)
              + ", shown by "
              + peer
              + ", was revoked; have a new one issued for the broker";
      case OTHER ->
          "the certificate "
              + Names.of(first)
              + ", shown by "
              + peer
              + ", is not accepted ("
              + lastMessage(refused)
              + "); have the broker's certificate corrected";
    };
  }

  private static String otherHost(X509Certificate certificate, Endpoint peer) {
    String hosts = Names.hostsOf(certificate);
    return hosts.isEmpty()
        ? "the certificate "
            + Names.of(certificate)
            + ", shown by "
            + peer
            + ", names no host (it has no subject alternative names); have the broker's"
            + " certificate issued for "
            + peer.host()
        : "the certificate shown by "
            + peer
            + " is for "
            + hosts
            + ", not for "
            + peer.host()
            + "; connect by one of these names, or have the broker's certificate issued for "
            + peer.host();
  }

  private String unknownIssuer(X509Certificate[] chain, Endpoint peer) {
    X509Certificate last = chain[chain.length - 1];
    boolean isSelfSigned = last.getIssuerX500Principal().equals(last.getSubjectX500Principal());
    String trusted = trustsSystem ? "trusted by this JVM" : "among those in tls.trust";
    return (isSelfSigned && chain.length == 1
            ? "the certificate " + Names.of(last) + ", shown by " + peer + ", is signed by itself"
            : "the issuer of the certificate shown by "
                + peer
                + ", "
                + last.getIssuerX500Principal().getName())
        + (isSelfSigned && chain.length == 1 ? " and not " : ", is not ")
        + trusted
        + "; if it is the right broker, add that certificate with tls.trust"
        + " (ssl.truststore.location)";
  }

  /** Which of the chain it is about; the first if that cannot be told. */
  private static X509Certificate culprit(
      X509Certificate[] chain, Class<? extends CertificateException> kind) {
    for (X509Certificate certificate : chain) {
      try {
        certificate.checkValidity();
      } catch (CertificateExpiredException | CertificateNotYetValidException invalid) {
        if (kind.isInstance(invalid)) {
          return certificate;
        }
      }
    }
    return chain[0];
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> cause) {
    return Causes.of(failure).anyMatch(cause::isInstance);
  }

  private static boolean has(Throwable failure, BasicReason reason) {
    return Causes.of(failure)
        .anyMatch(
            cause ->
                cause instanceof CertPathValidatorException path && path.getReason() == reason);
  }

  private static @Nullable String lastMessage(Throwable failure) {
    return Causes.of(failure)
        .map(Throwable::getMessage)
        .filter(Objects::nonNull)
        .reduce((upper, deeper) -> deeper)
        .orElse(null);
  }
}
