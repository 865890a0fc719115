package io.ottla.internal.producer;

import io.ottla.error.OttlaException;
import io.ottla.producer.ProducerRecord;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a stream of records.
 *
 * <p>It asks for a few at a time, and for more when these have found room; what finds none waits
 * here, and never more than was asked for. Nobody waits for anything.
 *
 * <p>Thread: any; one at a time hands records over, whoever comes while it does leaves the rest to
 * it.
 */
final class RoutedSubscriber<K, V> implements Flow.Subscriber<ProducerRecord<K, V>> {
  private static final Logger log = LoggerFactory.getLogger(RoutedSubscriber.class);
  private static final int MOST_ASKED = 256;
  private static final int ASKED_AGAIN = MOST_ASKED / 2;

  /** For a record that needs more room than there was when some was told of. */
  private static final Waiting WAIT_FOR_MUCH = Waiting.atMost(TimeUnit.MILLISECONDS.toNanos(100));

  private final Engine engine;
  private final Intake<K, V> intake;
  private final BooleanSupplier isProducerClosed;
  private final String name;
  private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();
  private final Queue<ProducerRecord<K, V>> held = new ConcurrentLinkedQueue<>();
  private final AtomicInteger turns = new AtomicInteger(); // of handing over, that are due

  // Of whoever has the turn.
  private int handedOver; // since more were asked for
  private @Nullable ProducerRecord<K, V> ready; // the first of those held, past the interceptors
  private boolean waitsForRoom;

  private volatile boolean hasRoom; // since it waits for some

  RoutedSubscriber(
      Engine engine, Intake<K, V> intake, BooleanSupplier isProducerClosed, String name) {
    this.engine = engine;
    this.intake = intake;
    this.isProducerClosed = isProducerClosed;
    this.name = name;
  }

  @Override
  public void onSubscribe(Flow.Subscription its) {
    Objects.requireNonNull(its, "the subscription is null");
    if (subscription.compareAndSet(null, its)) {
      its.request(MOST_ASKED);
    } else {
      its.cancel(); // it has one
    }
  }

  @Override
  public void onNext(ProducerRecord<K, V> record) {
    held.add(Intake.present(record));
    handOver();
  }

  private void handOver() {
    if (turns.getAndIncrement() == 0) {
      int taken = 1;
      while (taken != 0) {
        handOverAll();
        taken = turns.addAndGet(-taken);
      }
    }
  }

  private void handOverAll() {
    boolean isSecondTry = waitsForRoom;
    if (waitsForRoom && !hasRoom) {
      return;
    }
    waitsForRoom = false;
    hasRoom = false;
    for (ProducerRecord<K, V> head = held.peek(); head != null; head = held.peek()) {
      ProducerRecord<K, V> now = ready == null ? intake.intercept(head, null) : ready;
      if (now != null && !isTaken(now, isSecondTry ? WAIT_FOR_MUCH : Waiting.NEVER)) {
        ready = now;
        waitsForRoom = true;
        engine.onRoom(this::onRoom);
        return;
      }
      isSecondTry = false;
      ready = null;
      ProducerRecord<K, V> unused = held.poll();
      askForMore();
    }
  }

  private boolean isTaken(ProducerRecord<K, V> record, Waiting waiting) {
    try {
      return intake.append(record, null, waiting);
    } catch (OttlaException noRoomForItsReport) {
      log.warn("[{}] a record of a stream is lost: {}", name, noRoomForItsReport.getMessage());
      return true;
    }
  }

  private void onRoom() {
    hasRoom = true;
    handOver();
  }

  private void askForMore() {
    Flow.Subscription its = subscription.get();
    if (its == null) {
      return;
    }
    if (isProducerClosed.getAsBoolean()) {
      its.cancel();
    } else if (++handedOver == ASKED_AGAIN) {
      handedOver = 0;
      its.request(ASKED_AGAIN);
    }
  }

  @Override
  public void onError(Throwable failure) {
    log.warn("[{}] the stream that feeds the producer failed: {}", name, failure.toString());
  }

  @Override
  public void onComplete() {
    log.debug("[{}] the stream that feeds the producer is over", name);
  }
}
