package io.ottla.internal.producer;

import io.ottla.internal.runtime.Loop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Tells the loop which queues have a batch for it: wakes it once, however many do.
 *
 * <p>Thread: {@link #send} any; what it calls, the loop.
 */
final class Signals {
  private final Loop loop;
  private final Consumer<PartitionQueue> onReady;
  private final Queue<PartitionQueue> ready = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isWoken = new AtomicBoolean();

  Signals(Loop loop, Consumer<PartitionQueue> onReady) {
    this.loop = loop;
    this.onReady = onReady;
  }

  /** A queue has a batch for the loop. */
  void send(PartitionQueue queue) {
    if (!queue.list()) {
      return;
    }
    ready.add(queue);
    if (isWoken.compareAndSet(false, true)) {
      try {
        loop.execute(this::receive);
      } catch (RejectedExecutionException afterTheLastClose) {
        // Nobody is left who could send it: its records were failed when the producer was closed.
      }
    }
  }

  private void receive() {
    isWoken.set(false); // first: who adds from now on wakes the loop again
    for (PartitionQueue queue = ready.poll(); queue != null; queue = ready.poll()) {
      queue.unlist();
      onReady.accept(queue);
    }
  }
}
