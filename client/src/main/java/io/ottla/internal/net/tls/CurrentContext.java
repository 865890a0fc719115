package io.ottla.internal.net.tls;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.netty.util.ReferenceCountUtil;
import io.ottla.error.ClosedException;
import io.ottla.error.SendOutcome;
import org.jspecify.annotations.Nullable;

/**
 * The context that new connections use.
 *
 * <p>Owns: one count of it. Whoever acquires it holds another until the release, and each
 * connection's engine holds its own, so a context that was replaced lives as long as the last
 * connection that was made of it. Thread: any; the lock covers a few instructions.
 */
final class CurrentContext {
  @GuardedBy("this")
  private @Nullable TlsContext context;

  CurrentContext(TlsContext first) {
    context = first;
  }

  /** The context; to be released by {@link #release}. */
  synchronized TlsContext acquire() {
    if (context == null) {
      throw new ClosedException("the client was closed", SendOutcome.NOT_SENT);
    }
    Object unused = ReferenceCountUtil.retain(context.ssl());
    return context;
  }

  static void release(TlsContext acquired) {
    boolean unused = ReferenceCountUtil.release(acquired.ssl());
  }

  /** Takes over the next one, unless there is no more use for any. */
  synchronized void replace(TlsContext next) {
    TlsContext last = context;
    if (last == null) {
      release(next);
    } else {
      context = next;
      release(last);
    }
  }

  synchronized void close() {
    if (context != null) {
      release(context);
      context = null;
    }
  }
}
