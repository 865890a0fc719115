package io.ottla.internal.broker;

import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.Acks;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceRequest.PartitionProduceData;
import io.ottla.protocol.message.ProduceRequest.TopicProduceData;
import io.ottla.protocol.record.Codec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Builds Produce requests. Pure. */
final class ProduceRequests {
  /** The first version that calls topics by id. */
  static final int FIRST_WITH_IDS = 13;

  private static final int FIRST_WITH_ZSTD = 7;

  private ProduceRequests() {}

  static ProduceRequest of(
      List<PartitionBatch> batches,
      Map<String, TopicId> ids,
      Function<PartitionBatch, ByteBuffer> bytes,
      Acks acks,
      Duration timeout) {
    Map<String, TopicProduceData> topics = new LinkedHashMap<>();
    for (PartitionBatch batch : batches) {
      TopicProduceData topic = topics.computeIfAbsent(batch.topic(), name -> topic(name, ids));
      topic
          .partitionData()
          .add(new PartitionProduceData().index(batch.partition()).records(bytes.apply(batch)));
    }
    ProduceRequest request =
        new ProduceRequest().acks(acks.wireValue()).timeoutMs(brokersShareMs(timeout));
    request.topicData().addAll(topics.values());
    return request;
  }

  static void requireCodec(Codec codec, int version, String peer) {
    if (codec == Codec.ZSTD && version < FIRST_WITH_ZSTD) {
      throw new RefusedException(
          "records not sent: "
              + peer
              + " takes Produce up to v"
              + version
              + ", and zstd needs v"
              + FIRST_WITH_ZSTD
              + " (Kafka 2.1); choose another codec",
          SendOutcome.NOT_SENT,
          null);
    }
  }

  private static TopicProduceData topic(String name, Map<String, TopicId> ids) {
    TopicProduceData topic = new TopicProduceData().name(name);
    TopicId id = ids.get(name);
    return id == null ? topic : topic.topicId(id.id());
  }

  /** Leaves time for the answer's way back: a quarter, and at most a second. */
  private static int brokersShareMs(Duration timeout) {
    long wholeMs = timeout.toMillis();
    return (int) Math.max(1, wholeMs - Math.min(1000, wholeMs / 4));
  }
}
