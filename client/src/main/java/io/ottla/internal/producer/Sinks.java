package io.ottla.internal.producer;

import io.ottla.internal.cluster.ClusterFloor;
import io.ottla.internal.cluster.metadata.ClusterView;
import io.ottla.internal.cluster.metadata.PartitionChange;
import io.ottla.internal.cluster.metadata.TopicView;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.producer.Purge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The network half of a producer: who leads what, what goes where, and what came of it. */
@LoopConfined
final class Sinks {
  /** The half that takes records, as the network half sees it. On the loop. */
  interface Home {
    /**
     * A batch that no broker can have, and whose records may go to any partition, is wanted in a
     * healthier one.
     *
     * @return whether it was taken; if not it stays with its lane
     */
    boolean move(ProducerBatch batch, String topic, int from);
  }

  private final ClusterFloor floor;
  private final Grounds grounds;
  private final Map<String, TopicLanes> topics = new HashMap<>();
  private final List<Lane> lanes = new ArrayList<>();
  private final Map<Integer, Sink> sinks = new HashMap<>();
  private final Runnable stopListening;
  private long requests;
  private boolean isClosed;

  Sinks(
      ClusterFloor floor,
      ProducerSettings settings,
      BatchEnds ends,
      Home home,
      Memory memory,
      ProducerMeter meter) {
    this.floor = floor;
    this.grounds =
        new Grounds(
            floor,
            settings,
            ends,
            home,
            memory,
            meter,
            new ProducerIds(floor, settings),
            new Deadlines(floor.loop(), floor.clock()),
            new Absence(floor.clock()),
            this);
    stopListening = floor.metadata().onChange(this::onChange);
  }

  /** A partition of which nothing was known before. */
  Lane lane(String topic, int partition, TopicSettings settings, BatchSource source) {
    assert floor.loop().inLoop();
    TopicLanes siblings = topics.computeIfAbsent(topic, TopicLanes::new);
    Lane lane = new Lane(topic, partition, settings, new Lane.Shared(source, siblings, grounds));
    siblings.add(lane);
    lanes.add(lane);
    if (isClosed) {
      lane.close();
    }
    return lane;
  }

  /** Its source has a batch, or a ripe one. Cheap if it is known already. */
  void onReady(Lane lane) {
    assert floor.loop().inLoop();
    lane.onReady();
  }

  /** Gives records up: those that wait in sources and lanes, and those in flight if so wanted. */
  void purge(Purge which) {
    assert floor.loop().inLoop();
    for (Lane lane : lanes) {
      lane.purge(which == Purge.ALL);
    }
  }

  /** Nothing is sent any more; what is left fails. Afterwards {@link #onReady} fails what comes. */
  void close() {
    assert floor.loop().inLoop();
    if (!isClosed) {
      isClosed = true;
      stopListening.run();
      grounds.ids().close();
      grounds.deadlines().close();
      sinks.values().forEach(Sink::close);
      lanes.forEach(Lane::close);
    }
  }

  /** Since when no broker could be reached, in nanoseconds; 0 if one can. Any thread. */
  long awaySinceNanos() {
    return grounds.absence().sinceNanos();
  }

  /** The way to a broker. */
  Sink sink(int brokerId) {
    return sinks.computeIfAbsent(brokerId, id -> new Sink(id, grounds));
  }

  /** Numbers requests, so that what belongs to the one being built is known. */
  long nextRequest() {
    return requests++;
  }

  private void onChange(ClusterView now, List<PartitionChange> changes) {
    if (isClosed) {
      return;
    }
    if (changes.isEmpty()) {
      grounds.absence().onContact(); // a broker has confirmed what was known
    }
    for (PartitionChange change : changes) {
      TopicLanes siblings = topics.get(change.topic());
      Lane lane = siblings == null ? null : siblings.lane(change.partition());
      if (siblings != null && lane != null) {
        if (isOfAnotherTopic(change, siblings, now)) {
          lane.onTopicMadeAnew();
        }
        lane.onChange(now);
      }
    }
  }

  /**
   * Of the same name: it took the other one's place, or came when that had been gone for a while.
   */
  private static boolean isOfAnotherTopic(
      PartitionChange change, TopicLanes siblings, ClusterView now) {
    return switch (change.kind()) {
      case RECREATED -> true;
      case ADDED -> {
        TopicView topic = now.topic(change.topic());
        yield topic != null && siblings.isAnother(topic);
      }
      case LEADER, REMOVED -> false;
    };
  }
}
