package io.ottla.cli.consume;

import io.ottla.cli.cluster.Patience;
import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.error.OttlaException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The leaders that do not answer well at the moment, and when to try each of them again.
 *
 * <p>Thread: one at a time.
 */
final class Troubles {
  private static final class Trouble {
    private final Patience patience;
    private long retryAtNanos;

    Trouble(Duration timeout) {
      patience = new Patience(timeout);
    }
  }

  private final Duration timeout;
  private final Map<Integer, Trouble> byLeader = new HashMap<>();

  Troubles(Duration timeout) {
    this.timeout = timeout;
  }

  /** Notes that a leader failed; it will be left alone for a while. Gives up when time is up. */
  void met(int leader, String problem, @Nullable OttlaException cause) {
    Trouble trouble = byLeader.computeIfAbsent(leader, id -> new Trouble(timeout));
    if (trouble.patience.isExhausted()) {
      if (cause != null) {
        throw cause;
      }
      throw new CommandFailedException(ExitCode.UNREACHABLE, problem);
    }
    trouble.retryAtNanos = System.nanoTime() + trouble.patience.nextPauseMs() * 1_000_000;
  }

  /** Notes that a leader answered well. */
  void over(int leader) {
    byLeader.remove(leader);
  }

  void forgetAllBut(Collection<Integer> leaders) {
    byLeader.keySet().retainAll(leaders);
  }

  boolean isKnown(int leader) {
    return byLeader.containsKey(leader);
  }

  /** Whether it is too early to try a leader again. */
  boolean isTooEarly(int leader) {
    Trouble trouble = byLeader.get(leader);
    return trouble != null && trouble.retryAtNanos - System.nanoTime() > 0;
  }

  /** How long until some leader is to be tried again; a day if there is none. */
  long waitNanos() {
    long now = System.nanoTime();
    return byLeader.values().stream()
        .mapToLong(trouble -> Math.max(0, trouble.retryAtNanos - now))
        .min()
        .orElse(Duration.ofDays(1).toNanos());
  }
}
