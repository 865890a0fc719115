package io.ottla.testkit.internal.group.consumer;

import io.ottla.testkit.internal.loop.Timer;
import io.ottla.testkit.internal.loop.Timers;
import java.util.HashMap;
import java.util.Map;

/**
 * What the members of a group are waited for. One timer per member and kind; an id without a member
 * has none.
 *
 * <p>Thread: the cluster's loop. Units: milliseconds.
 */
final class MemberTimers {
  /** What is to happen before the time is up. */
  enum Kind {
    /** The next heartbeat, of either protocol. */
    SESSION,
    /** The member's word that it gave up its partitions. */
    REVOCATION,
    /** The JoinGroup of a member that was told to rejoin. */
    JOIN,
    /** The SyncGroup after a JoinGroup. */
    SYNC
  }

  private record Key(Kind kind, String memberId) {}

  private final Timers timers;
  private final Map<Key, Timer> waiting = new HashMap<>();

  MemberTimers(Timers timers) {
    this.timers = timers;
  }

  /** Waits, from now on, anew. */
  void restart(Kind kind, String memberId, long millis, Runnable whenLate) {
    cancel(kind, memberId);
    Key key = new Key(kind, memberId);
    waiting.put(
        key,
        timers.schedule(
            millis,
            () -> {
              waiting.remove(key);
              whenLate.run();
            }));
  }

  /** Waits, but if that is so already, no longer than it did. */
  void startIfAbsent(Kind kind, String memberId, long millis, Runnable whenLate) {
    if (!waiting.containsKey(new Key(kind, memberId))) {
      restart(kind, memberId, millis, whenLate);
    }
  }

  void cancel(Kind kind, String memberId) {
    Timer timer = waiting.remove(new Key(kind, memberId));
    if (timer != null) {
      timer.cancel();
    }
  }

  void cancelAll(String memberId) {
    for (Kind kind : Kind.values()) {
      cancel(kind, memberId);
    }
  }

  void cancelAll() {
    waiting.values().forEach(Timer::cancel);
    waiting.clear();
  }
}
