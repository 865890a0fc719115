package io.ottla.internal.cluster.metadata;

import io.ottla.internal.runtime.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The coordinators of one type that are known, by key.
 *
 * <p>Thread: lookups on any thread, all else on the cluster's loop. Always: the generation of an
 * entry is higher than those of all entries before it.
 */
final class Found {
  private static final int DROPPED_UNTIL_CLEARED = 10_000;

  private record Entry(Coordinator coordinator, Use use) {}

  private final Map<String, Entry> byKey = new ConcurrentHashMap<>();
  private final Map<String, BrokerNode> dropped = new HashMap<>(); // on the loop
  private final Generations generations;
  private final Clock clock;

  Found(Generations generations, Clock clock) {
    this.generations = generations;
    this.clock = clock;
  }

  /** Counts entries of all types. */
  static final class Generations {
    private long last; // on the loop

    long next() {
      return ++last;
    }
  }

  @Nullable Coordinator find(String key) {
    Entry entry = byKey.get(key);
    if (entry == null) {
      return null;
    }
    entry.use.mark();
    return entry.coordinator;
  }

  /** Keeps an answer; false if it is the broker that a complaint had dropped. */
  boolean put(String key, BrokerNode node) {
    byKey.put(key, new Entry(new Coordinator(node, generations.next()), new Use(clock.nanoTime())));
    return !node.equals(dropped.remove(key));
  }

  /** Drops an entry, unless it is younger than what the complaint is about. */
  boolean drop(String key, long generationSeen) {
    Entry entry = byKey.get(key);
    if (entry == null || entry.coordinator.generation() > generationSeen) {
      return false;
    }
    drop(key, entry);
    return true;
  }

  /** Drops all that a broker coordinates; how many. */
  int dropAllOf(int brokerId) {
    int count = 0;
    for (Map.Entry<String, Entry> each : byKey.entrySet()) {
      if (each.getValue().coordinator.broker().id() == brokerId) {
        drop(each.getKey(), each.getValue());
        count++;
      }
    }
    return count;
  }

  /** Forgets what nobody has looked up for long. */
  void sweep(long nowNanos, long maxIdleNanos) {
    byKey.values().removeIf(entry -> entry.use.isIdle(nowNanos, maxIdleNanos));
  }

  boolean isEmpty() {
    return byKey.isEmpty();
  }

  private void drop(String key, Entry entry) {
    if (dropped.size() >= DROPPED_UNTIL_CLEARED) {
      dropped.clear();
    }
    byKey.remove(key);
    dropped.put(key, entry.coordinator.broker());
  }
}
