package io.ottla.benchmarks.protocol;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.Message;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.ProduceRequest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Two generated codecs, in the newest version of each message: metadata of 100 partitions on three
 * brokers, and a produce request for one partition, its 10 kB of records by reference. Figures are
 * per message.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MessageBenchmark {
  private static final int PARTITIONS = 100;

  private final MetadataResponse metadata = metadata();
  private final ProduceRequest produce = produce();
  private final ByteBuffer metadataBytes = write(metadata).toByteBuffer();
  private final ByteBuffer produceBytes = write(produce).toByteBuffer();

  /** Writes the metadata into a buffer of its exact size. */
  @Benchmark
  public WireWriter writeMetadata() {
    return write(metadata);
  }

  /** Reads the metadata. */
  @Benchmark
  public MetadataResponse readMetadata() {
    MetadataResponse read = new MetadataResponse();
    read.read(WireReader.of(metadataBytes), MetadataResponse.HIGHEST_VERSION);
    return read;
  }

  /** Writes the request as it is sent: its records stay where they are. */
  @Benchmark
  public List<ByteBuffer> writeProduce() {
    WireWriter out = WireWriter.gathering();
    produce.write(out, ProduceRequest.HIGHEST_VERSION);
    return out.segments();
  }

  /** Reads the request; its records stay where they are. */
  @Benchmark
  public ProduceRequest readProduce() {
    ProduceRequest read = new ProduceRequest();
    read.read(WireReader.of(produceBytes), ProduceRequest.HIGHEST_VERSION);
    return read;
  }

  private static WireWriter write(Message message) {
    int version = message.highestVersion();
    WireWriter out = WireWriter.ofSize(message.size(version));
    message.write(out, version);
    return out;
  }

  private static MetadataResponse metadata() {
    MetadataResponse response = new MetadataResponse().clusterId("5L6g3nShT-eMCtK--X86sw");
    for (int i = 0; i < 3; i++) {
      response
          .brokers()
          .add(
              new MetadataResponse.MetadataResponseBroker()
                  .nodeId(i)
                  .host("broker-" + i + ".example.org")
                  .port(9092)
                  .rack("rack-" + i));
    }
    MetadataResponse.MetadataResponseTopic topic =
        new MetadataResponse.MetadataResponseTopic().name("orders").topicId(new UUID(1, 2));
    for (int i = 0; i < PARTITIONS; i++) {
      topic
          .partitions()
          .add(
              new MetadataResponse.MetadataResponsePartition()
                  .partitionIndex(i)
                  .leaderId(i % 3)
                  .leaderEpoch(7)
                  .replicaNodes(List.of(0, 1, 2))
                  .isrNodes(List.of(0, 1, 2)));
    }
    response.topics().add(topic);
    return response;
  }

  private static ProduceRequest produce() {
    ProduceRequest.PartitionProduceData partition =
        new ProduceRequest.PartitionProduceData()
            .index(3)
            .records(ByteBuffer.allocateDirect(10_000));
    ProduceRequest.TopicProduceData topic =
        new ProduceRequest.TopicProduceData().topicId(new UUID(1, 2));
    topic.partitionData().add(partition);
    ProduceRequest request = new ProduceRequest().acks((short) -1).timeoutMs(30_000);
    request.topicData().add(topic);
    return request;
  }
}
