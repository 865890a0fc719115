package io.ottla.internal.net.tls;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/**
 * Why we refuse a broker's certificate. Travels as the reason of a {@link
 * CertPathValidatorException} through the engines, which wrap it in exceptions of their own.
 */
enum Refusal implements CertPathValidatorException.Reason {
  /** Its time is over. */
  EXPIRED,
  /** Its time has not come. */
  NOT_YET_VALID,
  /** Nobody whom we trust stands for it. */
  UNKNOWN_ISSUER,
  /** It was made for another host. */
  OTHER_HOST,
  /** Its key or signature is of a kind that the JVM has switched off. */
  WEAK,
  /** Whoever issued it took it back. */
  REVOKED,
  /** Something else, in the JVM's words. */
  OTHER;

  /** The exception to throw; it says all there is to say. */
  CertificateException because(String sentence, CertificateException cause) {
    return new CertificateException(
        sentence, new CertPathValidatorException(sentence, cause, null, -1, this));
  }

  /** What was said by {@link #because}, if that lies somewhere beneath. */
  static @Nullable String sentenceIn(Throwable failure) {
    return Causes.of(failure)
        .filter(CertPathValidatorException.class::isInstance)
        .map(CertPathValidatorException.class::cast)
        .filter(cause -> cause.getReason() instanceof Refusal)
        .map(Throwable::getMessage)
        .findFirst()
        .orElse(null);
  }
}
