package io.ottla.testkit.internal.produce;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceRequest.PartitionProduceData;
import io.ottla.protocol.message.ProduceRequest.TopicProduceData;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.protocol.message.ProduceResponse.PartitionProduceResponse;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.testkit.internal.log.LogSettings;
import io.ottla.testkit.internal.log.PartitionLog;
import io.ottla.testkit.internal.log.TestBatch;
import io.ottla.testkit.internal.loop.ManualTimers;
import io.ottla.testkit.internal.topic.BrokerDirectory;
import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.internal.topic.Topic;
import io.ottla.testkit.internal.topic.TopicConfig;
import io.ottla.testkit.internal.topic.Topics;
import io.ottla.testkit.internal.wire.Handler;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Three brokers without sockets, 1 to 3, and a topic that 1 leads, with replicas on 1 and 2; 3 has
 * none.
 */
abstract class LogRequestsTestBase {
  static final int LEADER = 1;
  static final int FOLLOWER = 2;
  static final int STRANGER = 3;
  static final short ALL = -1;
  static final int TIMEOUT_MILLIS = 500;

  final ManualTimers timers = new ManualTimers();
  final Topics topics = new Topics(config -> new PartitionLog(timers, new TestLogSettings(config)));
  final Topic topic = topics.create("orders", List.of(List.of(1, 2), List.of(1, 2)), Map.of());
  final Partition partition = topic.partitions().get(0);
  final PartitionLog log = partition.log();
  final LogRequests requests = new LogRequests(timers, topics, new ThreeBrokers());

  <Q extends RequestMessage<R>, R extends ResponseMessage> R ask(
      Handler<Q, R> handler, Q request, int version, int brokerId) {
    RecordedExchange<Q, R> exchange = new RecordedExchange<>(request, version, brokerId);
    handler.handle(exchange);
    return exchange.received();
  }

  /** Sends a Produce request to a broker; it may have to wait for the answer. */
  RecordedExchange<ProduceRequest, ProduceResponse> send(
      ProduceRequest request, int version, int brokerId) {
    RecordedExchange<ProduceRequest, ProduceResponse> exchange =
        new RecordedExchange<>(request, version, brokerId);
    requests.produce().handle(exchange);
    return exchange;
  }

  PartitionProduceResponse produce(TestBatch batch, int version) {
    return onlyPartition(send(write(ALL, batch.bytes(), version), version, LEADER).received());
  }

  /** A request that writes to the first partition. */
  ProduceRequest write(int acks, @Nullable ByteBuffer records, int version) {
    return new ProduceRequest()
        .acks((short) acks)
        .timeoutMs(TIMEOUT_MILLIS)
        .topicData(new ArrayList<>(List.of(data(topic, 0, records, version))));
  }

  static TopicProduceData data(Topic topic, int index, @Nullable ByteBuffer records, int version) {
    TopicProduceData data =
        new TopicProduceData()
            .partitionData(List.of(new PartitionProduceData().index(index).records(records)));
    return version >= 13 ? data.topicId(topic.id()) : data.name(topic.name());
  }

  static PartitionProduceResponse onlyPartition(ProduceResponse response) {
    return response.responses().get(0).partitionResponses().get(0);
  }

  static ErrorCode error(PartitionProduceResponse response) {
    return ErrorCode.of(response.errorCode());
  }

  void append(int records) {
    log.append(TestBatch.of(records).bytes(), partition.leaderEpoch());
  }

  private static final class TestLogSettings implements LogSettings {
    private final TopicConfig config;

    TestLogSettings(TopicConfig config) {
      this.config = config;
    }

    @Override
    public int minInSyncReplicas() {
      return (int) config.numberOr("min.insync.replicas", 1);
    }

    @Override
    public boolean isCompacted() {
      return config.valueOr("cleanup.policy", "delete").contains("compact");
    }

    @Override
    public int maxMessageBytes() {
      return (int) config.numberOr("max.message.bytes", 1_000_000);
    }
  }

  private static final class ThreeBrokers implements BrokerDirectory {
    @Override
    public @Nullable BrokerAddress find(int brokerId) {
      return alive().stream().filter(one -> one.id() == brokerId).findFirst().orElse(null);
    }

    @Override
    public List<BrokerAddress> alive() {
      return Stream.of(1, 2, 3)
          .map(id -> new BrokerAddress(id, "localhost", 9000 + id, "rack-" + id))
          .toList();
    }

    @Override
    public int controllerId() {
      return 1;
    }

    @Override
    public String clusterId() {
      return "cluster";
    }
  }
}
