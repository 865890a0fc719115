package io.ottla.testkit.internal.admin;

import static io.ottla.testkit.internal.admin.Answers.configs;
import static io.ottla.testkit.internal.admin.Answers.deleted;
import static io.ottla.testkit.internal.admin.Answers.ids;
import static io.ottla.testkit.internal.admin.Requests.assigned;
import static io.ottla.testkit.internal.admin.Requests.by;
import static io.ottla.testkit.internal.admin.Requests.change;
import static io.ottla.testkit.internal.admin.Requests.more;
import static io.ottla.testkit.internal.admin.Requests.named;
import static io.ottla.testkit.internal.admin.Requests.pieces;
import static io.ottla.testkit.internal.admin.Requests.resource;
import static io.ottla.testkit.internal.admin.Requests.topic;
import static io.ottla.testkit.internal.admin.Requests.whole;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.message.AlterConfigsRequest;
import io.ottla.protocol.message.CreatePartitionsRequest;
import io.ottla.protocol.message.CreatePartitionsRequest.CreatePartitionsTopic;
import io.ottla.protocol.message.CreateTopicsRequest;
import io.ottla.protocol.message.CreateTopicsRequest.CreatableTopic;
import io.ottla.protocol.message.DeleteTopicsRequest;
import io.ottla.protocol.message.DeleteTopicsRequest.DeleteTopicState;
import io.ottla.protocol.message.DeleteTopicsResponse;
import io.ottla.protocol.message.DescribeClusterRequest;
import io.ottla.protocol.message.DescribeConfigsRequest;
import io.ottla.protocol.message.DescribeConfigsRequest.DescribeConfigsResource;
import io.ottla.protocol.message.DescribeTopicPartitionsRequest;
import io.ottla.protocol.message.DescribeTopicPartitionsRequest.Cursor;
import io.ottla.protocol.message.ElectLeadersRequest;
import io.ottla.protocol.message.IncrementalAlterConfigsRequest;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.RealKafka;
import io.ottla.testkit.internal.wire.Handler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Asks three fake brokers and three real ones the same, and compares the answers: all but the words
 * of errors, ids, and who has which replica.
 */
@Tag("long")
@RealKafka(
    nodes = 3,
    shared = false,
    properties = {
      "auto.create.topics.enable=false",
      "default.replication.factor=1",
      "min.insync.replicas=1"
    })
final class AdministrationIT {
  private static final int TIMEOUT_MS = 30_000;

  private final FakeAdmin fake =
      new FakeAdmin(
          Map.ofEntries(
              entry("auto.create.topics.enable", "false"),
              entry("group.initial.rebalance.delay.ms", "0")));
  private final RealBroker real;
  private final SoftAssertions softly = new SoftAssertions();

  AdministrationIT(KafkaServer kafka) throws IOException {
    real = new RealBroker(kafka.node(1).port());
  }

  @BeforeEach
  void delete_what_the_test_before_has_left() {
    await().until(this::hasNoTopics);
  }

  private boolean hasNoTopics() {
    List<DeleteTopicState> all =
        ids(real.ask(new DescribeTopicPartitionsRequest(), 0)).values().stream()
            .map(Requests::by)
            .toList();
    real.ask(new DeleteTopicsRequest().timeoutMs(TIMEOUT_MS).topics(all), 6);
    return all.isEmpty();
  }

  @AfterEach
  void close() throws IOException {
    real.close();
  }

  @Test
  void topics_are_created_alike() {
    for (int version = 2; version <= 7; version++) {
      create(version, topic("v" + version, 3, 2));
      create(version, topic("v" + version, 3, 2));
    }
    for (int version : List.of(4, 5, 7)) {
      create(version, topic("default" + version, -1, -1));
    }
    create(7, topic("none", 0, 1));
    create(7, topic("less", -2, 1));
    create(7, topic("factor.0", 1, 0));
    create(7, topic("factor.less", 1, -2));
    create(7, topic("factor.4", 1, 4));
    create(7, topic("both", 0, 0));
    create(7, topic("much", 10_000, 1));
    create(7, topic("too.much", 10_001, 1));
    create(7, topic("too.much.together", 6_000, 1), topic("other", 6_000, 1), topic("", 1, 1));
    for (String name :
        List.of("", ".", "..", "a b", "ä", "a/b", "x".repeat(249), "x".repeat(250), "a.b_c")) {
      create(7, topic(name, 1, 1));
    }
    create(7, topic("a_b.c", 1, 1));
    create(7, topic("twice", 1, 1), topic("once", 1, 1), topic("twice", 2, 1));
    create(7, topic("pair.x", 1, 1), topic("pair_x", 1, 1));
    create(7, topic("__cluster_metadata", 1, 1));
    same(
        fake.handlers.createTopics(),
        new CreateTopicsRequest().validateOnly(true).topics(List.of(topic("only.checked", 2, 3))),
        7,
        Answers::created);
    create(7, topic("only.checked", 2, 3));
    same(
        fake.handlers.createTopics(),
        new CreateTopicsRequest().timeoutMs(0).topics(List.of(topic("no.time", 2, 3))),
        7,
        Answers::created);
    softly.assertAll();
  }

