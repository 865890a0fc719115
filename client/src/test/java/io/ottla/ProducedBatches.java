package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceRequest.PartitionProduceData;
import io.ottla.protocol.message.ProduceRequest.TopicProduceData;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordBatches;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.SeenRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * What producers have said to a fake cluster: every batch of every request, whatever became of it.
 */
final class ProducedBatches {
  private static final int CRC_OFFSET = 17;

  /**
   * One batch in one request.
   *
   * @param request which request it came in
   * @param broker to whom
   * @param connection over which connection
   * @param topic its topic's name, or the id of one that is gone
   * @param content its checksum and all that is covered by it: numbers and records
   */
  record Sent(
      long request,
      int broker,
      long connection,
      String topic,
      int partition,
      long producerId,
      short epoch,
      int sequence,
      int count,
      ByteBuffer content) {
    boolean isNumbered() {
      return producerId >= 0;
    }

    Series series() {
      return new Series(topic, partition, producerId, epoch);
    }
  }

  /** The batches whose sequence numbers follow each other. */
  record Series(String topic, int partition, long producerId, short epoch) {}

  private ProducedBatches() {}

  /** All of them, in the order in which they came. */
  static List<Sent> of(FakeCluster fake) {
    Map<UUID, String> names = new HashMap<>();
    fake.topics().forEach(topic -> names.put(fake.topicId(topic), topic));
    List<Sent> all = new ArrayList<>();
    for (SeenRequest seen : fake.requests().of(ApiKey.PRODUCE)) {
      for (TopicProduceData topic : seen.body(ProduceRequest.class).topicData()) {
        String name =
            topic.name().isEmpty()
                ? names.getOrDefault(topic.topicId(), topic.topicId().toString())
                : topic.name();
        topic.partitionData().forEach(partition -> add(seen, name, partition, all));
      }
    }
    return all;
  }

  /** Those of one request, by what it calls their topics. */
  static List<Sent> of(SeenRequest request) {
    List<Sent> all = new ArrayList<>();
    for (TopicProduceData topic : request.body(ProduceRequest.class).topicData()) {
      topic.partitionData().forEach(each -> add(request, topic.name(), each, all));
    }
    return all;
  }

  /** Those for one partition of a topic that exists. */
  static List<Sent> of(FakeCluster fake, String topic, int partition) {
    return of(fake).stream()
        .filter(sent -> sent.partition == partition && sent.topic.equals(topic))
        .toList();
  }

  private static void add(
      SeenRequest seen, String topic, PartitionProduceData partition, List<Sent> to) {
    ByteBuffer records = Objects.requireNonNull(partition.records()).duplicate();
    for (RecordBatch batch : RecordBatches.of(records)) {
      ByteBuffer bytes = batch.bytes();
      to.add(
          new Sent(
              seen.number(),
              seen.brokerId(),
              seen.connectionId(),
              topic,
              partition.index(),
              batch.producerId(),
              batch.producerEpoch(),
              batch.baseSequence(),
              batch.count(),
              bytes.slice(CRC_OFFSET, bytes.limit() - CRC_OFFSET)));
    }
  }

  /**
   * What holds for every idempotent producer in every trouble: a request has at most one batch of a
   * partition; what comes with the same numbers is the same; numbers begin at 0 in each epoch and
   * leave no hole; and whoever was in a later epoch never goes back to an earlier one.
   */
  static void assertRulesAreKept(List<Sent> all) {
    assertOneBatchEach(all);
    Map<Series, Map<Integer, ByteBuffer>> contents = new HashMap<>();
    Map<Series, Integer> nexts = new HashMap<>();
    Map<String, Short> epochs = new HashMap<>();
    for (Sent sent : all) {
      if (!sent.isNumbered()) {
        continue;
      }
      Map<Integer, ByteBuffer> known =
          contents.computeIfAbsent(sent.series(), any -> new HashMap<>());
      ByteBuffer before = known.putIfAbsent(sent.sequence, sent.content);
      if (before != null) {
        assertThat(sent.content).as("the same numbers, the same bytes: %s", sent).isEqualTo(before);
        continue;
      }
      int next = nexts.getOrDefault(sent.series(), 0);
      assertThat(sent.sequence).as("no hole in the sequence: %s", sent).isEqualTo(next);
      nexts.put(sent.series(), next + sent.count);
      String who = sent.topic + "-" + sent.partition + " of " + sent.producerId;
      Short latest = epochs.merge(who, sent.epoch, (a, b) -> (short) Math.max(a, b));
      assertThat(sent.epoch).as("nothing new in an old epoch: %s", sent).isEqualTo(latest);
    }
  }

  private static void assertOneBatchEach(List<Sent> all) {
    Set<List<?>> seen = new HashSet<>();
    for (Sent sent : all) {
      assertThat(seen.add(List.of(sent.request, sent.topic, sent.partition)))
          .as("one batch per partition and request: %s", sent)
          .isTrue();
    }
  }
}
