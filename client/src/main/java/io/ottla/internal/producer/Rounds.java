package io.ottla.internal.producer;

import io.ottla.internal.runtime.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Which batches were begun before a flush: each belongs to the round that was open when it was.
 *
 * <p>Thread: {@link #join} any; the rest the loop. Always: a round that was closed takes nobody, so
 * that what comes after a flush cannot delay it.
 */
final class Rounds {
  /** The batches between two flushes. */
  static final class Round {
    private static final int CLOSED = Integer.MIN_VALUE;

    /** How many are under way; with {@link #CLOSED} added once it is closed. */
    private final AtomicInteger members = new AtomicInteger();

    private boolean join() {
      for (int now = members.get(); now >= 0; now = members.get()) {
        if (members.compareAndSet(now, now + 1)) {
          return true;
        }
      }
      return false;
    }

    /** A member is taken apart: one more of it belongs here, closed or not. */
    void joinAsPart() {
      members.incrementAndGet();
    }

    private boolean isEmpty() {
      return members.get() == CLOSED;
    }

    private void close() {
      members.addAndGet(CLOSED);
    }

    private void leave() {
      members.decrementAndGet();
    }
  }

  /**
   * Somebody who waits.
   *
   * @param rounds those that must be over
   */
  private record Waiter(List<Round> rounds, Runnable onOver) {}

  private final Loop loop;
  private volatile Round open = new Round();

  // The loop's.
  private final List<Round> closed = new ArrayList<>();
  private final List<Waiter> waiters = new ArrayList<>();

  Rounds(Loop loop) {
    this.loop = loop;
  }

  /** A batch begins. */
  Round join() {
    while (true) {
      Round now = open;
      if (now.join()) {
        return now;
      }
    }
  }

  /** A batch that was to begin never did. Any thread. */
  void abandon(@Nullable Round round) {
    if (round != null) {
      round.leave();
      loop.execute(this::tell);
    }
  }

  /** A batch ended. */
  void leave(Round round) {
    round.leave();
    if (round != open) {
      tell();
    }
  }

  /** Closes the round; tells when it and all before it are over. */
  void whenOver(Runnable then) {
    Round now = open;
    open = new Round();
    now.close();
    closed.add(now);
    waiters.add(new Waiter(List.copyOf(closed), then));
    tell();
  }

  private void tell() {
    closed.removeIf(Round::isEmpty);
    List<Runnable> over = new ArrayList<>();
    waiters.removeIf(
        waiter -> {
          boolean isOver = waiter.rounds.stream().allMatch(Round::isEmpty);
          if (isOver) {
            over.add(waiter.onOver);
          }
          return isOver;
        });
    over.forEach(Runnable::run);
  }
}
