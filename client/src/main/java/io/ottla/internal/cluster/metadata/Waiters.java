package io.ottla.internal.cluster.metadata;

import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;
import io.ottla.internal.runtime.LoopConfined;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * All who wait, each until its own deadline. One that is cancelled leaves, and nobody else notices.
 *
 * <p>Thread: the cluster's loop.
 *
 * @param <W> their kind
 */
@LoopConfined
final class Waiters<W extends Waiter<?>> {
  private final Loop loop;
  private final Clock clock;
  private final Alarm deadlines;
  private final Consumer<List<W>> onExpired;
  private final Set<W> waiting = new LinkedHashSet<>();

  /**
   * @param onExpired is told who has waited too long, and waits no more
   */
  Waiters(Loop loop, Clock clock, Consumer<List<W>> onExpired) {
    this.loop = loop;
    this.clock = clock;
    this.onExpired = onExpired;
    deadlines = new Alarm(loop, clock, this::expire);
  }

  void add(W waiter) {
    assert loop.inLoop();
    waiting.add(waiter);
    deadlines.armFor(waiter.deadlineNanos);
    CompletableFuture<?> unused = waiter.future.whenComplete((done, failure) -> leave(waiter));
  }

  void remove(W waiter) {
    waiting.remove(waiter);
    if (waiting.isEmpty()) {
      deadlines.cancel();
    }
  }

  /** Those who wait now; not to be changed while it is walked. */
  Set<W> all() {
    return waiting;
  }

  /** Takes out all. */
  List<W> drain() {
    List<W> all = new ArrayList<>(waiting);
    waiting.clear();
    deadlines.cancel();
    return all;
  }

  /** On any thread: whoever completed it, it waits no more. */
  private void leave(W waiter) {
    if (loop.inLoop()) {
      remove(waiter);
      return;
    }
    try {
      loop.execute(() -> remove(waiter));
    } catch (RejectedExecutionException loopIsGone) {
      // And nobody waits on it any more.
    }
  }

  private void expire() {
    long now = clock.nanoTime();
    long leastNanos = Long.MAX_VALUE;
    List<W> due = new ArrayList<>();
    for (Iterator<W> each = waiting.iterator(); each.hasNext(); ) {
      W waiter = each.next();
      if (waiter.isDue(now)) {
        each.remove();
        due.add(waiter);
      } else {
        leastNanos = Math.min(leastNanos, waiter.deadlineNanos - now);
      }
    }
    if (!waiting.isEmpty()) {
      deadlines.armFor(now + leastNanos);
    }
    onExpired.accept(due);
  }
}
