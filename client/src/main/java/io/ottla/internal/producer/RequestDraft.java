package io.ottla.internal.producer;

import io.ottla.internal.cluster.metadata.ClusterView;
import io.ottla.internal.cluster.metadata.TopicView;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceRequest.PartitionProduceData;
import io.ottla.protocol.message.ProduceRequest.TopicProduceData;
import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.LegacyConverter;
import io.ottla.protocol.record.RecordBatches;
import io.ottla.protocol.record.UnsupportedRecordException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Produce request while it is put together. Used again for the next one.
 *
 * <p>Always: one acks value and one time-out; of each partition at most one batch.
 */
@LoopConfined
final class RequestDraft {
  private static final int FIRST_VERSION_WITH_IDS = 13;
  private static final int FIRST_VERSION_WITH_ZSTD = 7;
  private static final int FIRST_VERSION_WITH_BATCHES = 3;
  private static final int FIRST_VERSION_WITH_TIMES = 2;
  private static final BufferPool POOL = BufferPool.direct(1 << 20); // for message sets
  private static final int BYTES_PER_PARTITION = 16;
  private static final int BYTES_PER_TOPIC = 32;
  private static final int BYTES_PER_REQUEST = 256; // header and client id

  private final Grounds grounds;
  private final LegacyConverter converter = new LegacyConverter(POOL);
  private final List<Lane> lanes = new ArrayList<>();
  private long number;
  private Target target;
  private List<Shipment> shipments = new ArrayList<>();
  private List<TopicLanes> topics = new ArrayList<>();
  private ProduceRequest request = new ProduceRequest();
  private int bytes;

  RequestDraft(Grounds grounds) {
    this.grounds = grounds;
    this.target = new Target(null, 0, grounds.floor().metadata().view());
  }

  /** Whom the request is for, in which version, by what is known. */
  private record Target(@Nullable Sink sink, int version, ClusterView view) {}

  void begin(Sink sink, int version) {
    target = new Target(sink, version, grounds.floor().metadata().view());
    number = grounds.sinks().nextRequest();
    lanes.clear();
    bytes = BYTES_PER_REQUEST;
  }

  /** The lanes of which it has a batch. */
  List<Lane> lanes() {
    return lanes;
  }

  /** Whether a lane's batch may be in this request. */
  boolean takes(Lane lane) {
    if (lanes.isEmpty()) {
      return true;
    }
    TopicSettings first = lanes.get(0).settings();
    TopicSettings its = lane.settings();
    return its.acks() == first.acks() && its.requestTimeoutNanos() == first.requestTimeoutNanos();
  }

  /** Adds a batch; false if there is no room for it. */
  boolean add(Shipment shipment) {
    Lane lane = shipment.lane();
    TopicLanes topic = lane.siblings();
    TopicProduceData part = topic.part(number);
    int more =
        shipment.batch().sealed().sizeInBytes()
            + BYTES_PER_PARTITION
            + (part == null ? BYTES_PER_TOPIC + topic.name().length() : 0);
    if (!shipments.isEmpty() && more > grounds.settings().maxRequestBytes() - bytes) {
      return false;
    }
    ByteBuffer records = bytes(shipment);
    if (records == null) {
      return true;
    }
    if (part == null) {
      part = open(topic);
    }
    part.partitionData().add(new PartitionProduceData().index(lane.partition()).records(records));
    bytes += more;
    lanes.add(lane);
    shipments.add(shipment);
    return true;
  }

  /** The batch in the form of the request's version; null if that has none, and it has ended. */
  private @Nullable ByteBuffer bytes(Shipment shipment) {
    Passage passage = shipment.lane().passage();
    if (target.version >= FIRST_VERSION_WITH_ZSTD) {
      return passage.load(shipment);
    }
    Compression compression = shipment.lane().settings().compression();
    if (compression.codec() == Codec.ZSTD) {
      passage.onRefused(shipment, Troubles.tooOldForZstd(shipment, where()));
      return null;
    }
    return target.version >= FIRST_VERSION_WITH_BATCHES
        ? passage.load(shipment)
        : messageSet(shipment, compression);
  }

  /** For brokers before 0.11; before 0.10 records' times have no place in it, and are left out. */
  private @Nullable ByteBuffer messageSet(Shipment shipment, Compression compression) {
    Passage passage = shipment.lane().passage();
    byte magic = (byte) (target.version < FIRST_VERSION_WITH_TIMES ? 0 : 1);
    try {
      return converter.convert(
          RecordBatches.of(passage.load(shipment)).iterator().next(),
          magic,
          compression,
          LegacyConverter.Timestamps.DROP);
    } catch (UnsupportedRecordException inTheOldForm) {
      List<Apart.Part> parts = new Apart(shipment, grounds).withoutHeaders(where());
      if (parts.isEmpty()) {
        String why = String.valueOf(inTheOldForm.getMessage());
        passage.onRefused(shipment, Troubles.tooOld(shipment, where(), why));
      } else {
        passage.onTakenApart(shipment, parts);
      }
      return null;
    }
  }

  private String where() {
    Sink sink = target.sink;
    return sink == null ? "the broker" : sink.name();
  }

  private TopicProduceData open(TopicLanes topic) {
    TopicProduceData part = new TopicProduceData().name(topic.name());
    TopicView known = target.view.topic(topic.name()); // also keeps it from being forgotten
    if (known != null) {
      topic.onSend(known);
    }
    if (target.version >= FIRST_VERSION_WITH_IDS) {
      if (known != null && known.hasId()) {
        part.topicId(known.id());
      } else {
        // A broker may know the newest versions and yet have no ids; then names are used.
        target = new Target(target.sink, FIRST_VERSION_WITH_IDS - 1, target.view);
      }
    }
    topic.part(number, part);
    topics.add(topic);
    request.topicData().add(part);
    return part;
  }

  /** The request; null if it is empty. */
  @Nullable Dispatch end() {
    Sink sink = target.sink;
    if (shipments.isEmpty() || sink == null) {
      return null;
    }
    TopicSettings settings = lanes.get(0).settings();
    request
        .acks(settings.acks().wireValue())
        .timeoutMs(brokersShareMs(settings.requestTimeoutNanos()));
    Dispatch dispatch =
        new Dispatch(
            grounds,
            sink,
            new Dispatch.Cargo(
                request, target.version, target.view.generation(), shipments, topics, bytes));
    long nowNanos = grounds.nanoTime();
    for (Shipment shipment : shipments) {
      Lane lane = shipment.lane();
      ProducerBatch batch = shipment.batch();
      lane.meter().onSent(batch.count(), batch.sealed().sizeInBytes());
      if (batch.attempts() == 0) {
        lane.meter().onFirstSent(batch.count(), nowNanos - batch.openedNanos());
      }
      lane.passage().leave(shipment, dispatch);
    }
    topics.forEach(TopicLanes::clearPart);
    shipments = new ArrayList<>();
    topics = new ArrayList<>();
    request = new ProduceRequest();
    return dispatch;
  }

  /** Leaves time for the answer's way back: a quarter, and at most a second. */
  private static int brokersShareMs(long timeoutNanos) {
    long wholeMs = TimeUnit.NANOSECONDS.toMillis(timeoutNanos);
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, wholeMs - Math.min(1000, wholeMs / 4)));
  }
}
