package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.message.CreateTopicsRequest;
import io.ottla.protocol.message.CreateTopicsResponse.CreatableTopicResult;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.InitProducerIdRequest;
import io.ottla.protocol.message.InitProducerIdResponse;
import io.ottla.protocol.message.ListOffsetsRequest;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsPartition;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsTopic;
import io.ottla.protocol.message.ListOffsetsResponse.ListOffsetsPartitionResponse;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataRequest.MetadataRequestTopic;
import io.ottla.protocol.message.MetadataResponse.MetadataResponsePartition;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseTopic;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceRequest.PartitionProduceData;
import io.ottla.protocol.message.ProduceRequest.TopicProduceData;
import io.ottla.protocol.message.ProduceResponse.PartitionProduceResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What all themes share: connections that are closed after the test, topics of their own, and the
 * plainest form of the commonest requests.
 *
 * <p>Clusters are shared with other tests, so a test looks at nothing that it has not made.
 */
@ExtendWith(ClusterOfOuterClass.class)
abstract class Behaviour {
  /** A topic id in requests that name topics, and the name in those that have ids. */
  static final UUID NO_ID = WireReader.ZERO_UUID;

  static final short ACKS_ALL = -1;
  private static final int TIMEOUT_MS = 10_000;
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final String RUN = Long.toString(System.nanoTime(), Character.MAX_RADIX);

  private final List<RawConnection> connections = new ArrayList<>();
  private final Map<Integer, RawConnection> byBroker = new HashMap<>();
  private @Nullable TestCluster cluster;

  @BeforeEach
  final void connect(TestCluster ofOuterClass) {
    cluster = ofOuterClass;
  }

  @AfterEach
  final void disconnect() {
    connections.forEach(RawConnection::close);
  }

  final TestCluster cluster() {
    return present(cluster);
  }

  /** A connection to the first broker, the only one where there is one. */
  final RawConnection broker() {
    return to(cluster().brokerIds().get(0));
  }

  /** Another connection to the first broker. */
  final RawConnection anotherConnection() {
    return connectTo(cluster().brokerIds().get(0));
  }

  /** The test's connection to a broker. */
  final RawConnection to(int brokerId) {
    return byBroker.computeIfAbsent(brokerId, this::connectTo);
  }

  final RawConnection connectTo(int brokerId) {
    RawConnection connection = new RawConnection(cluster().address(brokerId));
    connections.add(connection);
    return connection;
  }

  /** Forgets the connection to a broker that was away. */
  final void reconnect(int brokerId) {
    byBroker.remove(brokerId);
  }

  /** A name that nothing else has. */
  static String uniqueName(String prefix) {
    return prefix + "-" + RUN + "-" + NAMES.incrementAndGet();
  }

  /**
   * Makes a topic, and returns when it has leaders.
   *
   * @param configs each {@code key=value}
   */
  final Topic newTopic(int partitions, String... configs) {
    return newTopic(partitions, 1, configs);
  }

  final Topic newTopic(int partitions, int replicas, String... configs) {
    CreateTopicsRequest.CreatableTopic topic =
        new CreateTopicsRequest.CreatableTopic()
            .name(uniqueName("topic"))
            .numPartitions(partitions)
            .replicationFactor((short) replicas);
    for (String config : configs) {
      int equals = config.indexOf('=');
      topic
          .configs()
          .add(
              new CreateTopicsRequest.CreatableTopicConfig()
                  .name(config.substring(0, equals))
                  .value(config.substring(equals + 1)));
    }
    return create(topic);
  }

  final Topic create(CreateTopicsRequest.CreatableTopic topic) {
    CreatableTopicResult created =
        only(
            broker()
                .ask(new CreateTopicsRequest().timeoutMs(TIMEOUT_MS).topics(List.of(topic)))
                .topics());
    assertThat(error(created.errorCode())).as(created.errorMessage()).isEqualTo(ErrorCode.NONE);
    Topic made = new Topic(topic.name(), created.topicId());
    awaitLeaders(
        made, topic.numPartitions() > 0 ? topic.numPartitions() : topic.assignments().size());
    return made;
  }

  /** Waits until all brokers know the partitions, and their leaders serve them. */
  final void awaitLeaders(Topic topic, int partitions) {
    for (int id : cluster().brokerIds()) {
      eventually(
          () -> {
            MetadataResponseTopic seen = describe(to(id), topic.name());
            assertThat(seen.partitions()).hasSize(partitions);
            for (MetadataResponsePartition partition : seen.partitions()) {
              assertThat(partition.leaderId()).isNotNegative();
              assertThat(
                      error(
                          offsetFor(to(partition.leaderId()), topic, partition.partitionIndex(), -1)
                              .errorCode()))
                  .isEqualTo(ErrorCode.NONE);
            }
          });
    }
  }

  /** What the first broker knows of a topic; makes none. */
  final MetadataResponseTopic describe(String topic) {
    return describe(broker(), topic);
  }

