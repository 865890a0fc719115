package io.ottla.internal.producer;

import io.ottla.error.ClosedException;
import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.error.TimeoutException;
import io.ottla.internal.cluster.ClusterFloor;
import io.ottla.internal.cluster.metadata.ClusterView;
import io.ottla.internal.cluster.metadata.TopicView;
import io.ottla.internal.runtime.LoopConfined;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that the staged records of one topic go on: asks which partitions there are, has the
 * records placed, or fails them.
 *
 * <p>Thread: the loop; placing happens on a sealer's, because partitioners are users' code. Always:
 * at most one question or placing is under way.
 */
@LoopConfined
final class Staging {
  /** So long a partition that brokers do not know of may just not have come to their ears. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final ClusterFloor floor;
  private final TopicQueue topic;
  private final BatchEnds ends;
  private final Placing.Refuser refuser;
  private final Consumer<TopicQueue> afterPlacing;
  private final List<Runnable> waiters = new ArrayList<>();
  private StagingState state = StagingState.IDLE;
  private long sinceNanos; // valid unless IDLE: when the first question was asked

  /**
   * @param afterPlacing hears that partitions were shown
   */
  Staging(
      ClusterFloor floor,
      TopicQueue topic,
      BatchEnds ends,
      Placing.Refuser refuser,
      Consumer<TopicQueue> afterPlacing) {
    this.floor = floor;
    this.topic = topic;
    this.ends = ends;
    this.refuser = refuser;
    this.afterPlacing = afterPlacing;
  }

  /** Whether records are being placed, so that nobody else may show partitions. */
  boolean isPlacing() {
    return state == StagingState.PLACING;
  }

  /** Something is staged, or what was has been sealed. */
  void onStaged() {
    if (state == StagingState.CLOSED) {
      failAll(closed());
    } else if (state == StagingState.IDLE && !topic.staged().isEmpty()) {
      sinceNanos = floor.clock().nanoTime();
      ask(false);
    }
  }

  /** Tells when nothing is staged that is staged now. */
  void whenPlaced(Runnable then) {
    if (topic.staged().isEmpty() && !isPlacing()) {
      then.run();
    } else {
      waiters.add(then);
      onStaged();
    }
  }

  private void ask(boolean isAgain) {
    moveTo(StagingState.ASKING, isAgain ? "again" : "records wait");
    long deadline = deadlineNanos();
    List<String> names = List.of(topic.name());
    CompletableFuture<ClusterView> answer =
        topic.partitionCount() == 0
            ? floor.metadata().topics(names, deadline)
            : floor.metadata().refresh(names, deadline);
    CompletableFuture<Void> unused = answer.handle(this::onAnswer);
  }

  private long deadlineNanos() {
    long oldest = topic.staged().oldestNanos();
    long begin = oldest == Long.MAX_VALUE ? floor.clock().nanoTime() : oldest;
    return begin + topic.settings().deliveryTimeoutNanos();
  }

  private @Nullable Void onAnswer(@Nullable ClusterView view, @Nullable Throwable failure) {
    if (state != StagingState.ASKING) {
      return null; // closed meanwhile
    }
    if (view == null) {
      onFailure(failure);
      return null;
    }
    OttlaException refusal = view.refusal(topic.name());
    TopicView found = view.topic(topic.name());
    if (refusal != null) {
      onFailure(refusal);
    } else if (found != null && isWorthPlacing(found.partitionCount())) {
      moveTo(StagingState.PLACING, "it has " + found.partitionCount() + " partitions");
      place(found.partitionCount());
    } else {
      floor.loop().schedule(this::askAgain, ASK_AGAIN_NANOS);
    }
    return null;
  }

  /** A partition that is missing may come; but not for ever. */
  private boolean isWorthPlacing(int count) {
    return count > topic.partitionCount()
        || floor.clock().nanoTime() - sinceNanos > patienceNanos();
  }

  private long patienceNanos() {
    // Not all of their time: behind its end nobody could say any more what was missing.
    return Math.min(PATIENCE_NANOS, topic.settings().deliveryTimeoutNanos() / 2);
  }

  private void askAgain() {
    if (state == StagingState.ASKING) {
      ask(true);
    }
  }

  private void place(int partitions) {
    Placing placing = new Placing(topic, partitions, refuser, ends, floor.loop());
    floor
        .sealers()
        .execute(
            () -> {
              try {
                placing.run();
              } finally {
                floor.loop().execute(this::onPlaced);
              }
            });
  }

  private void onPlaced() {
    if (state == StagingState.PLACING) {
      moveTo(StagingState.IDLE, "all are placed");
      tellWaiters();
    }
    afterPlacing.accept(topic);
    onStaged();
  }

  private void onFailure(@Nullable Throwable failure) {
    OttlaException why = typed(topic.name(), failure);
    if (why instanceof TimeoutException) {
      failOldest(why);
    } else {
      failAll(why);
    }
    moveTo(StagingState.IDLE, "it is of no use: " + why.getMessage());
    if (topic.staged().isEmpty()) {
      tellWaiters();
    } else {
      onStaged();
    }
  }

  /** What went wrong, as what users are told. */
  static OttlaException typed(String topic, @Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof OttlaException typed
        ? typed
        : new RefusedException(
            "topic " + topic + " could not be looked up: " + cause, SendOutcome.NOT_SENT, cause);
  }

  private void failOldest(OttlaException why) {
    long now = floor.clock().nanoTime();
    long timeout = topic.settings().deliveryTimeoutNanos();
    for (long oldest = topic.staged().oldestNanos();
        oldest != Long.MAX_VALUE && now - oldest - timeout >= 0;
        oldest = topic.staged().oldestNanos()) {
      if (!failNext(why)) {
        return;
      }
    }
  }

  private void failAll(OttlaException why) {
    boolean isSome = true;
    while (isSome) {
      isSome = failNext(why);
    }
  }

  private boolean failNext(OttlaException why) {
    ProducerBatch batch = topic.staged().takeOldest();
    if (batch == null) {
      return false;
    }
    batch.unstage();
    ends.failed(batch, topic.name(), -1, why);
    return true;
  }

  /** Fails what is staged. */
  void purge(OttlaException why) {
    if (!isPlacing()) {
      failAll(why);
    }
  }

  /** Nothing goes on any more. */
  void close() {
    if (state != StagingState.CLOSED) {
      failAll(closed());
      moveTo(StagingState.CLOSED, "the producer is closed");
      tellWaiters();
    }
  }

  private OttlaException closed() {
    return new ClosedException(
        "records for "
            + topic.name()
            + " not sent: the producer was closed before its partitions were known",
        SendOutcome.NOT_SENT);
  }

  private void tellWaiters() {
    List<Runnable> told = List.copyOf(waiters);
    waiters.clear();
    told.forEach(Runnable::run);
  }

  private void moveTo(StagingState next, String why) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(topic + ": " + state + " -> " + next + ": " + why);
    }
    state = next;
  }
}
