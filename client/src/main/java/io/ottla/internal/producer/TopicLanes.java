package io.ottla.internal.producer;

import io.ottla.internal.cluster.metadata.TopicView;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.protocol.message.ProduceRequest.TopicProduceData;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The lanes of one topic, by partition. */
@LoopConfined
final class TopicLanes {
  private static final Lane[] NONE = {};

  private final String name;
  private @Nullable Lane[] lanes = NONE;

  /** Its part of the request that is being built, and which request that is. */
  private @Nullable TopicProduceData part;

  private long partOf = -1;

  /** Which topic of this name batches were last sent to; null if nobody gave it an id. */
  private @Nullable UUID sentTo;

  TopicLanes(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void add(Lane lane) {
    int partition = lane.partition();
    if (partition >= lanes.length) {
      lanes = Arrays.copyOf(lanes, Math.max(partition + 1, 2 * lanes.length));
    }
    lanes[partition] = lane;
  }

  @Nullable Lane lane(int partition) {
    return partition >= 0 && partition < lanes.length ? lanes[partition] : null;
  }

  /** Batches are about to be sent to it. */
  void onSend(TopicView topic) {
    if (topic.hasId()) {
      sentTo = topic.id();
    }
  }

  /** Whether what was sent so far went to another topic of the same name. */
  boolean isAnother(TopicView topic) {
    return sentTo != null && topic.hasId() && !topic.id().equals(sentTo);
  }

  /** Its part of the request that is being built; null if it has none. */
  @Nullable TopicProduceData part(long request) {
    return partOf == request ? part : null;
  }

  void part(long request, TopicProduceData data) {
    partOf = request;
    part = data;
  }

  void clearPart() {
    part = null;
  }
}
