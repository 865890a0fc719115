package io.ottla.internal.net.tls;

import io.netty.handler.ssl.SslProvider;
import io.ottla.error.ConfigException;
import io.ottla.internal.runtime.Clock;
import io.ottla.security.Tls;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether the files changed, and reads them again if so. What counts is their content: a
 * moved link, another inode or an old time of change are all the same to it.
 *
 * <p>Thread: {@link #onUse} and {@link #look} on any, and they only hand over; the rest on {@code
 * blocking}, one look at a time. Always: what cannot be used changes nothing and is complained of
 * once per content.
 */
final class Reload {
  private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

  private final Tls tls;
  private final SslProvider engine;
  private final Clock clock;
  private final Executor blocking;
  private final Consumer<TlsContext> onNew;
  private final boolean isWanted;
  private final AtomicBoolean isLooking = new AtomicBoolean();

  private volatile long lookedNanos;

  /** Of the content last looked at; written only by whoever set {@code isLooking}. */
  private volatile String seen;

  Reload(
      Tls tls,
      SslProvider engine,
      Clock clock,
      Executor blocking,
      String seen,
      Consumer<TlsContext> onNew) {
    this.tls = tls;
    this.engine = engine;
    this.clock = clock;
    this.blocking = blocking;
    this.seen = seen;
    this.onNew = onNew;
    isWanted = !tls.reloadInterval().isZero() && tls.readsFiles();
    lookedNanos = clock.nanoTime();
  }

  /** Has somebody look, if the last look is an interval ago. */
  void onUse() {
    if (isWanted && clock.nanoTime() - lookedNanos >= tls.reloadInterval().toNanos()) {
      look();
    }
  }

  /** Has somebody look. */
  void look() {
    if (isLooking.compareAndSet(false, true)) {
      lookedNanos = clock.nanoTime();
      try {
        blocking.execute(this::lookNow);
      } catch (RejectedExecutionException closing) {
        isLooking.set(false);
      }
    }
  }

  private void lookNow() {
    try {
      String found = tls.fingerprint();
      if (!found.equals(seen)) {
        seen = found;
        readAgain();
      }
    } finally {
      isLooking.set(false);
    }
  }

  private void readAgain() {
    try {
      TlsContext next = TlsContext.of(tls, tls.read(), engine);
      OwnCertificate.check(next.ours(), clock);
      onNew.accept(next);
      LOG.info("tls: the files changed; new connections use what they hold now ({})", tls);
    } catch (ConfigException unusable) {
      LOG.warn(
          "tls: the files changed, but cannot be used; connections go on with what was read before:"
              + " {}",
          unusable.getMessage());
    }
  }
}
