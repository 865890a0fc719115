package io.ottla.internal.producer;

import io.ottla.internal.cluster.ClusterFloor;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.producer.Purge;

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

  Sinks(
      ClusterFloor floor,
      ProducerSettings settings,
      BatchEnds ends,
      Home home,
      Memory memory,
      ProducerMeter meter) {}

  /** A partition of which nothing was known before. */
  Lane lane(String topic, int partition, TopicSettings settings, BatchSource source) {
    return new Lane(topic, partition, settings, source);
  }

  /** Its source has a batch, or a ripe one. Cheap if it is known already. */
  void onReady(Lane lane) {}

  /** Gives records up: those that wait in sources and lanes, and those in flight if so wanted. */
  void purge(Purge which) {}

  /** Nothing is sent any more; what is left fails. Afterwards {@link #onReady} fails what comes. */
  void close() {}

  /** Since when no broker could be reached, in nanoseconds; 0 if one can. Any thread. */
  long awaySinceNanos() {
    return 0;
  }
}
