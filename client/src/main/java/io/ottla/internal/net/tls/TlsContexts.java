package io.ottla.internal.net.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.ottla.internal.net.Endpoint;
import io.ottla.internal.net.TlsClient;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.SharedRuntime;
import io.ottla.security.Tls;
import java.security.cert.X509Certificate;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of one client: makes the TLS end of each new connection, out of what the client's files
 * held when they were last read and were in order.
 *
 * <p>Thread: any. Nothing waits but what is handed to {@code blocking}: the reading of files, and
 * the tasks of handshakes (certificates' checks, signatures), which may load classes or ask for
 * revocation lists.
 */
public final class TlsContexts implements TlsClient, AutoCloseable {
  private final Tls tls;
  private final Clock clock;
  private final Executor blocking;
  private final CurrentContext current;
  private final Reload reload;
  private volatile Explanation explanation;
  private volatile @Nullable Future<?> timer;

  private TlsContexts(Tls tls, Clock clock, Executor blocking) {
    this.tls = tls;
    this.clock = clock;
    this.blocking = blocking;
    SslProvider engine = Engines.choose(tls.engine());
    Engines.checkCiphers(tls, engine);
    String fingerprint = tls.fingerprint();
    TlsContext first = TlsContext.of(tls, tls.read(), engine);
    OwnCertificate.check(first.ours(), clock);
    current = new CurrentContext(first);
    explanation = new Explanation(tls, clock, first.ours());
    reload = new Reload(tls, engine, clock, blocking, fingerprint, this::onNew);
  }

  /**
   * Reads the files, and looks at them again when connections are made, at most once per interval.
   * Waits for the disk.
   *
   * @param blocking runs what may wait
   * @throws io.ottla.error.ConfigException if the files or the engine are not as they should be
   */
  public static TlsContexts of(Tls tls, Clock clock, Executor blocking) {
    return new TlsContexts(tls, clock, blocking);
  }

  /**
   * As {@link #of(Tls, Clock, Executor)}, and looks at the files at each interval besides, so that
   * also the first connection after a long pause finds them read.
   *
   * @param timer where the interval is waited for; nothing else is done there
   */
  public static TlsContexts of(
      Tls tls, Clock clock, Executor blocking, ScheduledExecutorService timer) {
    TlsContexts contexts = new TlsContexts(tls, clock, blocking);
    long nanos = tls.reloadInterval().toNanos();
    if (nanos > 0 && tls.readsFiles()) {
      contexts.timer =
          timer.scheduleWithFixedDelay(contexts.reload::look, nanos, nanos, TimeUnit.NANOSECONDS);
    }
    return contexts;
  }

  /**
   * As {@link #of(Tls, Clock, Executor, ScheduledExecutorService)}, with the threads that all
   * clients share.
   */
  public static TlsContexts of(Tls tls, Clock clock, SharedRuntime.Lease runtime) {
    return of(tls, clock, runtime.blocking(), runtime.nextLoop());
  }

  @Override
  public SslHandler newHandler(ByteBufAllocator allocator, Endpoint peer) {
    reload.onUse();
    TlsContext context = current.acquire();
    try {
      return Handlers.of(context.ssl(), allocator, peer, blocking);
    } finally {
      CurrentContext.release(context);
    }
  }

  @Override
  public String explain(Throwable failure, Endpoint peer) {
    return explanation.of(failure, peer);
  }

  /** Has somebody look at the files. */
  void look() {
    reload.look();
  }

  private void onNew(TlsContext next) {
    X509Certificate ours = next.ours();
    explanation = new Explanation(tls, clock, ours);
    current.replace(next);
  }

  /** Makes no more handlers. The connections that were made live on. */
  @Override
  public void close() {
    Future<?> running = timer;
    if (running != null) {
      running.cancel(false);
    }
    current.close();
  }
}
