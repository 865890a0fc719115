package io.ottla.internal.producer;

import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.cluster.ClusterFloor;
import io.ottla.internal.cluster.metadata.ClusterView;
import io.ottla.internal.cluster.metadata.PartitionChange;
import io.ottla.internal.cluster.metadata.TopicView;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.producer.Purge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What of a producer's topics lives on the loop: takes what the queues have to the lanes, and what
 * is staged to the queues.
 *
 * <p>Thread: the loop, but for the constructor and {@link #awaySinceNanos}.
 */
@LoopConfined
final class Departures implements Sinks.Home {
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final ClusterFloor floor;
  private final BatchEnds ends;
  private final Placing.Refuser refuser;
  private final Map<String, TopicQueue> topics; // any thread adds to it
  private final Map<TopicQueue, Staging> stagings = new HashMap<>();
  private final Sinks sinks;
  private boolean isClosed;
  private Runnable stopListening = () -> {};

  Departures(
      ClusterFloor floor,
      ProducerSettings settings,
      BatchEnds ends,
      Memory memory,
      ProducerMeter meter,
      Placing.Refuser refuser,
      Map<String, TopicQueue> topics) {
    this.floor = floor;
    this.ends = ends;
    this.refuser = refuser;
    this.topics = topics;
    sinks = new Sinks(floor, settings, ends, this, memory, meter);
  }

  /** Hears of changes from now on. */
  void start() {
    stopListening = floor.metadata().onChange(this::onChange);
  }

  /** Since when no broker could be reached; 0 if one can. Any thread. */
  long awaySinceNanos() {
    return sinks.awaySinceNanos();
  }

  /** A queue has something that can go. */
  void onReady(PartitionQueue queue) {
    assert floor.loop().inLoop();
    if (queue.isStaging()) {
      staging(queue.topic()).onStaged();
    } else {
      sinks.onReady(lane(queue));
    }
  }

  private Lane lane(PartitionQueue queue) {
    Lane known = queue.lane();
    if (known == null) {
      TopicQueue topic = queue.topic();
      known = sinks.lane(topic.name(), queue.partition(), topic.settings(), queue);
      queue.lane(known);
    }
    return known;
  }

  private Staging staging(TopicQueue topic) {
    return stagings.computeIfAbsent(
        topic,
        of -> {
          Staging made = new Staging(floor, of, ends, refuser, this::onPlaced);
          if (isClosed) {
            made.close();
          }
          return made;
        });
  }

  /** A topic's partitions were shown; there may be still more of them, and nobody to send to. */
  private void onPlaced(TopicQueue topic) {
    grow(topic.name(), floor.metadata().view());
    if (isClosed) {
      ripen(topic);
    }
  }

  private void onChange(ClusterView now, List<PartitionChange> changes) {
    Set<String> grown = new HashSet<>();
    for (PartitionChange change : changes) {
      if (change.kind() == PartitionChange.Kind.ADDED && grown.add(change.topic())) {
        grow(change.topic(), now);
      }
    }
  }

  /** More partitions of a topic in use; its first ones are shown by who waits for them. */
  private void grow(String name, ClusterView now) {
    TopicQueue topic = topics.get(name);
    TopicView view = now.topic(name);
    Staging staging = topic == null ? null : stagings.get(topic);
    if (topic != null
        && view != null
        && (staging == null || !staging.isPlacing())
        && topic.partitionCount() > 0
        && view.partitionCount() > topic.partitionCount()) {
      PartitionQueue[] all = topic.grown(view.partitionCount());
      if (!topic.show(
          all, new StickySlots(all.length, Runtime.getRuntime().availableProcessors()))) {
        staging(topic).onStaged(); // it shows them when it has placed what waits
      }
    }
  }

  /**
   * Has everything that is open go, once everything that is staged is placed.
   *
   * @param then called when nothing is staged any more, before anything goes
   */
  void flush(Runnable then) {
    assert floor.loop().inLoop();
    List<TopicQueue> waiting = new ArrayList<>();
    for (TopicQueue topic : topics.values()) {
      if (!topic.staged().isEmpty() || staging(topic).isPlacing()) {
        waiting.add(topic);
      }
    }
    int[] left = {waiting.size()};
    if (left[0] == 0) {
      then.run();
      ripenAll();
      return;
    }
    for (TopicQueue topic : waiting) {
      staging(topic)
          .whenPlaced(
              () -> {
                if (--left[0] == 0) {
                  then.run();
                  ripenAll();
                }
              });
    }
  }

  /** Has everything that is open go, whatever its linger. */
  void ripenAll() {
    topics.values().forEach(this::ripen);
  }

  private void ripen(TopicQueue topic) {
    for (PartitionQueue queue : topic.partitions()) {
      queue.ripen();
      if (queue.hasBatch(true)) {
        onReady(queue);
      }
    }
  }

  /** What is open, of all topics, in bytes. */
  long openBytes() {
    long bytes = 0;
    for (TopicQueue topic : topics.values()) {
      for (PartitionQueue queue : topic.partitions()) {
        bytes += queue.openBytes();
      }
    }
    return bytes;
  }

  /**
   * Gives records up.
   *
   * @param first called before any of them is, once none is on the way from staging to its
   *     partition
   */
  void purge(Purge which, Runnable first) {
    assert floor.loop().inLoop();
    for (Staging staging : stagings.values()) {
      if (staging.isPlacing()) {
        staging.whenPlaced(() -> purge(which, first)); // its records are nowhere for the moment
        return;
      }
    }
    first.run();
    long now = floor.clock().nanoTime();
    ripenAll();
    stagings.values().forEach(staging -> staging.purge(purged()));
    sinks.purge(which);
    purgeRest(now);
  }

  /** What was being sealed when records were given up is given up when that is done. */
  private void purgeRest(long beforeNanos) {
    boolean isLeft = false;
    for (TopicQueue topic : topics.values()) {
      for (PartitionQueue queue : topic.partitions()) {
        while (queue.hasOlderThan(beforeNanos)) {
          ProducerBatch batch = queue.poll(true);
          if (batch == null) {
            isLeft = true;
            break;
          }
          batch.moveTo(BatchPhase.DONE, "given up");
          ends.failed(batch, topic.name(), queue.partition(), purged());
        }
      }
    }
    if (isLeft && !isClosed) {
      floor.loop().schedule(() -> purgeRest(beforeNanos), LOOK_AGAIN_NANOS);
    }
  }

  private static RefusedException purged() {
    return new RefusedException("record not sent: given up by purge", SendOutcome.NOT_SENT, null);
  }

  @Override
  public boolean move(ProducerBatch batch, String topic, int from) {
    TopicQueue known = topics.get(topic);
    if (known == null) {
      return false;
    }
    PartitionQueue best = null;
    for (PartitionQueue queue : known.partitions()) {
      if (queue.partition() != from
          && !queue.isFailing()
          && (best == null || queue.backlog() < best.backlog())) {
        best = queue;
      }
    }
    if (best != null) {
      known.partitions().get(from).meter().onMovedAway(batch);
      best.meter().onMovedHere(batch);
      best.take(batch);
    }
    return best != null;
  }

  /** Fails everything that is left, and what still comes. */
  void close() {
    assert floor.loop().inLoop();
    if (!isClosed) {
      isClosed = true;
      stagings.values().forEach(Staging::close);
      ripenAll();
      sinks.close();
      stopListening.run();
    }
  }
}
