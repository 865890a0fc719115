package io.ottla.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.testkit.KafkaNode;
import io.ottla.testkit.KafkaServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Kafka's own client, three real brokers, and proxies between that hurt. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FaultProxiesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PARTITIONS = 3;
  private static final int RECORDS = 300;

  private final FaultProxies proxies = FaultProxies.create();
  private KafkaServer kafka;
  private int topics;

  @SuppressWarnings("NullAway.Init") // set before the first test
  FaultProxiesIT() {}

  @BeforeAll
  void start() {
    kafka = KafkaServer.builder().nodes(3).advertised(proxies).start();
  }

  @AfterEach
  void heal() {
    proxies.heal();
  }

  @AfterAll
  void stop() {
    kafka.close();
    proxies.close();
  }

  @Test
  void a_client_reaches_each_broker_through_its_proxy_and_no_other_way() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      assertThat(admin.describeCluster().nodes().get())
          .extracting(Node::port)
          .containsExactlyInAnyOrderElementsOf(
              proxies.all().stream().map(FaultProxy::port).toList());
    }
    assertThat(kafka.bootstrapServers()).isEqualTo(addresses());
    assertThat(kafka.nodes())
        .extracting(KafkaNode::port)
        .doesNotContainAnyElementsOf(proxies.all().stream().map(FaultProxy::port).toList());
    String topic = newTopic();
    List<Long> before = passed();

    try (KafkaProducer<String, String> producer = producer(Map.of())) {
      sendAll(producer, topic);
    }

    // Every partition has another leader, and each leader got more than its records' bytes.
    assertThat(read(topic)).hasSize(RECORDS);
    for (int i = 0; i < PARTITIONS; i++) {
      assertThat(passed().get(i) - before.get(i)).isGreaterThan(2L * RECORDS / PARTITIONS * 1_000);
    }
  }

  // G93
  @Test
  void an_idempotent_producer_survives_connections_that_end_in_every_way() throws Exception {
    String topic = newTopic();
    try (KafkaProducer<String, String> producer = producer(Map.of("batch.size", 4_000))) {
      sendAll(producer, topic);
      // Enough for a client to say and hear who is who, and for a few of its batches.
      proxies.afterBytes(Direction.TO_BROKER, 20_000, ProxiedConnection::reset);
      proxies.afterBytes(Direction.TO_CLIENT, 2_500, ProxiedConnection::cut);
      proxies.fragment(Direction.TO_CLIENT, 7);

      long before = proxies.node(1).counters().accepted();
      List<Future<RecordMetadata>> sent = send(producer, topic);
      proxies.node(1).await(is -> is.accepted() >= before + 3, PATIENCE);
      proxies.heal();
      for (Future<RecordMetadata> one : sent) {
        one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    }

    expectEachTwice(read(topic));
  }

  @Test
  void a_black_hole_times_requests_out_and_nothing_is_written_twice() throws Exception {
    String topic = newTopic();
    try (KafkaProducer<String, String> producer =
        producer(Map.of("request.timeout.ms", 1_000, "delivery.timeout.ms", 60_000))) {
      sendAll(producer, topic);
      proxies.blackHole(Direction.TO_CLIENT);

      List<Future<RecordMetadata>> sent = send(producer, topic);
      // The brokers get the records, and their answers are lost: the client gives up and tries
      // again.
      long accepted = proxies.node(2).counters().accepted();
      proxies.node(2).await(is -> is.accepted() > accepted, PATIENCE);
      assertThat(sent).noneMatch(Future::isDone);
      proxies.heal();
      for (Future<RecordMetadata> one : sent) {
        one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    }

    expectEachTwice(read(topic));
  }

  @Test
  void a_refused_port_is_as_good_as_a_broker_that_is_down() throws Exception {
    String topic = newTopic();
    proxies.refuse();
    proxies.reset();
    ProducerRecord<String, String> one = new ProducerRecord<>(topic, 0, null, "first");
    try (KafkaProducer<String, String> producer = producer(Map.of("max.block.ms", 500))) {
      assertThatThrownBy(() -> producer.send(one).get())
          .hasMessageContaining("Topic " + topic + " not present in metadata");
    }

    proxies.accept();

    try (KafkaProducer<String, String> producer = producer(Map.of())) {
      assertThat(producer.send(one).get(PATIENCE.toSeconds(), TimeUnit.SECONDS).offset()).isZero();
    }
  }

  /** As all was sent twice, nothing was lost, and nothing written twice. */
  private static void expectEachTwice(List<String> values) {
    assertThat(
            values.stream().collect(Collectors.groupingBy(value -> value, Collectors.counting())))
        .hasSize(RECORDS)
        .allSatisfy((value, count) -> assertThat(count).isEqualTo(2));
  }

  private String addresses() {
    return String.join(
        ",", proxies.all().stream().map(proxy -> "localhost:" + proxy.port()).toList());
  }

  private List<Long> passed() {
    return proxies.all().stream().map(proxy -> proxy.counters().passed()).toList();
  }

  private String newTopic() throws ExecutionException, InterruptedException {
    String topic = "orders-" + topics++;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      Map<Integer, List<Integer>> leaders = Map.of(0, List.of(1), 1, List.of(2), 2, List.of(3));
      admin.createTopics(List.of(new NewTopic(topic, leaders))).all().get();
    }
    return topic;
  }

  private void sendAll(KafkaProducer<String, String> producer, String topic) throws Exception {
    for (Future<RecordMetadata> one : send(producer, topic)) {
      one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private List<Future<RecordMetadata>> send(KafkaProducer<String, String> producer, String topic) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      String value = i + "x".repeat(1_000);
      sent.add(producer.send(new ProducerRecord<>(topic, i % PARTITIONS, null, value)));
    }
    return sent;
  }

  /** All values of a topic, through the proxies as well. */
  private List<String> read(String topic) {
    List<TopicPartition> all =
        List.of(
            new TopicPartition(topic, 0),
            new TopicPartition(topic, 1),
            new TopicPartition(topic, 2));
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (all.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
        for (ConsumerRecord<String, String> one : consumer.poll(Duration.ofMillis(100))) {
          values.add(one.value());
        }
      }
    }
    return values;
  }

  private KafkaProducer<String, String> producer(Map<String, Object> more) {
    Map<String, Object> config =
        new HashMap<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "reconnect.backoff.max.ms",
                100,
                "max.block.ms",
                (int) PATIENCE.toMillis()));
    config.putAll(more);
    return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
  }
}
