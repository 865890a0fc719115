package io.ottla.testkit.fake;

import static io.ottla.testkit.fake.KafkaClients.done;
import static io.ottla.testkit.fake.KafkaClients.producer;
import static io.ottla.testkit.fake.KafkaClients.read;
import static io.ottla.testkit.fake.KafkaClients.reader;
import static io.ottla.testkit.fake.KafkaClients.send;
import static io.ottla.testkit.fake.KafkaClients.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.record.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is done to topics and partitions, as kafka-clients live through it. */
@Timeout(60)
final class PartitionControlsTest {
  private static final TopicPartition ORDERS_0 = new TopicPartition("orders", 0);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final FakeCluster cluster =
      FakeCluster.builder().racks("a", "b", "c").topic("orders", 1).start();
  private final FakePartition partition = cluster.partition("orders", 0);

  @AfterEach
  void close() {
    List<String> refusals = cluster.refusals();
    cluster.close();
    assertThat(refusals).isEmpty();
  }

  @Test
  void a_producer_follows_the_leader() throws Exception {
    try (KafkaProducer<String, String> producer = producer(cluster)) {
      send(producer, "orders", 0, "to 1");
      partition.moveLeader(3);
      send(producer, "orders", 0, "to 3");
    }

    assertThat(cluster.requests().of(ApiKey.PRODUCE))
        .extracting(SeenRequest::brokerId)
        .startsWith(1)
        .endsWith(3);
    assertThat(cluster.records("orders")).hasSize(2);
  }

  @Test
  void the_batches_in_the_log_say_who_numbered_them_and_how() throws Exception {
    try (KafkaProducer<String, String> producer = producer(cluster)) {
      send(producer, "orders", 0, "1");
      send(producer, "orders", 0, "2");
    }
    partition.append("3", "4");

    List<RecordBatch> batches = partition.batches();
    assertThat(batches).extracting(RecordBatch::baseOffset).containsExactly(0L, 1L, 2L);
    assertThat(batches).extracting(RecordBatch::count).containsExactly(1, 1, 2);
    assertThat(batches).extracting(RecordBatch::baseSequence).containsExactly(0, 1, -1);
    assertThat(batches.get(0).producerId()).isNotNegative();
    assertThat(batches.get(2).producerId()).isEqualTo(-1);
    partition.deleteRecordsBefore(2);
    assertThat(batches.get(0).cursor()).satisfies(record -> assertThat(record.next()).isTrue());
    assertThat(partition.batches()).hasSize(1);
  }

  @Test
  void a_producer_waits_for_a_leader() throws Exception {
    partition.loseLeader();

    try (KafkaProducer<String, String> producer = producer(cluster)) {
      Future<RecordMetadata> waiting = sent(producer, "orders", 0, "waits");
      cluster.requests().await(ApiKey.METADATA, 2, PATIENCE);
      assertThat(partition.leader()).isEmpty();
      assertThat(waiting).isNotDone();

      partition.moveLeader(2);
      done(waiting);
    }
    assertThat(cluster.records("orders")).hasSize(1);
  }

  @Test
  void while_the_high_watermark_is_held_nobody_is_acknowledged_and_nobody_reads() throws Exception {
    try (KafkaProducer<String, String> producer = producer(cluster);
        KafkaConsumer<String, String> consumer = reader(cluster, "orders", 0)) {
      partition.holdHighWatermark();
      Future<RecordMetadata> waiting = sent(producer, "orders", 0, "in the log");
      cluster.await(() -> partition.endOffset() == 1, PATIENCE);
      assertThat(consumer.poll(Duration.ofMillis(1)).isEmpty()).isTrue();
      assertThat(waiting).isNotDone();
      assertThat(partition.highWatermark()).isZero();

      partition.releaseHighWatermark();
      done(waiting);
      assertThat(read(consumer, 1)).containsExactly("in the log");
    }
  }

  @Test
  void a_consumer_reads_up_to_where_the_high_watermark_is_moved() {
    partition.holdHighWatermark();
    partition.append("1", "2");
    partition.append("3");
    partition.advanceHighWatermark(2);

    try (KafkaConsumer<String, String> consumer = reader(cluster, "orders", 0)) {
      assertThat(read(consumer, 2)).containsExactly("1", "2");
      assertThat(consumer.endOffsets(Set.of(ORDERS_0))).containsEntry(ORDERS_0, 2L);
    }
  }

  @Test
  void too_few_replicas_in_sync_refuse_acks_all() {
    cluster.configureTopic("orders", "min.insync.replicas", "2");
    partition.setInSync(1);

    try (KafkaProducer<String, String> producer =
        producer(cluster, "delivery.timeout.ms", 500, "request.timeout.ms", 400)) {
      assertThatThrownBy(() -> send(producer, "orders", 0, "refused"))
          .isInstanceOf(ExecutionException.class)
          .rootCause()
          .isInstanceOfAny(NotEnoughReplicasException.class, TimeoutException.class);
    }
    assertThat(partition.inSync()).containsExactly(1);
    assertThat(cluster.records("orders")).isEmpty();
  }

  @Test
  void a_consumer_is_told_of_a_lost_tail() {
    partition.append("1", "2", "3", "4");

    try (KafkaConsumer<String, String> consumer =
        reader(cluster, "orders", 0, "auto.offset.reset", "none", "metadata.max.age.ms", 50)) {
      consumer.seekToBeginning(Set.of(ORDERS_0));
      read(consumer, 4);
      partition.truncate(0);
      partition.append("other");

      assertThatThrownBy(() -> read(consumer, 1))
          .isInstanceOfAny(LogTruncationException.class, OffsetOutOfRangeException.class);
    }
  }

