package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.OttlaException;
import io.ottla.protocol.message.ListOffsetsRequest;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsPartition;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsTopic;
import io.ottla.protocol.message.ListOffsetsResponse;
import io.ottla.protocol.message.ListOffsetsResponse.ListOffsetsPartitionResponse;
import io.ottla.testkit.fake.FakeCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** Three fake brokers with the six partitions of one topic, and a cluster that knows them all. */
abstract class ClusterTestBase {
  static final Duration PATIENCE = Duration.ofSeconds(20);
  static final int PARTITIONS = 6;

  final FakeCluster fake =
      FakeCluster.builder().brokers(3).topic("orders", PARTITIONS).clusterId("one").start();
  final Cluster cluster = open(fake.bootstrapServers());

  static Cluster open(String servers) {
    return Ottla.cluster(
        servers,
        o ->
            o.retryBackoff(Duration.ofMillis(10))
                .retryBackoffMost(Duration.ofMillis(100))
                .reconnectBackoff(Duration.ofMillis(5))
                .reconnectBackoffMost(Duration.ofMillis(50)));
  }

  @AfterEach
  void close() {
    cluster.close(Duration.ZERO);
    assertThat(fake.refusals()).isEmpty();
    fake.close();
  }

  static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  static OttlaException failureOf(CompletableFuture<?> future) throws Exception {
    try {
      Object value = future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      throw new AssertionError("it did not fail but gave " + value);
    } catch (ExecutionException failed) {
      assertThat(failed.getCause()).isInstanceOf(OttlaException.class);
      return (OttlaException) failed.getCause();
    }
  }

  /** Asks for the ends of these partitions. */
  static ListOffsetsRequest ends(int... partitions) {
    List<ListOffsetsPartition> asked = new ArrayList<>();
    for (int partition : partitions) {
      asked.add(new ListOffsetsPartition().partitionIndex(partition).timestamp(-1));
    }
    ListOffsetsRequest request = new ListOffsetsRequest().replicaId(-1);
    request.topics().add(new ListOffsetsTopic().name("orders").partitions(asked));
    return request;
  }

  static ListOffsetsRequest allEnds() {
    return ends(0, 1, 2, 3, 4, 5);
  }

  static List<Short> errors(ListOffsetsResponse response) {
    return response.topics().stream()
        .flatMap(topic -> topic.partitions().stream())
        .map(ListOffsetsPartitionResponse::errorCode)
        .toList();
  }

  static List<Long> offsets(ListOffsetsResponse response) {
    return response.topics().stream()
        .flatMap(topic -> topic.partitions().stream())
        .map(ListOffsetsPartitionResponse::offset)
        .toList();
  }

  int leader(int partition) {
    return fake.partition("orders", partition).leader().orElseThrow();
  }

  /** Some broker that does not lead a partition. */
  int otherThanLeader(int partition) {
    return leader(partition) % 3 + 1;
  }
}
