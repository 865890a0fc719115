package io.ottla.internal.producer;

import io.ottla.Route;
import io.ottla.error.ClosedException;
import io.ottla.error.ConnectionLostException;
import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.error.UnsupportedVersionException;
import io.ottla.internal.cluster.BrokerChannel;
import io.ottla.internal.cluster.ClusterFloor;
import io.ottla.internal.cluster.metadata.BrokerNode;
import io.ottla.internal.cluster.metadata.Metadata;
import io.ottla.internal.cluster.metadata.MetadataSettings;
import io.ottla.internal.cluster.metadata.MetadataSource;
import io.ottla.internal.net.PeerVersions;
import io.ottla.internal.net.PeersVersions;
import io.ottla.internal.net.Reply;
import io.ottla.internal.runtime.Backoff;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;
import io.ottla.internal.runtime.ManualLoop;
import io.ottla.protocol.message.DescribeProducersRequest;
import io.ottla.protocol.message.DescribeProducersResponse;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.InitProducerIdRequest;
import io.ottla.protocol.message.InitProducerIdResponse;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseBroker;
import io.ottla.protocol.message.MetadataResponse.MetadataResponsePartition;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseTopic;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A cluster of brokers that do what a test says, with logs that check sequences as Kafka does. */
final class FakeFloor implements ClusterFloor {
  /** A partition: who leads it, and what it holds. */
  static final class Partition {
    int leader;
    int epoch = 1;
    ModelLog log = new ModelLog();

    Partition(int leader) {
      this.leader = leader;
    }
  }

  /** A topic. */
  static final class Topic {
    UUID id;
    final List<Partition> partitions = new ArrayList<>();

    Topic(UUID id) {
      this.id = id;
    }
  }

  final ManualLoop loop = new ManualLoop();
  final Map<String, Topic> topics = new TreeMap<>();
  final Map<Integer, FakeLeader> brokers = new TreeMap<>();
  final List<String> asked = new ArrayList<>();
  final Map<Class<?>, Function<RequestMessage<?>, Object>> answers = new HashMap<>();
  PeerVersions versions = PeersVersions.upToProduce(13);
  boolean hasIds = true;
  boolean isMetadataDown;
  private long nextProducerId = 1000;
  private long nextTopicId = 1;
  private final Metadata metadata;
  private final Backoff backoff;

  FakeFloor(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    backoff =
        new Backoff(
            Duration.ofMillis(100).toNanos(), Duration.ofSeconds(1).toNanos(), random.split());
    metadata =
        new Metadata(new Source(), MetadataSettings.defaults(), loop, loop, random.split(), "test");
    answers.put(InitProducerIdRequest.class, any -> newProducerId());
    tellsNumbers(true);
    for (int id = 1; id <= 3; id++) {
      brokers.put(id, new FakeLeader(id, this));
    }
  }

  /** A topic with these leaders, one per partition. */
  Topic topic(String name, int... leaders) {
    Topic topic = new Topic(new UUID(7, nextTopicId++));
    for (int leader : leaders) {
      topic.partitions.add(new Partition(leader));
    }
    topics.put(name, topic);
    return topic;
  }

  FakeLeader broker(int id) {
    return java.util.Objects.requireNonNull(brokers.get(id));
  }

  Partition partition(String topic, int partition) {
    return java.util.Objects.requireNonNull(topics.get(topic)).partitions.get(partition);
  }

  void move(String topic, int partition, int leader) {
    Partition moved = partition(topic, partition);
    moved.leader = leader;
    moved.epoch++;
  }

  /** Whether leaders tell the numbers that they have seen. */
  void tellsNumbers(boolean tells) {
    answers.put(
        DescribeProducersRequest.class,
        asked ->
            tells
                ? describe((DescribeProducersRequest) asked)
                : new UnsupportedVersionException("no broker takes DescribeProducers"));
  }

  InitProducerIdResponse newProducerId() {
    return new InitProducerIdResponse().producerId(nextProducerId++).producerEpoch((short) 0);
  }

  private DescribeProducersResponse describe(DescribeProducersRequest request) {
    DescribeProducersResponse response = new DescribeProducersResponse().topics(new ArrayList<>());
    request
        .topics()
        .forEach(
            topic -> {
              DescribeProducersResponse.TopicResponse answer =
                  new DescribeProducersResponse.TopicResponse()
                      .name(topic.name())
                      .partitions(new ArrayList<>());
              for (int index : topic.partitionIndexes()) {
                answer.partitions().add(describe(topic.name(), index));
              }
              response.topics().add(answer);
            });
    return response;
  }