  @Test
  void a_consumer_whose_records_were_deleted_is_out_of_range() {
    partition.append("1");
    partition.append("2");
    partition.deleteRecordsBefore(1);

    try (KafkaConsumer<String, String> consumer =
        reader(cluster, "orders", 0, "auto.offset.reset", "none")) {
      consumer.seek(ORDERS_0, 0);
      assertThatThrownBy(() -> read(consumer, 1)).isInstanceOf(OffsetOutOfRangeException.class);
    }
    try (KafkaConsumer<String, String> consumer = reader(cluster, "orders", 0)) {
      assertThat(read(consumer, 1)).containsExactly("2");
    }
    assertThat(partition.startOffset()).isEqualTo(1);
  }

  @Test
  void a_consumer_reads_in_its_rack_what_the_replica_there_has() {
    partition.append("1");
    partition.append("2");

    try (KafkaConsumer<String, String> consumer =
        reader(cluster, "orders", 0, "client.rack", "c")) {
      assertThat(read(consumer, 2)).containsExactly("1", "2");
    }
    assertThat(cluster.requests().of(ApiKey.FETCH)).extracting(SeenRequest::brokerId).contains(3);
  }

  @Test
  void a_replica_that_began_late_sends_its_reader_back_to_the_leader() {
    partition.append("1");
    partition.append("2");
    partition.limitReplica(3, 1, Long.MAX_VALUE);

    try (KafkaConsumer<String, String> consumer =
        reader(cluster, "orders", 0, "client.rack", "c", "auto.offset.reset", "none")) {
      consumer.seek(ORDERS_0, 0);
      assertThat(read(consumer, 2)).containsExactly("1", "2");
    }
  }

  @Test
  void who_reads_only_what_is_committed_stops_at_an_open_transaction() {
    partition.append("plain");
    partition.appendInTransaction(7, "aborted");
    partition.endTransaction(7, false);
    partition.appendInTransaction(8, "committed");
    partition.endTransaction(8, true);
    partition.appendInTransaction(9, "open");

    try (KafkaConsumer<String, String> committed =
            reader(cluster, "orders", 0, "isolation.level", "read_committed");
        KafkaConsumer<String, String> all = reader(cluster, "orders", 0)) {
      assertThat(read(all, 4)).containsExactly("plain", "aborted", "committed", "open");
      assertThat(read(committed, 2)).containsExactly("plain", "committed");
      assertThat(partition.lastStableOffset()).isEqualTo(5);

      partition.endTransaction(9, true);
      assertThat(read(committed, 1)).containsExactly("open");
    }
  }

  @Test
  void bytes_that_are_no_batch_reach_the_reader() {
    partition.appendBytes("this is not a batch of records".getBytes(StandardCharsets.UTF_8), 1);

    try (KafkaConsumer<String, String> consumer = reader(cluster, "orders", 0)) {
      assertThatThrownBy(() -> read(consumer, 1)).isInstanceOf(KafkaException.class);
    }
  }

  @Test
  void forgotten_producers_are_not_described_and_their_next_number_is_taken() throws Exception {
    try (KafkaProducer<String, String> producer = producer(cluster);
        Admin admin = FakeClusterTest.admin(cluster)) {
      send(producer, "orders", 0, "1");
      assertThat(states(admin)).hasSize(1);

      partition.forgetProducers();
      assertThat(states(admin)).isEmpty();
      send(producer, "orders", 0, "2");
    }
    assertThat(cluster.records("orders")).hasSize(2);
  }

  @Test
  void producers_expire_when_the_clock_says_so() throws Exception {
    try (FakeCluster still = FakeCluster.builder().manualClock().topic("orders", 1).start();
        KafkaProducer<String, String> producer = producer(still);
        Admin admin = FakeClusterTest.admin(still)) {
      send(producer, "orders", 0, "1");
      still.clock().advance(Duration.ofHours(23));
      assertThat(states(admin)).hasSize(1);

      still.clock().advance(Duration.ofHours(2));
      assertThat(states(admin)).isEmpty();
    }
  }

  private static List<?> states(Admin admin) throws Exception {
    PartitionProducerState state =
        done(admin.describeProducers(List.of(ORDERS_0)).partitionResult(ORDERS_0));
    return state.activeProducers();
  }

  @Test
  void a_producer_goes_on_with_a_topic_that_was_created_again() throws Exception {
    try (KafkaProducer<String, String> producer = producer(cluster, "metadata.max.age.ms", 50)) {
      send(producer, "orders", 0, "in the old one");
      cluster.recreateTopic("orders");
      send(producer, "orders", 0, "in the new one");
    }

    assertThat(cluster.records("orders"))
        .extracting(FakeRecord::value)
        .containsExactly("in the new one");
  }

  @Test
  void a_topic_grows_and_goes() throws Exception {
    cluster.createTopic("short", 1, Map.of("cleanup.policy", "compact"));
    cluster.growTopic("short", 3);
    try (KafkaProducer<String, String> producer = producer(cluster)) {
      assertThat(producer.partitionsFor("short")).hasSize(3);
    }

    cluster.deleteTopic("short");

    assertThat(cluster.topics()).containsExactly("orders");
    assertThatThrownBy(() -> cluster.partition("short", 0))
        .hasMessageContaining("short")
        .hasMessageContaining("orders");
  }

  @Test
  void a_leader_epoch_goes_back() throws Exception {
    partition.moveLeader(2);
    partition.moveLeader(1);
    partition.rewindLeaderEpoch(1);

    try (Admin admin = FakeClusterTest.admin(cluster)) {
      assertThat(partition.leaderEpoch()).isEqualTo(1);
      assertThat(done(admin.describeTopics(List.of("orders")).allTopicNames())).hasSize(1);
    }
  }
}
