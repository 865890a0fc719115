package io.ottla.protocol.record;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Native workspaces of codecs that are used again, one user at a time: at most as many lie idle as
 * there are processors.
 *
 * <p>Thread: any; the lock is held for a push or a pop.
 */
final class Spares<T> {
  private final Supplier<T> maker;
  private final Consumer<T> closer;
  private final int maxIdle = Runtime.getRuntime().availableProcessors();
  private final ArrayDeque<T> idle = new ArrayDeque<>(maxIdle);

  Spares(Supplier<T> maker, Consumer<T> closer) {
    this.maker = maker;
    this.closer = closer;
  }

  /** Hands one out; the caller gives it back, or discards it if it may be in disorder. */
  T take() {
    T spare = pop();
    return spare == null ? maker.get() : spare;
  }

  void giveBack(T used) {
    if (!push(used)) {
      discard(used);
    }
  }

  void discard(T used) {
    closer.accept(used);
  }

  private synchronized @Nullable T pop() {
    return idle.pollLast();
  }

  private synchronized boolean push(T used) {
    if (idle.size() == maxIdle) {
      return false;
    }
    idle.addLast(used);
    return true;
  }
}
