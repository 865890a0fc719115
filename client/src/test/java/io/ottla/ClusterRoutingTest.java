package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.CreateTopicsRequest;
import io.ottla.protocol.message.CreateTopicsRequest.CreatableTopic;
import io.ottla.protocol.message.CreateTopicsResponse;
import io.ottla.protocol.message.DescribeClusterRequest;
import io.ottla.protocol.message.ListOffsetsRequest;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsPartition;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsTopic;
import io.ottla.protocol.message.ListOffsetsResponse;
import io.ottla.testkit.fake.FakeCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests find whoever must answer them. */
@Timeout(30)
final class ClusterRoutingTest {
  private final FakeCluster fake =
      FakeCluster.builder().brokers(3).topic("orders", 6).clusterId("one").start();
  private final Cluster cluster = Ottla.cluster(fake.bootstrapServers());

  @AfterEach
  void close() {
    cluster.close();
    assertThat(fake.refusals()).isEmpty();
    fake.close();
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  @Test
  void any_broker_answers_what_all_know() throws Exception {
    assertThat(get(cluster.request(new DescribeClusterRequest())).clusterId()).isEqualTo("one");
    assertThat(get(cluster.clusterId())).isEqualTo("one");
    assertThat(get(cluster.brokers())).extracting(ClusterBroker::id).containsExactly(1, 2, 3);
  }

  @Test
  void the_controller_creates_topics() throws Exception {
    CreateTopicsRequest request = new CreateTopicsRequest().timeoutMs(1000);
    request
        .topics()
        .add(new CreatableTopic().name("new").numPartitions(1).replicationFactor((short) 1));

    CreateTopicsResponse created = get(cluster.request(request));

    assertThat(created.topics().get(0).errorCode()).isZero();
    assertThat(fake.topics()).contains("new");
    assertThat(get(cluster.controller()).id()).isEqualTo(fake.controller());
  }

  @Test
  void each_leader_is_asked_for_its_partitions_and_the_answer_is_one() throws Exception {
    fake.partition("orders", 4).append("a", "b", "c");
    List<ListOffsetsPartition> partitions = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      partitions.add(new ListOffsetsPartition().partitionIndex(i).timestamp(-1));
    }
    ListOffsetsRequest request = new ListOffsetsRequest().replicaId(-1);
    request.topics().add(new ListOffsetsTopic().name("orders").partitions(partitions));

    ListOffsetsResponse response = get(cluster.request(request));

    assertThat(response.topics()).hasSize(1);
    assertThat(response.topics().get(0).partitions())
        .extracting(ListOffsetsResponse.ListOffsetsPartitionResponse::offset)
        .containsExactly(0L, 0L, 0L, 0L, 3L, 0L);
  }

  @Test
  void a_coordinator_is_found() throws Exception {
    assertThat(get(cluster.coordinator("billing")).id())
        .isEqualTo(fake.group("billing").coordinator().orElseThrow());
    assertThat(get(get(cluster.broker(2)).versions()).isAssumed()).isFalse();
  }
}