  static MetadataResponseTopic describe(RawConnection connection, String topic) {
    return only(
        connection
            .ask(
                new MetadataRequest()
                    .allowAutoTopicCreation(false)
                    .topics(List.of(new MetadataRequestTopic().name(topic))))
            .topics());
  }

  /** Waits for what a real cluster does later; each try is a request. */
  static void eventually(org.awaitility.core.ThrowingRunnable assertion) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(assertion);
  }

  /** Writes to partition 0 with acks=all, in the newest version, and tells the answer. */
  final PartitionProduceResponse produce(Topic topic, TestBatch batch) {
    return produce(topic, batch.bytes());
  }

  final PartitionProduceResponse produce(Topic topic, ByteBuffer records) {
    return produce(topic, records, ProduceRequest.HIGHEST_VERSION);
  }

  final PartitionProduceResponse produce(Topic topic, ByteBuffer records, int version) {
    return produce(broker(), topic, records, version);
  }

  final PartitionProduceResponse produce(
      RawConnection connection, Topic topic, ByteBuffer records, int version) {
    return only(
        only(connection.ask(produceRequest(topic, 0, records, version), version).responses())
            .partitionResponses());
  }

  /** Writes, and checks that it has gone well. Returns the base offset. */
  final long append(Topic topic, TestBatch batch) {
    return append(topic, batch.bytes());
  }

  final long append(Topic topic, ByteBuffer records) {
    PartitionProduceResponse appended = produce(topic, records);
    assertThat(error(appended.errorCode())).as(appended.errorMessage()).isEqualTo(ErrorCode.NONE);
    return appended.baseOffset();
  }

  /** Writes to a partition that the first broker leads, and checks that it has gone well. */
  final void appendTo(Topic topic, int partition, TestBatch batch) {
    int version = ProduceRequest.HIGHEST_VERSION;
    PartitionProduceResponse appended =
        only(
            only(broker()
                    .ask(produceRequest(topic, partition, batch.bytes(), version), version)
                    .responses())
                .partitionResponses());
    assertThat(error(appended.errorCode())).isEqualTo(ErrorCode.NONE);
  }

  static ProduceRequest produceRequest(
      Topic topic, int partition, @Nullable ByteBuffer records, int version) {
    TopicProduceData data =
        new TopicProduceData()
            .partitionData(List.of(new PartitionProduceData().index(partition).records(records)));
    if (version >= 13) {
      data.topicId(topic.id());
    } else {
      data.name(topic.name());
    }
    return new ProduceRequest().acks(ACKS_ALL).timeoutMs(TIMEOUT_MS).topicData(List.of(data));
  }

  /** A new idempotent producer. */
  final Producer newProducer() {
    InitProducerIdRequest request =
        new InitProducerIdRequest().transactionalId(null).transactionTimeoutMs(-1);
    AtomicReference<@Nullable InitProducerIdResponse> answer = new AtomicReference<>();
    // A real broker that has just begun fetches its first numbers from the controller.
    eventually(
        () -> {
          InitProducerIdResponse latest = broker().ask(request);
          assertThat(error(latest.errorCode())).isEqualTo(ErrorCode.NONE);
          answer.set(latest);
        });
    InitProducerIdResponse given = present(answer.get());
    return new Producer(given.producerId(), given.producerEpoch());
  }

  /** What ListOffsets says of partition 0 for a timestamp, −1 for the end, −2 for the begin. */
  final ListOffsetsPartitionResponse offsetFor(Topic topic, long timestamp) {
    return offsetFor(broker(), topic, 0, timestamp);
  }

  static ListOffsetsPartitionResponse offsetFor(
      RawConnection connection, Topic topic, int partition, long timestamp) {
    ListOffsetsPartition wanted =
        new ListOffsetsPartition()
            .partitionIndex(partition)
            .currentLeaderEpoch(-1)
            .timestamp(timestamp);
    ListOffsetsRequest request =
        new ListOffsetsRequest()
            .replicaId(-1)
            .timeoutMs(TIMEOUT_MS)
            .topics(List.of(new ListOffsetsTopic().name(topic.name()).partitions(List.of(wanted))));
    return only(only(connection.ask(request).topics()).partitions());
  }

  final long endOffset(Topic topic) {
    return offsetFor(topic, -1).offset();
  }

  static ErrorCode error(short code) {
    return ErrorCode.of(code);
  }

  /** The one element. */
  static <T> T only(List<T> elements) {
    assertThat(elements).hasSize(1);
    return elements.get(0);
  }

  static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new AssertionError("is null");
    }
    return value;
  }

  /** The answer of a log that has not taken a batch: all but the message. */
  static PartitionProduceResponse refusedByLog(ErrorCode why) {
    return refused(why).logStartOffset(0);
  }

  /** The answer for a partition whose log was not asked, or was not what was wrong: likewise. */
  static PartitionProduceResponse refused(ErrorCode why) {
    return new PartitionProduceResponse()
        .errorCode(why.code())
        .baseOffset(-1)
        .logAppendTimeMs(-1)
        .logStartOffset(-1);
  }
}
