package io.ottla.testkit.internal.group;

import io.ottla.testkit.internal.loop.Timer;
import io.ottla.testkit.internal.loop.Timers;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The sessions of a group's members, one timer each. Thread: the cluster's loop. */
final class Sessions {
  private final Timers timers;
  private final Consumer<String> onExpiry;
  private final Map<String, Timer> byMember = new HashMap<>();

  /**
   * Sessions of nobody.
   *
   * @param onExpiry is told the id of a member that has not been heard of for its session
   */
  Sessions(Timers timers, Consumer<String> onExpiry) {
    this.timers = timers;
    this.onExpiry = onExpiry;
  }

  /** Begins a member's session, or begins it anew. */
  void restart(String memberId, int timeoutMs) {
    cancel(memberId);
    byMember.put(
        memberId,
        timers.schedule(
            timeoutMs,
            () -> {
              byMember.remove(memberId);
              onExpiry.accept(memberId);
            }));
  }

  /** Ends a member's session without a word. */
  void cancel(String memberId) {
    Timer timer = byMember.remove(memberId);
    if (timer != null) {
      timer.cancel();
    }
  }

  /** Ends all sessions without a word. */
  void cancelAll() {
    byMember.values().forEach(Timer::cancel);
    byMember.clear();
  }
}
