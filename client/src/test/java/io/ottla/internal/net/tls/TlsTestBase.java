package io.ottla.internal.net.tls;

import io.netty.pkitesting.X509Bundle;
import io.ottla.internal.runtime.Clock;
import io.ottla.pki.Authority;
import io.ottla.security.Tls;
import io.ottla.security.TlsEngine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Servers and clients that are gone after each test. */
abstract class TlsTestBase {
  static final Authority AUTHORITY = new Authority("the test authority");
  static final X509Bundle BROKER = AUTHORITY.server("localhost", "broker1", "127.0.0.1");

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private @Nullable ExecutorService tasks;

  final <T extends AutoCloseable> T closing(T resource) {
    open.push(resource);
    return resource;
  }

  final ExecutorService tasks() {
    if (tasks == null) {
      tasks = Executors.newSingleThreadExecutor(task -> new Thread(task, "tls-tasks"));
    }
    return tasks;
  }

  final EchoServer server() {
    return closing(EchoServer.tls(BROKER));
  }

  final EchoClient client(Tls tls) {
    TlsContexts contexts = closing(TlsContexts.of(tls, Clock.system(), tasks()));
    return closing(new EchoClient(contexts));
  }

  static Tls.Builder trusting(TlsEngine engine) {
    return Tls.builder().engine(engine).trustPem(AUTHORITY.pem());
  }

  @AfterEach
  final void close_all() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
    ExecutorService running = tasks();
    tasks = null;
    running.shutdown();
    if (!running.awaitTermination(50, TimeUnit.SECONDS)) {
      throw new AssertionError("tasks do not end");
    }
  }
}
