package io.ottla.producer;

import io.ottla.error.BufferFullException;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;

/**
 * Puts reports into a queue, to be taken by a thread of the program's own: for one send, or, as the
 * producer's listener, for all.
 *
 * <pre>{@code
 * BlockingQueue<DeliveryReport> reports = new ArrayBlockingQueue<>(10_000);
 * producer.send("orders", key, value, DeliveryQueue.into(reports));
 * DeliveryReport report = reports.take();
 * }</pre>
 *
 * <p>The queue gets copies, which stay valid. While it is full the delivery thread waits, and with
 * it every report of the producer; their records keep their room, so that senders wait in the end,
 * too. Whoever takes from the queue must therefore never wait for the producer.
 *
 * <p>When the time of {@code Producer.close} is over, nobody waits any more: a report that finds no
 * room then is lost, and that is logged. A queue without bound loses none, and bounds nothing.
 */
public final class DeliveryQueue implements DeliveryListener {
  private final BlockingQueue<? super DeliveryReport> queue;

  private DeliveryQueue(BlockingQueue<? super DeliveryReport> queue) {
    this.queue = Objects.requireNonNull(queue, "queue");
  }

  /** A listener that puts what it hears into a queue. */
  public static DeliveryListener into(BlockingQueue<? super DeliveryReport> queue) {
    return new DeliveryQueue(queue);
  }

  @Override
  public void onReport(DeliveryReport report) {
    DeliveryReport kept = report.copy();
    if (queue.offer(kept)) {
      return;
    }
    try {
      queue.put(kept);
    } catch (InterruptedException timeIsOver) {
      Thread.currentThread().interrupt();
      if (!queue.offer(kept)) {
        throw new BufferFullException(
            "the queue for delivery reports was full when the time to close was over, so that this"
                + " report is lost: "
                + kept
                + "; take from the queue until the producer is closed, or give close more time");
      }
    }
  }
}
