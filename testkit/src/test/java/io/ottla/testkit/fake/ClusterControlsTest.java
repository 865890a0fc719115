package io.ottla.testkit.fake;

import static io.ottla.testkit.fake.KafkaClients.producer;
import static io.ottla.testkit.fake.KafkaClients.read;
import static io.ottla.testkit.fake.KafkaClients.reader;
import static io.ottla.testkit.fake.KafkaClients.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseBroker;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a test does to a cluster as a whole: who belongs to it, and what it says of itself. */
@Timeout(60)
final class ClusterControlsTest {
  private final List<FakeCluster> clusters = new ArrayList<>();

  @AfterEach
  void close() {
    List<String> refusals = clusters.stream().flatMap(each -> each.refusals().stream()).toList();
    clusters.forEach(FakeCluster::close);
    assertThat(refusals).isEmpty();
  }

  private FakeCluster start(FakeClusterBuilder builder) {
    FakeCluster cluster = builder.topic("orders", 1).start();
    clusters.add(cluster);
    return cluster;
  }

  private static MetadataResponse metadata(int port) throws Exception {
    try (RawClient client = new RawClient(port, "raw")) {
      return client.ask(new MetadataRequest().topics(null));
    }
  }

  @Test
  void one_list_of_addresses_may_name_two_clusters() throws Exception {
    FakeCluster one = start(FakeCluster.builder().clusterId("one"));
    FakeCluster two = start(FakeCluster.builder().clusterId("two"));

    List<String> seen = new ArrayList<>();
    for (String address : (one.bootstrapServers() + "," + two.bootstrapServers()).split(",", -1)) {
      seen.add(metadata(Integer.parseInt(address.split(":", -1)[1])).clusterId());
    }

    assertThat(seen).containsExactly("one", "two");
  }

  @Test
  void all_brokers_are_replaced_by_others_where_they_were() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().brokers(2));
    List<Integer> ports = cluster.brokers().stream().map(FakeBroker::port).toList();
    try (KafkaProducer<String, String> producer =
        producer(cluster, "metadata.recovery.strategy", "rebootstrap")) {
      send(producer, "orders", 0, "before");

      cluster.addBroker(11);
      cluster.partition("orders", 0).reassign(11);
      cluster.broker(1).remove();
      cluster.broker(2).remove();
      cluster.addBroker(12, ports.get(0));

      send(producer, "orders", 0, "after");
    }

    assertThat(cluster.brokers()).extracting(FakeBroker::id).containsExactly(11, 12);
    assertThat(cluster.broker(12).port()).isEqualTo(ports.get(0));
    assertThat(cluster.records("orders")).hasSize(2);
  }

  @Test
  void a_port_that_is_in_use_is_no_broker_s() {
    FakeCluster cluster = start(FakeCluster.builder());

    assertThatThrownBy(() -> cluster.addBroker(2, cluster.broker(1).port()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot listen");
    assertThat(cluster.brokers()).hasSize(1);
  }

  @Test
  void two_brokers_may_be_told_to_be_at_one_address() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().brokers(2));

    cluster.broker(2).advertise("127.0.0.1", cluster.broker(1).port());

    assertThat(metadata(cluster.broker(1).port()).brokers())
        .extracting(MetadataResponseBroker::port)
        .containsExactly(cluster.broker(1).port(), cluster.broker(1).port());
  }

  @Test
  void a_client_can_be_told_to_begin_again() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder());
    Interception told =
        cluster.on(ApiKey.METADATA).once(Fault.error(ErrorCode.REBOOTSTRAP_REQUIRED));

    MetadataResponse answer = metadata(cluster.broker(1).port());

    assertThat(answer)
        .isEqualTo(new MetadataResponse().errorCode(ErrorCode.REBOOTSTRAP_REQUIRED.code()));
    assertThat(told.hits()).isEqualTo(1);
    try (KafkaProducer<String, String> producer =
        producer(cluster, "metadata.recovery.strategy", "rebootstrap")) {
      cluster.on(ApiKey.METADATA).once(Fault.error(ErrorCode.REBOOTSTRAP_REQUIRED));
      send(producer, "orders", 0, "all the same");
    }
  }

  @Test
  void topics_may_have_no_ids_for_clients() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().withoutTopicIds());

    assertThat(metadata(cluster.broker(1).port()).topics())
        .singleElement()
        .satisfies(topic -> assertThat(topic.topicId()).isEqualTo(WireReader.ZERO_UUID));
    cluster.broker(1).offer(ApiKey.PRODUCE, 0, 12); // kafka-clients would send 13 without an id.
    try (KafkaProducer<String, String> producer = producer(cluster);
        KafkaConsumer<String, String> consumer = reader(cluster, "orders", 0)) {
      send(producer, "orders", 0, "by name");
      assertThat(read(consumer, 1)).containsExactly("by name");
    }
    assertThat(cluster.requests().of(ApiKey.FETCH))
        .filteredOn(request -> !request.body(FetchRequest.class).topics().isEmpty())
        .isNotEmpty()
        .allMatch(request -> request.version() < 13, "without ids");
  }
}
