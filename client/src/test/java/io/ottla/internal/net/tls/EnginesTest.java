package io.ottla.internal.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.SslProvider;
import io.ottla.error.ConfigException;
import io.ottla.internal.runtime.Clock;
import io.ottla.security.Tls;
import io.ottla.security.TlsEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which engine runs, and what happens to options that it does not know. */
class EnginesTest {
  private final Throwable missing = new ClassNotFoundException("io.netty.…SSL");

  @Test
  void the_native_engine_is_taken_where_it_runs() {
    assertThat(Engines.choose(TlsEngine.AUTO, null)).isEqualTo(SslProvider.OPENSSL_REFCNT);
    assertThat(Engines.choose(TlsEngine.AUTO, missing)).isEqualTo(SslProvider.JDK);
    assertThat(Engines.choose(TlsEngine.JDK, null)).isEqualTo(SslProvider.JDK);
    assertThat(Engines.choose(TlsEngine.OPENSSL, null)).isEqualTo(SslProvider.OPENSSL_REFCNT);
  }

  @Test
  void the_native_engine_runs_here_so_that_these_tests_mean_something() {
    assertThat(Engines.choose(TlsEngine.AUTO)).isEqualTo(SslProvider.OPENSSL_REFCNT);
  }

  @Test
  void who_insists_on_the_native_engine_is_told_what_to_add() {
    assertThatThrownBy(() -> Engines.choose(TlsEngine.OPENSSL, missing))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("tls.engine = OPENSSL is not accepted: it does not run here")
        .hasMessageContaining("add io.netty:netty-tcnative-boringssl-static");
  }

  @ParameterizedTest
  @EnumSource(
      value = TlsEngine.class,
      names = {"JDK", "OPENSSL"})
  void a_cipher_suite_that_the_engine_does_not_know_is_refused(TlsEngine engine) {
    Tls tls = Tls.builder().engine(engine).ciphers("ECDHE-RSA-AES128-GCM-SHA256-OLD").build();

    assertThatThrownBy(() -> TlsContexts.of(tls, Clock.system(), Runnable::run))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("tls.ciphers = ECDHE-RSA-AES128-GCM-SHA256-OLD is not accepted")
        .hasMessageContaining("TLS_AES_256_GCM_SHA384");
  }
}
