package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.CreateTopicsRequest;
import io.ottla.protocol.message.CreateTopicsRequest.CreatableTopic;
import io.ottla.protocol.message.DescribeClusterRequest;
import io.ottla.protocol.message.DescribeLogDirsRequest;
import io.ottla.protocol.message.ListOffsetsRequest;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsPartition;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsTopic;
import io.ottla.protocol.message.ListOffsetsResponse;
import io.ottla.protocol.message.OffsetFetchRequest;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceRequest.PartitionProduceData;
import io.ottla.protocol.message.ProduceRequest.TopicProduceData;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.RealKafka;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three real brokers: requests find their leaders, also after one of them was killed. */
@RealKafka(nodes = 3, shared = false)
@Timeout(240)
final class ClusterIT {
  private static final int PARTITIONS = 6;

  private final KafkaServer kafka;

  ClusterIT(KafkaServer kafka) {
    this.kafka = kafka;
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(120, TimeUnit.SECONDS);
  }

  @Test
  void requests_find_their_leaders_also_after_one_was_killed() throws Exception {
    try (Cluster cluster =
        Ottla.cluster(kafka.bootstrapServers(), o -> o.callTimeout(Duration.ofSeconds(90)))) {
      assertThat(get(cluster.clusterId())).isEqualTo(kafka.clusterId());
      assertThat(get(cluster.request(new DescribeClusterRequest())).brokers()).hasSize(3);
      createTopic(cluster);
      for (int i = 0; i < PARTITIONS; i++) {
        assertThat(error(get(cluster.request(produce(i))))).isZero();
      }
      assertThat(offsets(get(cluster.request(ends())))).containsOnly(1L).hasSize(PARTITIONS);
      assertThat(get(cluster.requestParts(new DescribeLogDirsRequest().topics(null), TIME)))
          .hasSize(3)
          .allMatch(RequestPart::isAnswered);
      OffsetFetchRequest committed = new OffsetFetchRequest().groupId("billing").topics(null);
      assertThat(get(cluster.request(committed)).errorCode()).isZero();

      int victim = get(cluster.leader("orders", 0)).broker().id();
      kafka.node(victim).kill();

      assertThat(offsets(get(cluster.request(ends())))).containsOnly(1L).hasSize(PARTITIONS);
      assertThat(error(get(cluster.request(produce(0))))).isZero();
      assertThat(get(cluster.leader("orders", 0)).broker().id()).isNotEqualTo(victim);
      assertThat(get(cluster.request(committed)).errorCode()).isZero();
    }
  }

  private static final Duration TIME = Duration.ofSeconds(60);

  private static void createTopic(Cluster cluster) throws Exception {
    CreateTopicsRequest request = new CreateTopicsRequest().timeoutMs(30_000);
    request
        .topics()
        .add(
            new CreatableTopic()
                .name("orders")
                .numPartitions(PARTITIONS)
                .replicationFactor((short) 3));
    assertThat(get(cluster.request(request)).topics().get(0).errorCode()).isZero();
  }

  private static ProduceRequest produce(int partition) {
    ProduceRequest request = new ProduceRequest().acks((short) -1).timeoutMs(20_000);
    request
        .topicData()
        .add(
            new TopicProduceData()
                .name("orders")
                .partitionData(
                    List.of(
                        new PartitionProduceData()
                            .index(partition)
                            .records(OneRecord.of("value")))));
    return request;
  }

  private static int error(ProduceResponse response) {
    return response.responses().get(0).partitionResponses().get(0).errorCode();
  }

  private static ListOffsetsRequest ends() {
    ListOffsetsTopic topic = new ListOffsetsTopic().name("orders");
    for (int i = 0; i < PARTITIONS; i++) {
      topic.partitions().add(new ListOffsetsPartition().partitionIndex(i).timestamp(-1));
    }
    ListOffsetsRequest request = new ListOffsetsRequest().replicaId(-1);
    request.topics().add(topic);
    return request;
  }

  private static List<Long> offsets(ListOffsetsResponse response) {
    return response.topics().get(0).partitions().stream()
        .map(
            partition -> {
              assertThat(partition.errorCode()).isZero();
              return partition.offset();
            })
        .toList();
  }
}
