package io.ottla.internal.net.tls;

import io.ottla.internal.runtime.Clock;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of a certificate of our own that brokers will refuse. */
final class OwnCertificate {
  private static final Logger LOG = LoggerFactory.getLogger(OwnCertificate.class);

  private OwnCertificate() {}

  static void check(@Nullable X509Certificate ours, Clock clock) {
    if (ours == null) {
      return;
    }
    Instant now = Instant.ofEpochMilli(clock.wallMillis());
    Instant end = ours.getNotAfter().toInstant();
    Instant start = ours.getNotBefore().toInstant();
    if (now.isAfter(end)) {
      LOG.warn(
          "tls.key: our certificate {} expired at {}; brokers will refuse it until its file is"
              + " replaced",
          Names.of(ours),
          end);
    } else if (now.isBefore(start)) {
      LOG.warn(
          "tls.key: our certificate {} is valid only from {} on; brokers will refuse it before",
          Names.of(ours),
          start);
    }
  }
}
