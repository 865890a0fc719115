package io.ottla.testkit.internal.group.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.testkit.fake.FakeCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kafka's own consumers of both protocols in groups of a fake cluster. */
@Timeout(30)
final class KafkaConsumersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final String GROUP = "readers";

  private final FakeCluster cluster = FakeCluster.builder().brokers(2).topic("orders", 4).start();
  private final List<KafkaConsumer<String, String>> consumers = new ArrayList<>();

  @AfterEach
  void close() {
    consumers.forEach(consumer -> consumer.close());
    assertThat(cluster.refusals()).isEmpty();
    cluster.close();
  }

  private KafkaConsumer<String, String> consumer(String protocol) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", cluster.bootstrapServers());
    config.put("group.id", GROUP);
    config.put("group.protocol", protocol);
    config.put("enable.auto.commit", false);
    config.put("metadata.max.age.ms", 100);
    if (protocol.equals("classic")) {
      config.put("heartbeat.interval.ms", 50);
    }
    KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
    consumers.add(consumer);
    return consumer;
  }

  /** Polls with all of them until they have so many partitions each. */
  private void awaitPartitions(int... counts) {
    poll(
        () -> {
          for (int i = 0; i < counts.length; i++) {
            if (consumers.get(i).assignment().size() != counts[i]) {
              return false;
            }
          }
          return true;
        });
  }

  /** Polls with all of them until something is so; they must not be polled on another thread. */
  private void poll(BooleanSupplier until) {
    Awaitility.await()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(PATIENCE)
        .until(
            () -> {
              consumers.forEach(consumer -> consumer.poll(POLL));
              return until.getAsBoolean();
            });
  }

  private Set<TopicPartition> all() {
    Set<TopicPartition> all = new HashSet<>();
    consumers.forEach(consumer -> all.addAll(consumer.assignment()));
    return all;
  }

  @Test
  void consumers_share_and_inherit_partitions() throws Exception {
    consumer("consumer").subscribe(List.of("orders"));
    awaitPartitions(4);
    consumer("consumer").subscribe(List.of("orders"));
    awaitPartitions(2, 2);
    assertThat(all()).hasSize(4);
    assertThat(cluster.group(GROUP).state()).isEqualTo("Stable");

    TopicPartition first = consumers.get(0).assignment().iterator().next();
    consumers.get(0).commitSync(Map.of(first, new OffsetAndMetadata(7, "seven")));
    assertThat(cluster.group(GROUP).committed("orders", first.partition())).hasValue(7);
    assertThat(consumers.get(0).committed(Set.of(first)))
        .containsEntry(first, new OffsetAndMetadata(7, "seven"));

    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      ConsumerGroupDescription described =
          Objects.requireNonNull(
              admin.describeConsumerGroups(List.of(GROUP)).all().get().get(GROUP));
      assertThat(described.type()).isEqualTo(GroupType.CONSUMER);
      assertThat(described.groupState()).isEqualTo(GroupState.STABLE);
      assertThat(described.members()).hasSize(2);
    }
    consumers.remove(1).close();
    awaitPartitions(4);
  }

  @Test
  void consumer_that_expired_joins_again() {
    consumer("consumer").subscribe(List.of("orders"));
    awaitPartitions(4);
    // Else it may be asking for its offsets when it expires, and give up.
    consumers.get(0).assignment().forEach(consumers.get(0)::position);
    String member = cluster.group(GROUP).members().get(0);

    cluster.group(GROUP).expireMember(member);

    poll(() -> cluster.group(GROUP).state().equals("Stable"));
    awaitPartitions(4);
  }

  @Test
  void consumer_subscribes_to_a_pattern_and_grows_with_its_topic() {
    consumer("consumer").subscribe(new SubscriptionPattern("ord.*"));
    awaitPartitions(4);

    cluster.growTopic("orders", 6);
    awaitPartitions(6);
  }

  @Test
  void group_goes_from_one_protocol_to_the_other_while_it_reads() {
    consumer("classic").subscribe(List.of("orders"));
    awaitPartitions(4);
    consumer("consumer").subscribe(List.of("orders"));
    awaitPartitions(2, 2);
    assertThat(all()).hasSize(4);

    consumers.remove(1).close();
    awaitPartitions(4);
  }
}