  @Test
  void assignments_of_replicas_are_checked_alike() {
    create(7, assigned("fine", List.of(1, 2), List.of(3, 1)));
    create(7, assigned("fine.2", List.of(3)).numPartitions(1));
    create(7, assigned("factor", List.of(3)).replicationFactor((short) 1));
    create(7, assigned("unknown", List.of(1, 9)));
    create(7, assigned("twice", List.of(1, 1)));
    create(7, assigned("empty", List.of()));
    create(7, assigned("unequal", List.of(1), List.of(1, 2)));
    CreatableTopic gap = assigned("gap", List.of(1), List.of(2));
    gap.assignments().get(1).partitionIndex(2);
    create(7, gap);
    CreatableTopic same = assigned("same", List.of(1), List.of(2));
    same.assignments().get(1).partitionIndex(0);
    create(7, same);
    softly.assertAll();
  }

  @Test
  void configurations_of_new_topics_are_checked_alike() {
    create(7, topic("fine", 1, 1, "cleanup.policy", "compact,delete", "retention.ms", "5"));
    create(7, topic("spaces", 1, 1, "retention.ms", " 05 ", "cleanup.policy", "compact , delete"));
    create(7, topic("unknown", 1, 1, "retention.seconds", "5"));
    create(7, topic("null", 1, 1, "retention.ms", null));
    create(7, topic("internal", 1, 1, "internal.segment.bytes", "1000"));
    int number = 0;
    for (String[] config :
        new String[][] {
          {"cleanup.policy", ""},
          {"cleanup.policy", "none"},
          {"cleanup.policy", "delete,delete"},
          {"cleanup.policy", "Delete"},
          {"cleanup.policy", "delete,"},
          {"retention.ms", "-1"},
          {"retention.ms", "-2"},
          {"retention.ms", "x"},
          {"retention.ms", ""},
          {"retention.bytes", "-7"},
          {"retention.bytes", "1.5"},
          {"max.message.bytes", "0"},
          {"max.message.bytes", "-1"},
          {"max.message.bytes", "3000000000"},
          {"min.cleanable.dirty.ratio", "1.1"},
          {"min.cleanable.dirty.ratio", "0"},
          {"min.cleanable.dirty.ratio", "NaN"},
          {"preallocate", "TRUE"},
          {"preallocate", "yes"},
          {"compression.type", "GZIP"},
          {"compression.type", "none"},
          {"compression.gzip.level", "0"},
          {"compression.gzip.level", "10"},
          {"compression.gzip.level", "-1"},
          {"compression.lz4.level", "0"},
          {"compression.zstd.level", "22"},
          {"message.timestamp.type", "createtime"},
          {"min.insync.replicas", "0"},
          {"min.insync.replicas", "9"},
          {"segment.bytes", "1048575"},
          {"segment.ms", "0"},
          {"leader.replication.throttled.replicas", "*"},
          {"leader.replication.throttled.replicas", "0:1,1:2"},
          {"leader.replication.throttled.replicas", "0:1, 1:2"},
          {"leader.replication.throttled.replicas", "0"},
          {"leader.replication.throttled.replicas", "*,0:1"},
          {"remote.storage.enable", "true"},
          {"remote.storage.enable", "false"},
          {"remote.log.copy.disable", "true"},
          {"remote.log.delete.on.disable", "true"},
          {"local.retention.ms", "99999999999"},
          {"local.retention.ms", "-3"},
          {"local.retention.bytes", "5"},
          {"message.format.version", "3.0"},
          {"message.downconversion.enable", "false"},
          {"flush.messages", "0"},
          {"min.compaction.lag.ms", "9223372036854775807"},
        }) {
      create(7, topic("config" + number++, 1, 1, config[0], config[1]));
    }
    create(7, topic("lag", 1, 1, "min.compaction.lag.ms", "10", "max.compaction.lag.ms", "9"));
    softly.assertAll();
  }

