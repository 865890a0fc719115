package io.ottla.testkit.fake;

import static io.ottla.testkit.fake.KafkaClients.done;
import static io.ottla.testkit.fake.KafkaClients.producer;
import static io.ottla.testkit.fake.KafkaClients.read;
import static io.ottla.testkit.fake.KafkaClients.reader;
import static io.ottla.testkit.fake.KafkaClients.send;
import static io.ottla.testkit.fake.KafkaClients.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Node;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is done to brokers, as kafka-clients live through it. */
@Timeout(60)
final class BrokerControlsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final FakeCluster cluster = FakeCluster.builder().brokers(3).topic("orders", 3).start();

  @AfterEach
  void close() {
    List<String> refusals = cluster.refusals();
    cluster.close();
    assertThat(refusals).isEmpty();
  }

  @Test
  void a_producer_goes_on_when_brokers_are_stopped_killed_and_started() throws Exception {
    try (KafkaProducer<String, String> producer = producer(cluster)) {
      send(producer, "orders", 0, "before");
      cluster.broker(1).stop();
      send(producer, "orders", 0, "while 1 is stopped");
      cluster.broker(2).kill();
      send(producer, "orders", 0, "while 2 is killed, too");
      cluster.broker(1).start();
      cluster.broker(3).stop();
      send(producer, "orders", 0, "after");
    }

    assertThat(cluster.partition("orders", 0).leader()).hasValue(1);
    assertThat(cluster.partition("orders", 0).leaderEpoch()).isEqualTo(3);
    assertThat(cluster.records("orders")).hasSize(4);
  }

  @Test
  void a_restarted_broker_has_cut_its_connections() throws Exception {
    try (KafkaProducer<String, String> producer = producer(cluster)) {
      send(producer, "orders", 0, "before");

      cluster.broker(1).restart();
      cluster.partition("orders", 0).moveLeader(1);
      send(producer, "orders", 0, "after");
    }

    assertThat(
            cluster.requests().of(ApiKey.PRODUCE).stream()
                .filter(request -> request.brokerId() == 1)
                .map(SeenRequest::connectionId))
        .doesNotHaveDuplicates()
        .hasSize(2);
  }

  @Test
  void an_added_broker_is_told_and_takes_over_a_partition() throws Exception {
    FakeBroker fourth = cluster.addBroker(4);
    cluster.partition("orders", 0).reassign(4);

    try (KafkaProducer<String, String> producer = producer(cluster);
        Admin admin = FakeClusterTest.admin(cluster)) {
      send(producer, "orders", 0, "to the fourth");

      assertThat(done(admin.describeCluster().nodes())).extracting(Node::id).contains(4);
    }
    assertThat(cluster.requests().of(ApiKey.PRODUCE))
        .extracting(SeenRequest::brokerId)
        .containsOnly(fourth.id());
  }

  @Test
  void a_removed_broker_is_told_no_more_and_its_partitions_move() throws Exception {
    try (KafkaProducer<String, String> producer = producer(cluster);
        Admin admin = FakeClusterTest.admin(cluster)) {
      send(producer, "orders", 1, "before");
      cluster.broker(2).remove();
      send(producer, "orders", 1, "after");

      assertThat(done(admin.describeCluster().nodes())).extracting(Node::id).containsOnly(1, 3);
    }
    assertThat(cluster.partition("orders", 1).replicas()).doesNotContain(2);
    assertThat(cluster.records("orders")).hasSize(2);
  }

  @Test
  void connections_are_closed_or_reset_and_clients_connect_again() throws Exception {
    try (KafkaProducer<String, String> producer = producer(cluster)) {
      send(producer, "orders", 0, "1");
      cluster.broker(1).closeConnections();
      send(producer, "orders", 0, "2");
      cluster.broker(1).resetConnections();
      send(producer, "orders", 0, "3");
    }

    assertThat(cluster.requests().of(ApiKey.PRODUCE).stream().map(SeenRequest::connectionId))
        .doesNotHaveDuplicates()
        .hasSize(3);
    assertThat(cluster.records("orders"))
        .extracting(FakeRecord::value)
        .containsExactly("1", "2", "3");
  }

  @Test
  void a_broker_that_refuses_connections_is_reached_when_it_accepts_them_again() throws Exception {
    cluster.broker(1).refuseConnections();
    cluster.broker(1).closeConnections();

    try (KafkaProducer<String, String> producer = producer(cluster)) {
      Future<RecordMetadata> waiting = sent(producer, "orders", 0, "waits");
      cluster.requests().await(ApiKey.METADATA, 1, PATIENCE);
      assertThat(waiting).isNotDone();

      cluster.broker(1).acceptConnections();
      done(waiting);
    }
    assertThat(cluster.records("orders")).hasSize(1);
  }

  @Test
  void clients_go_where_a_broker_says_that_it_is() throws Exception {
    int port = cluster.broker(1).port();
    cluster.broker(1).advertise("localhost", cluster.broker(3).port());

    try (Admin admin = FakeClusterTest.admin(cluster)) {
      assertThat(done(admin.describeCluster().nodes()))
          .filteredOn(node -> node.id() == 1)
          .singleElement()
          .satisfies(node -> assertThat(node.port()).isNotEqualTo(port));
    }
  }

  @Test
  void a_throttled_producer_waits_as_long_as_it_is_told() throws Exception {
    cluster.broker(1).throttle(ApiKey.PRODUCE, Duration.ofMillis(300));

    try (KafkaProducer<String, String> producer = producer(cluster)) {
      send(producer, "orders", 0, "1");
      send(producer, "orders", 0, "2");

      assertThat(producer.metrics().entrySet())
          .filteredOn(metric -> metric.getKey().name().equals("produce-throttle-time-max"))
          .extracting(metric -> metric.getValue().metricValue())
          .containsExactly(300.0);
    }
    List<SeenRequest> produced = cluster.requests().of(ApiKey.PRODUCE);
    assertThat(Duration.between(produced.get(0).time(), produced.get(1).time()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(300));
  }

  @Test
  void a_client_speaks_the_versions_of_the_release_that_a_broker_looks_like() throws Exception {
    try (FakeCluster old =
            FakeCluster.builder().release(KafkaRelease.V2_1).topic("orders", 1).start();
        KafkaProducer<String, String> producer = producer(old);
        KafkaConsumer<String, String> consumer = reader(old, "orders", 0)) {
      send(producer, "orders", 0, "old");
      assertThat(read(consumer, 1)).containsExactly("old");

      assertThat(old.requests().of(ApiKey.PRODUCE))
          .extracting(SeenRequest::version)
          .containsOnly(7);
      assertThat(old.requests().of(ApiKey.FETCH)).extracting(SeenRequest::version).containsOnly(10);
      assertThat(old.refusals()).isEmpty();
    }
  }

  @Test
  void brokers_differ_in_what_they_offer() throws Exception {
    cluster.broker(1).offer(ApiKey.PRODUCE, 3, 8);
    cluster.broker(2).release(KafkaRelease.V3_0);
    cluster.broker(3).withdraw(ApiKey.DESCRIBE_TOPIC_PARTITIONS);

    try (KafkaProducer<String, String> producer = producer(cluster)) {
      send(producer, "orders", 0, "to 1");
      send(producer, "orders", 1, "to 2");
      send(producer, "orders", 2, "to 3");
    }

    assertThat(cluster.requests().of(ApiKey.PRODUCE))
        .extracting(SeenRequest::version)
        .containsExactly(8, 9, 13);
  }

  @Test
  void requests_that_wait_behind_one_that_is_held_are_counted() throws Exception {
    Gate gate = new Gate();
    cluster.on(ApiKey.METADATA).once(Fault.hold(gate));

    try (RawClient client = new RawClient(cluster.broker(1).port(), "raw")) {
      client.send(new MetadataRequest());
      gate.await();
      assertThat(cluster.broker(1).waitingRequests()).isZero();
      client.send(new MetadataRequest());
      client.send(new MetadataRequest());
      cluster.await(() -> cluster.broker(1).waitingRequests() == 2, PATIENCE);
      assertThat(cluster.requests().count(ApiKey.METADATA)).isEqualTo(1);

      gate.open();
      client.receive(new MetadataRequest());
      client.receive(new MetadataRequest());
      client.receive(new MetadataRequest());
      assertThat(cluster.broker(1).waitingRequests()).isZero();
    }
  }

  @Test
  void the_controller_is_another_one() throws Exception {
    cluster.moveController(3);

    try (Admin admin = FakeClusterTest.admin(cluster)) {
      assertThat(done(admin.describeCluster().controller()).id()).isEqualTo(3);
    }
    assertThat(cluster.controller()).isEqualTo(3);
  }

  @Test
  void metadata_may_lie_to_one_client() throws Exception {
    cluster
        .on(ApiKey.METADATA)
        .client("deceived")
        .always(Fault.edit(MetadataResponse.class, answer -> answer.clusterId("another")));

    try (KafkaProducer<String, String> producer = producer(cluster, "client.id", "honest")) {
      send(producer, "orders", 0, "to the right one");
    }
    assertThat(cluster.requests().of(ApiKey.METADATA))
        .allSatisfy(
            seen ->
                assertThat(seen.answer(MetadataResponse.class).clusterId())
                    .isEqualTo(cluster.clusterId()));
  }
}
