package io.ottla.testkit.fake;

import io.ottla.testkit.internal.loop.Loop;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Faults that were staged at a {@link FaultPoint}. Thread-safe. */
public final class Interception {
  static final int FOR_EVER = Integer.MAX_VALUE;

  private final String point;
  private final Predicate<SeenRequest> where;
  private final List<Fault> faults;

  // Set once, before it is handed to the test.
  private @Nullable Loop loop;
  private @Nullable Awaiting awaiting;

  // The loop's own.
  private int toSkip;
  private int left;
  private int hits;

  Interception(
      String point, Predicate<SeenRequest> where, int skip, int count, List<Fault> faults) {
    this.point = point;
    this.where = where;
    this.toSkip = skip;
    this.left = count;
    this.faults = faults;
  }

  void stagedAt(Loop itsLoop, Awaiting itsAwaiting) {
    loop = itsLoop;
    awaiting = itsAwaiting;
  }

  boolean isUsedUp() {
    return left == 0;
  }

  /** On the loop: the fault for this request, or null. */
  @Nullable Fault match(SeenRequest request) {
    if (left == 0 || !where.test(request)) {
      return null;
    }
    if (toSkip > 0) {
      toSkip--;
      return null;
    }
    Fault fault = faults.get(Math.min(hits, faults.size() - 1));
    hits++;
    if (left != FOR_EVER) {
      left--;
    }
    return fault;
  }

  /**
   * How many requests it has had.
   *
   * @return the count
   */
  public int hits() {
    return staged().call(() -> hits);
  }

  /** Takes it away; requests that wait because of it go on waiting. */
  public void remove() {
    staged().run(() -> left = 0);
  }

  /**
   * Waits until it has had so many requests.
   *
   * @param count how many
   * @param patience how long to wait, by the system's time
   * @throws AssertionError if it has had fewer by then
   */
  public void await(int count, Duration patience) {
    if (awaiting == null) {
      throw new IllegalStateException("not staged");
    }
    awaiting.until(
        () -> hits >= count,
        patience,
        () -> "%d of %d requests have come to: %s".formatted(hits, count, this));
  }

  /** {@link #await(int, Duration)} for the first one, ten seconds long. */
  public void await() {
    await(1, Duration.ofSeconds(10));
  }

  private Loop staged() {
    if (loop == null) {
      throw new IllegalStateException("not staged");
    }
    return loop;
  }

  @Override
  public String toString() {
    return point + " -> " + faults;
  }
}