  @Test
  void topics_are_deleted_alike() {
    create(7, topic("a", 1, 1), topic("b", 1, 1), topic("c", 1, 1), topic("d", 1, 1));
    create(7, topic("e", 1, 1), topic("f", 1, 1), topic("g", 1, 1), topic("h", 1, 1));
    await().until(() -> real.ask(new DescribeTopicPartitionsRequest(), 0).topics().size() == 8);
    Map<String, UUID> realIds = ids(real.ask(new DescribeTopicPartitionsRequest(), 0));
    Map<String, UUID> fakeIds = new TreeMap<>();
    fake.topics.all().forEach(topic -> fakeIds.put(topic.name(), topic.id()));

    for (int version = 1; version <= 5; version++) {
      same(
          fake.handlers.deleteTopics(),
          new DeleteTopicsRequest()
              .timeoutMs(TIMEOUT_MS)
              .topicNames(List.of("abcdef".substring(version - 1, version), "unknown", "", "%")),
          version,
          Answers::deleted);
    }
    same(
        fake.handlers.deleteTopics(),
        new DeleteTopicsRequest().timeoutMs(0).topics(List.of(named("f"), named("unknown"))),
        6,
        Answers::deleted);
    List<Function<Map<String, UUID>, List<DeleteTopicState>>> requests =
        List.of(
            ids -> List.of(named("f"), named("unknown")),
            ids -> List.of(named("g"), named("g")),
            ids -> List.of(by(ids.get("g")), by(ids.get("g"))),
            ids -> List.of(named("g"), by(ids.get("g"))),
            ids -> List.of(by(ids.get("g")), named("g"), by(ids.get("g"))),
            ids -> List.of(by(new UUID(1, 2)), by(WireReader.ZERO_UUID)),
            ids -> List.of(by(ids.get("g")).name("g")),
            ids -> List.of(by(ids.get("g")), named("h"), by(ids.get("f"))));
    for (Function<Map<String, UUID>, List<DeleteTopicState>> request : requests) {
      DeleteTopicsResponse ofFake =
          Asked.ask(
              fake.handlers.deleteTopics(),
              new DeleteTopicsRequest().timeoutMs(TIMEOUT_MS).topics(request.apply(fakeIds)),
              6);
      DeleteTopicsResponse ofReal =
          real.ask(
              new DeleteTopicsRequest().timeoutMs(TIMEOUT_MS).topics(request.apply(realIds)), 6);
      softly.assertThat(deleted(ofFake)).isEqualTo(deleted(ofReal));
    }
    softly.assertAll();
  }

  @Test
  void partitions_are_added_alike() {
    create(7, topic("p", 1, 2), topic("q", 1, 1));
    for (int version = 0; version <= 3; version++) {
      grow(version, more("p", version + 2));
    }
    grow(3, more("p", 5), more("p", 6), more("q", 2));
    grow(3, more("p", 5));
    grow(3, more("p", 4));
    grow(3, more("p", 0));
    grow(3, more("p", -1));
    grow(3, more("unknown", 4));
    grow(3, more("", 4));
    grow(3, more("p", 6, List.of(1, 2)));
    grow(3, more("p", 7, List.of(1, 2)));
    grow(3, more("p", 7, List.of(1)));
    grow(3, more("p", 7, List.of(1, 9)));
    grow(3, more("p", 7, List.of(1, 1)));
    grow(3, more("p", 7, List.of()));
    same(
        fake.handlers.createPartitions(),
        new CreatePartitionsRequest()
            .timeoutMs(TIMEOUT_MS)
            .validateOnly(true)
            .topics(List.of(more("p", 9))),
        3,
        Answers::grown);
    grow(3, more("p", 9));
    same(
        fake.handlers.createPartitions(),
        new CreatePartitionsRequest().timeoutMs(0).topics(List.of(more("p", 10))),
        3,
        Answers::grown);
    softly.assertAll();
  }

  @Test
  void configurations_are_described_alike() {
    create(7, topic("d", 1, 1, "retention.ms", "5", "max.message.bytes", "99"));
    for (int version = 1; version <= 4; version++) {
      describe(version, resource(2, "d"));
      describe(version, resource(2, "d", "retention.ms", "unknown", "flush.ms"));
    }
    describe(4, resource(2, "unknown"), resource(2, ""), resource(2, "a b"));
    describe(4, resource(4, ""));
    describe(4, resource(4, "2"), resource(4, "x"), resource(4, "9"));
    describe(4, resource(2, "d", "retention.ms"), resource(2, "d", "flush.ms"));
    describe(4, resource(0, "d"));
    describe(4, resource(3, "d"), resource(2, "d"));
    softly.assertAll();
  }

