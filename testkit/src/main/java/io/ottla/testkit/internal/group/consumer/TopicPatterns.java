package io.ottla.testkit.internal.group.consumer;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which topics match the patterns that members subscribed to. Matching is done apart from
 * heartbeats and rarely: a pattern that nobody used before is matched soon after the heartbeat that
 * brought it, which is answered without its topics; a new topic is looked at 10 s after the last
 * time at the earliest.
 *
 * <p>Thread: the cluster's loop. Units: milliseconds of the cluster's time.
 */
final class TopicPatterns {
  private static final long MIN_INTERVAL_MILLIS = 10_000;
  private static final long MAX_INTERVAL_MILLIS = 600_000;
  private static final long NEVER = Long.MIN_VALUE;

  private final Map<String, SortedSet<String>> matches = new HashMap<>();

  /** The topics that there were when last looked. */
  private Set<String> seen = Set.of();

  /** {@link #NEVER} while no pattern has been matched. */
  private long lookedAtMillis = NEVER;

  private boolean isLooking;

  /** Topics that match; none while the pattern has not been matched yet. */
  SortedSet<String> topics(String pattern) {
    return matches.getOrDefault(pattern, new TreeSet<>());
  }

  boolean isMatched(String pattern) {
    return matches.containsKey(pattern);
  }

  /** Nobody uses the pattern any more. */
  void forget(String pattern) {
    matches.remove(pattern);
    if (matches.isEmpty()) {
      lookedAtMillis = NEVER;
    }
  }

  /** When patterns were matched last. */
  long lookedAtMillis() {
    return lookedAtMillis;
  }

  /**
   * Whether it is time to match, now that these patterns are in use.
   *
   * @param lastMillis when they were matched last, before anything was forgotten just now
   */
  boolean isDue(Collection<String> used, Collection<String> topics, long lastMillis, long now) {
    if (used.isEmpty() || isLooking) {
      return false;
    }
    if (lastMillis == NEVER) {
      return true;
    }
    return now > lastMillis + MIN_INTERVAL_MILLIS
        && (!matches.keySet().containsAll(used)
            || !seen.containsAll(topics)
            || now > lastMillis + MAX_INTERVAL_MILLIS);
  }

  /** From now until {@link #look} nothing is due. */
  void willLook() {
    isLooking = true;
  }

  /** Matches the patterns, and says whether other topics than before do. */
  boolean look(Collection<String> patterns, Collection<String> topics, long now) {
    isLooking = false;
    seen = new HashSet<>(topics);
    boolean changed = false;
    for (String pattern : patterns) {
      Pattern compiled = Re2Dialect.compile(pattern);
      SortedSet<String> matching = new TreeSet<>(topics);
      matching.removeIf(topic -> !compiled.matcher(topic).matches());
      changed |= !topics(pattern).equals(matching);
      matches.put(pattern, matching);
      lookedAtMillis = now;
    }
    return changed;
  }
}
