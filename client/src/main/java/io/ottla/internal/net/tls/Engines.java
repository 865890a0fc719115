package io.ottla.internal.net.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import io.ottla.error.ConfigException;
import io.ottla.security.Tls;
import io.ottla.security.TlsEngine;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Which engine runs, and what it can do. */
final class Engines {
  private Engines() {}

  /**
   * The engine to use.
   *
   * @throws ConfigException if the one that was asked for does not run here
   */
  static SslProvider choose(TlsEngine wanted) {
    return choose(wanted, OpenSsl.unavailabilityCause());
  }

  static SslProvider choose(TlsEngine wanted, @Nullable Throwable whyNoOpenSsl) {
    return switch (wanted) {
      case JDK -> SslProvider.JDK;
      case AUTO -> whyNoOpenSsl == null ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
      case OPENSSL -> {
        if (whyNoOpenSsl != null) {
          throw new ConfigException(
              "tls.engine",
              "OPENSSL",
              "it does not run here ("
                  + whyNoOpenSsl
                  + "); add io.netty:netty-tcnative-boringssl-static to the class path, or choose"
                  + " AUTO");
        }
        yield SslProvider.OPENSSL_REFCNT;
      }
    };
  }

  /**
   * Checks that the engine knows all cipher suites that were asked for.
   *
   * @throws ConfigException naming the first that it does not know
   */
  static void checkCiphers(Tls tls, SslProvider engine) {
    if (tls.ciphers().isEmpty()) {
      return;
    }
    Set<String> known = ciphers(engine);
    for (String name : tls.ciphers()) {
      if (!known.contains(name)) {
        throw new ConfigException(
            "tls.ciphers",
            name,
            "names of cipher suites as Java has them, of those that the engine knows: "
                + String.join(
                    ", ", known.stream().filter(each -> each.startsWith("TLS_")).toList()));
      }
    }
  }

  private static Set<String> ciphers(SslProvider engine) {
    if (engine != SslProvider.JDK) {
      return OpenSsl.availableJavaCipherSuites();
    }
    try {
      return Set.copyOf(
          List.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every JVM has one
    }
  }
}