  @Test
  void brokers_tell_the_same_of_what_both_know() {
    DescribeConfigsRequest request =
        new DescribeConfigsRequest().includeSynonyms(true).resources(List.of(resource(4, "1")));
    Map<String, String> ofFake =
        configs(Asked.ask(fake.handlers.describeConfigs(), request, 4).results().get(0));
    Map<String, String> ofReal = configs(real.ask(request, 4).results().get(0));

    // The real ones are told in their properties what is the default anyway.
    ofFake.remove("auto.create.topics.enable");
    ofFake.remove("default.replication.factor");
    // Not told, because it is only for tests.
    ofFake.remove("producer.id.expiration.check.interval.ms");
    assertThat(ofReal).containsAllEntriesOf(ofFake);
    assertThat(ofFake).hasSizeGreaterThan(35);
  }

  @Test
  void configurations_are_altered_alike() {
    create(7, topic("c", 1, 1, "retention.ms", "5"), topic("d", 1, 1));
    for (int version = 0; version <= 1; version++) {
      increment(version, change("c", "segment.ms", 0, "7", "retention.ms", 1, null));
      increment(version, change("c", "cleanup.policy", 2, "compact"));
      increment(version, change("c", "cleanup.policy", 2, "compact,delete"));
      increment(version, change("c", "cleanup.policy", 3, "delete"));
      increment(version, change("d", "cleanup.policy", 3, "compact"));
    }
    increment(1, change("c", "cleanup.policy", 3, "compact"));
    increment(1, change("c", "cleanup.policy", 2, "none"));
    increment(1, change("c", "cleanup.policy", 1, null));
    increment(1, change("c", "retention.ms", 2, "7"));
    increment(1, change("c", "unknown", 0, "7"));
    increment(1, change("c", "unknown", 1, null));
    increment(1, change("c", "unknown", 2, "7"));
    increment(1, change("c", "retention.ms", 0, null));
    increment(1, change("c", "retention.ms", 0, "x", "segment.ms", 0, "8"));
    increment(1, change("c", "retention.ms", 0, "1", "retention.ms", 0, "2"));
    increment(1, change("c", "segment.ms", 0, "9"), change("c", "segment.ms", 0, "10"));
    increment(1, change("unknown", "segment.ms", 0, "9"));
    increment(1, change("unknown", "segment.ms", 0, "x"));
    increment(1, change("", "segment.ms", 0, "9"), change("a b", "segment.ms", 0, "9"));
    increment(1, change("c", "segment.ms", 9, "9"));
    increment(1, change("d"));
    increment(1, change("c", "segment.ms", 0, "9").resourceType((byte) 3));
    increment(1, change("c", "segment.ms", 0, " 011 "));
    same(
        fake.handlers.incrementalAlterConfigs(),
        new IncrementalAlterConfigsRequest()
            .validateOnly(true)
            .resources(List.of(change("c", "segment.ms", 0, "12"))),
        1,
        Answers::altered);
    for (int version = 0; version <= 2; version++) {
      alter(version, whole("c", "retention.ms", "8"));
      alter(version, whole("c", "segment.ms", "8", "retention.ms", "7"));
    }
    alter(2, whole("c", "segment.ms", null));
    alter(2, whole("c", "segment.ms", "x"));
    alter(2, whole("c", "segment.ms", "8", "segment.ms", "9"));
    alter(2, whole("unknown", "segment.ms", "8"), whole("c", "flush.ms", "8"));
    alter(2, whole("c", "segment.ms", "9").resourceType((byte) 3));
    alter(2, whole("c"));
    softly.assertAll();
  }

  @Test
  void the_cluster_is_described_alike() {
    for (int version = 0; version <= 2; version++) {
      same(
          fake.handlers.describeCluster(),
          new DescribeClusterRequest().includeClusterAuthorizedOperations(true),
          version,
          Answers::cluster);
      same(
          fake.handlers.describeCluster(), new DescribeClusterRequest(), version, Answers::cluster);
    }
    for (byte type : new byte[] {0, 2, 3}) {
      same(
          fake.handlers.describeCluster(),
          new DescribeClusterRequest().endpointType(type),
          2,
          Answers::cluster);
    }
    softly.assertAll();
  }