  private DescribeProducersResponse.PartitionResponse describe(String topic, int index) {
    ModelLog log = partition(topic, index).log;
    DescribeProducersResponse.PartitionResponse answer =
        new DescribeProducersResponse.PartitionResponse()
            .partitionIndex(index)
            .activeProducers(new ArrayList<>());
    for (long id : log.producerIds()) {
      int[] state = log.state(id);
      if (state != null) {
        answer
            .activeProducers()
            .add(
                new DescribeProducersResponse.ProducerState()
                    .producerId(id)
                    .producerEpoch(state[0])
                    .lastSequence(state[1]));
      }
    }
    return answer;
  }

  @Override
  public String clientId() {
    return "test";
  }

  @Override
  public Loop loop() {
    return loop;
  }

  @Override
  public Clock clock() {
    return loop;
  }

  @Override
  public Metadata metadata() {
    return metadata;
  }

  @Override
  public Backoff backoff() {
    return backoff;
  }

  @Override
  public Executor callbacks() {
    return loop;
  }

  @Override
  public Executor sealers() {
    return loop;
  }

  @Override
  public @Nullable BrokerChannel channel(BrokerNode broker) {
    return brokers.get(broker.id());
  }

  @Override
  @SuppressWarnings("unchecked")
  public <R extends ResponseMessage> CompletableFuture<R> request(
      RequestMessage<R> request, Route route, Duration timeout) {
    asked.add(request.getClass().getSimpleName());
    Function<RequestMessage<?>, Object> answering =
        java.util.Objects.requireNonNull(answers.get(request.getClass()));
    CompletableFuture<R> future = new CompletableFuture<>();
    Object answer = answering.apply(request);
    if (answer instanceof CompletableFuture<?> later) {
      return (CompletableFuture<R>) later;
    }
    loop.execute(
        () -> {
          if (answer instanceof OttlaException failure) {
            future.completeExceptionally(failure);
          } else {
            future.complete((R) answer);
          }
        });
    return future;
  }

  private final class Source implements MetadataSource {
    @Override
    public void ask(MetadataRequest request, long timeoutNanos, Reply<MetadataResponse> reply) {
      loop.execute(
          () -> {
            if (isMetadataDown) {
              reply.onFailure(
                  new ConnectionLostException("no broker answers", SendOutcome.NOT_SENT, null));
            } else {
              reply.onResponse(answer(request));
            }
          });
    }

    @Override
    public String attemptsSince(long sinceNanos) {
      return "";
    }
  }

  private MetadataResponse answer(MetadataRequest request) {
    MetadataResponse response =
        new MetadataResponse()
            .clusterId("ours")
            .controllerId(1)
            .brokers(new ArrayList<>())
            .topics(new ArrayList<>());
    for (int id : brokers.keySet()) {
      response
          .brokers()
          .add(new MetadataResponseBroker().nodeId(id).host("broker" + id).port(9092));
    }
    List<MetadataRequest.MetadataRequestTopic> wanted = request.topics();
    if (wanted != null) {
      wanted.forEach(one -> response.topics().add(answer(String.valueOf(one.name()))));
    }
    return response;
  }

  private MetadataResponseTopic answer(String name) {
    MetadataResponseTopic answer =
        new MetadataResponseTopic().name(name).partitions(new ArrayList<>());
    Topic topic = topics.get(name);
    if (topic == null) {
      return answer.errorCode(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
    }
    if (hasIds) {
      answer.topicId(topic.id);
    }
    for (int i = 0; i < topic.partitions.size(); i++) {
      Partition one = topic.partitions.get(i);
      ErrorCode error = one.leader < 0 ? ErrorCode.LEADER_NOT_AVAILABLE : ErrorCode.NONE;
      answer
          .partitions()
          .add(
              new MetadataResponsePartition()
                  .partitionIndex(i)
                  .leaderId(one.leader)
                  .leaderEpoch(one.epoch)
                  .errorCode(error.code())
                  .replicaNodes(List.of(1, 2, 3))
                  .isrNodes(List.of(1, 2, 3)));
    }
    return answer;
  }

  void close() {
    metadata.close();
    loop.run();
  }

  /** As a link says it when it is closed. */
  static ClosedException closed() {
    return new ClosedException("closed", SendOutcome.NOT_SENT);
  }
}
