package io.ottla.internal.producer;

import io.ottla.error.AuthorizationException;
import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.internal.runtime.Loop;
import io.ottla.internal.runtime.LoopConfined;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The search for the leader of a lane that has something to send. */
@LoopConfined
final class LeaderSearch {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long ATTEMPT_NANOS = Duration.ofSeconds(10).toNanos();

  private final Lane lane;
  private final Grounds grounds;
  private boolean isUnderWay;
  private boolean isClosed;
  private Loop.@Nullable Delayed patience;

  LeaderSearch(Lane lane, Grounds grounds) {
    this.lane = lane;
    this.grounds = grounds;
  }

  /** Searches; {@link Lane#onOpen} is called when there is a leader. */
  void begin() {
    if (isUnderWay || isClosed) {
      return;
    }
    isUnderWay = true;
    if (patience == null) {
      patience = grounds.floor().loop().schedule(this::onImpatience, PATIENCE_NANOS);
    }
    long deadlineNanos = grounds.nanoTime() + ATTEMPT_NANOS;
    CompletableFuture<Void> unused =
        grounds
            .floor()
            .metadata()
            .leader(lane.topic(), lane.partition(), deadlineNanos)
            .handle(
                (view, thrown) -> {
                  end(thrown);
                  return null;
                });
  }

  private void onImpatience() {
    patience = null;
    if (isUnderWay) {
      lane.onLeaderless();
    }
  }

  private void end(@Nullable Throwable thrown) {
    isUnderWay = false;
    if (isClosed) {
      return;
    }
    if (thrown == null) {
      grounds.absence().onContact();
      stopPatience();
      lane.onOpen();
      return;
    }
    OttlaException failure =
        Troubles.typed(thrown instanceof CompletionException wrapped ? wrapped.getCause() : thrown);
    if (failure instanceof RefusedException || failure instanceof AuthorizationException) {
      stopPatience();
      lane.refuse(failure);
    } else {
      grounds.absence().onFailure();
      lane.onFruitless("the cluster", failure, String.valueOf(failure.getMessage()));
      lane.pause();
    }
  }

  private void stopPatience() {
    if (patience != null) {
      patience.cancel();
      patience = null;
    }
  }

  void close() {
    isClosed = true;
    stopPatience();
  }
}