  @Test
  void topics_are_described_in_pieces_alike() {
    create(7, topic("m", 3, 2), topic("n", 2, 1), topic("o", 4, 3));
    describe(new DescribeTopicPartitionsRequest());
    describe(pieces(2000, "m", "o", "unknown", "a b", "", "m"));
    for (int limit = -1; limit <= 10; limit++) {
      describe(pieces(limit));
      describe(pieces(limit, "m", "unknown", "o"));
      for (String topic : List.of("l", "m", "n", "o", "p", "zz")) {
        for (int partition : new int[] {0, 1, 3, 4, 7}) {
          describe(pieces(limit).cursor(new Cursor().topicName(topic).partitionIndex(partition)));
        }
      }
    }
    describe(pieces(5).cursor(new Cursor().topicName("m").partitionIndex(-1)));
    describe(pieces(5, "m", "n").cursor(new Cursor().topicName("o").partitionIndex(0)));
    describe(pieces(5, "m", "n").cursor(new Cursor().topicName("n").partitionIndex(0)));
    describe(pieces(5, "m", "n").cursor(new Cursor().topicName("n").partitionIndex(-1)));
    softly.assertAll();
  }

  @Test
  void leaders_are_elected_alike() {
    create(7, assigned("el", List.of(1, 2), List.of(2, 3)));
    for (int version = 0; version <= 2; version++) {
      elect(version, 0, "el", 0, 1, 2);
      elect(version, 0, "unknown", 0);
    }
    elect(2, 1, "el", 0, 1, 2);
    same(
        fake.handlers.electLeaders(),
        new ElectLeadersRequest().timeoutMs(TIMEOUT_MS).topicPartitions(null),
        2,
        response ->
            response.errorCode()
                + " "
                + response.replicaElectionResults().stream()
                    .flatMap(topic -> topic.partitionResult().stream())
                    .toList());
    softly.assertAll();
  }

  private void create(int version, CreatableTopic... topics) {
    same(
        fake.handlers.createTopics(),
        new CreateTopicsRequest().topics(List.of(topics)),
        version,
        Answers::created);
  }

  private void grow(int version, CreatePartitionsTopic... topics) {
    same(
        fake.handlers.createPartitions(),
        new CreatePartitionsRequest().timeoutMs(TIMEOUT_MS).topics(List.of(topics)),
        version,
        Answers::grown);
  }

  private void describe(int version, DescribeConfigsResource... resources) {
    same(
        fake.handlers.describeConfigs(),
        new DescribeConfigsRequest().includeSynonyms(true).resources(List.of(resources)),
        version,
        Answers::described);
  }

  private void describe(DescribeTopicPartitionsRequest request) {
    same(fake.handlers.describeTopicPartitions(), request, 0, Answers::inPieces);
  }

  private void increment(
      int version, IncrementalAlterConfigsRequest.AlterConfigsResource... resources) {
    same(
        fake.handlers.incrementalAlterConfigs(),
        new IncrementalAlterConfigsRequest().resources(List.of(resources)),
        version,
        Answers::altered);
    describe(4, resource(2, "c"));
  }

  private void alter(int version, AlterConfigsRequest.AlterConfigsResource... resources) {
    same(
        fake.handlers.alterConfigs(),
        new AlterConfigsRequest().resources(List.of(resources)),
        version,
        Answers::replaced);
    describe(4, resource(2, "c"));
  }

  private void elect(int version, int type, String topic, Integer... partitions) {
    same(
        fake.handlers.electLeaders(),
        new ElectLeadersRequest()
            .timeoutMs(TIMEOUT_MS)
            .electionType((byte) type)
            .topicPartitions(
                List.of(
                    new ElectLeadersRequest.TopicPartitions()
                        .topic(topic)
                        .partitions(List.of(partitions)))),
        version,
        Answers::elected);
  }

  /** Brokers learn from the controller a little later what has changed. */
  private <Q extends RequestMessage<R>, R extends ResponseMessage> void same(
      Handler<Q, R> handler, Q request, int version, Function<R, ?> summary) {
    Object ofFake = summary.apply(Asked.ask(handler, request, version));
    boolean isRead = request.apiKey().name().startsWith("DESCRIBE");
    Object ofReal = summary.apply(real.ask(request, version));
    if (isRead && !ofFake.equals(ofReal)) {
      try {
        await()
            .atMost(Duration.ofSeconds(2))
            .until(() -> summary.apply(real.ask(request, version)).equals(ofFake));
        return;
      } catch (org.awaitility.core.ConditionTimeoutException stillDifferent) {
        ofReal = summary.apply(real.ask(request, version));
      }
    }
    softly.assertThat(ofFake).as("version %d of %s", version, request).isEqualTo(ofReal);
  }
}
