package io.ottla.internal.net;

import io.ottla.error.OttlaException;
import io.ottla.internal.runtime.LoopConfined;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for a link's next connection, in the order in which they came.
 *
 * <p>Always: each is told its end once; nobody sees more failed attempts than the link's retries
 * allow, counted from when it came. Thread: the link's loop.
 */
@LoopConfined
final class WaitingRoom {
  private record Place(Waiter waiter, long failuresBefore) {}

  private final int retries;
  private final Deque<Place> places = new ArrayDeque<>();
  private long failures;

  /**
   * @param retries how many failed attempts each outlives; {@link Reconnect#UNLIMITED} for all
   */
  WaitingRoom(int retries) {
    this.retries = retries;
  }

  void add(Waiter waiter) {
    places.add(new Place(waiter, failures));
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  /** Whose turn it is, and who waits no longer; null if nobody does. */
  @Nullable Waiter next() {
    Place place = places.poll();
    return place == null ? null : place.waiter;
  }

  /** An attempt failed: whoever has seen enough of them leaves. */
  void onFailedAttempt(Loss loss, long nowNanos) {
    failures++;
    // Who came earlier has seen at least as many.
    while (!places.isEmpty() && hasSeenEnough(places.element(), loss)) {
      leave(places.remove(), loss, nowNanos);
    }
  }

  /** Everybody leaves. */
  void failAll(Loss loss, long nowNanos) {
    while (!places.isEmpty()) {
      leave(places.remove(), loss, nowNanos);
    }
  }

  /** Those whose time is over leave. */
  void expire(long nowNanos, String hint, @Nullable OttlaException last) {
    List<Waiter> due = new ArrayList<>();
    for (Iterator<Place> all = places.iterator(); all.hasNext(); ) {
      Waiter waiter = all.next().waiter;
      if (waiter.deadlineNanos() - nowNanos <= 0) {
        all.remove();
        due.add(waiter);
      }
    }
    due.forEach(waiter -> waiter.onTimeout(nowNanos, hint, last));
  }

  /** How long until the next one's time is over; only while somebody waits. */
  long nanosToNextDeadline(long nowNanos) {
    long least = Long.MAX_VALUE;
    for (Place place : places) {
      least = Math.min(least, place.waiter.deadlineNanos() - nowNanos);
    }
    return least;
  }

  private boolean hasSeenEnough(Place place, Loss loss) {
    boolean isUnlimited = retries == Reconnect.UNLIMITED;
    return loss.isDefinite() || (!isUnlimited && failures - place.failuresBefore > retries);
  }

  private void leave(Place place, Loss loss, long nowNanos) {
    int seen = (int) Math.min(Integer.MAX_VALUE, failures - place.failuresBefore);
    place.waiter.onFailed(loss, seen, nowNanos);
  }
}
