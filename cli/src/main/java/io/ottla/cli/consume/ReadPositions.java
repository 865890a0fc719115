package io.ottla.cli.consume;

import io.ottla.cli.cluster.Leaders;
import io.ottla.consumer.FetchPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far each partition has been read, and how far it shall be.
 *
 * <p>Thread: one at a time.
 */
final class ReadPositions {
  private final String topic;
  private final TreeMap<Integer, Long> positions;
  private @Nullable Map<Integer, Long> ends;

  ReadPositions(String topic, Map<Integer, Long> beginnings) {
    this.topic = topic;
    this.positions = new TreeMap<>(beginnings);
  }

  long of(int partition) {
    return positions.getOrDefault(partition, 0L);
  }

  void advance(int partition, long position) {
    positions.merge(partition, position, Math::max);
  }

  void stopAt(Map<Integer, Long> newEnds) {
    ends = Map.copyOf(newEnds);
  }

  /** The offset at which a partition is done with. */
  long end(int partition) {
    return ends == null ? Long.MAX_VALUE : ends.getOrDefault(partition, Long.MAX_VALUE);
  }

  boolean isAtEnd(int partition) {
    return of(partition) >= end(partition);
  }

  boolean isAtEnd() {
    return positions.keySet().stream().allMatch(this::isAtEnd);
  }

  /** What is still to be read, by the broker that leads it; or by no leader. */
  Map<Integer, List<FetchPosition>> byLeader(Leaders leaders) throws InterruptedException {
    Map<Integer, List<FetchPosition>> byLeader = new TreeMap<>();
    for (Map.Entry<Integer, Long> position : positions.entrySet()) {
      if (!isAtEnd(position.getKey())) {
        byLeader
            .computeIfAbsent(leaders.of(position.getKey()), id -> new ArrayList<>())
            .add(new FetchPosition(topic, position.getKey(), position.getValue()));
      }
    }
    return byLeader;
  }
}
