package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import io.ottla.error.OttlaException;
import io.ottla.protocol.message.DescribeClusterRequest;
import io.ottla.protocol.message.DescribeGroupsRequest;
import io.ottla.protocol.message.FindCoordinatorRequest;
import io.ottla.protocol.message.ListGroupsRequest;
import io.ottla.protocol.message.ListOffsetsRequest;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsPartition;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsTopic;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.testkit.fake.FakeBroker;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.Fault;
import io.ottla.watch.Warnings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random requests meet random faults: each ends, in an answer or in an error of ours, and nothing
 * is left. The seed is the test's parameter.
 */
@Timeout(90)
final class ClusterChaosTest {
  private static final int STEPS = 100;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void every_request_ends_and_nothing_is_left(long seed) throws Exception {
    Random random = new Random(seed);
    try (FakeCluster fake = FakeCluster.builder().brokers(3).topic("orders", 6).start()) {
      Cluster cluster =
          Ottla.cluster(
              fake.bootstrapServers(),
              o ->
                  o.requestTimeout(Duration.ofMillis(100))
                      .retryBackoff(Duration.ofMillis(2))
                      .retryBackoffMost(Duration.ofMillis(20))
                      .reconnectBackoff(Duration.ofMillis(1))
                      .reconnectBackoffMost(Duration.ofMillis(10)));
      List<CompletableFuture<?>> asked = new ArrayList<>();
      for (int step = 0; step < STEPS; step++) {
        trouble(fake, random);
        asked.add(request(cluster, random));
        if (step % 10 == 0) {
          settled(asked.get(random.nextInt(asked.size())));
        }
      }
      for (int id = 1; id <= 3; id++) {
        startIfStopped(fake.broker(id));
      }
      fake.clearFaults();
      for (CompletableFuture<?> one : asked) {
        settled(one);
      }
      assertThat(cluster.request(new DescribeClusterRequest()).get(20, TimeUnit.SECONDS).brokers())
          .hasSize(3);
      cluster.close();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> fake.brokers().stream().allMatch(broker -> broker.connections() == 0));
    }
    Warnings.take(line -> line.contains("testkit"));
  }

  private static void settled(CompletableFuture<?> one) throws Exception {
    try {
      one.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      if (!(failed.getCause() instanceof OttlaException)) {
        fail("not an error of ours", failed);
      }
    }
  }

  private static void trouble(FakeCluster fake, Random random) {
    int id = 1 + random.nextInt(3);
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> fake.broker(id).onAny().once(fault(random));
      case 3 -> fake.broker(id).resetConnections();
      case 4 -> {
        int partition = random.nextInt(6);
        if (fake.broker(id).isRunning()) {
          fake.partition("orders", partition).moveLeader(id);
        }
      }
      case 5 -> {
        long running = fake.brokers().stream().filter(FakeBroker::isRunning).count();
        if (running > 1 && fake.broker(id).isRunning()) {
          fake.broker(id).stop();
        }
      }
      case 6 -> startIfStopped(fake.broker(id));
      default -> {
        // A step without trouble.
      }
    }
  }

  private static void startIfStopped(FakeBroker broker) {
    if (!broker.isRunning()) {
      broker.start();
    }
  }

  private static Fault fault(Random random) {
    return switch (random.nextInt(9)) {
      case 0 -> Fault.closeBefore();
      case 1 -> Fault.closeAfter();
      case 2 -> Fault.resetAfter();
      case 3 -> Fault.halfReply(1 + random.nextInt(30));
      case 4 -> Fault.loseReply();
      case 5 -> Fault.delayReply(Duration.ofMillis(random.nextInt(50)));
      case 6 -> Fault.bytes("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      case 7 -> Fault.wrongCorrelation(1);
      default -> Fault.byteByByte();
    };
  }

  private static CompletableFuture<?> request(Cluster cluster, Random random) {
    Duration time = Duration.ofMillis(1 + random.nextInt(1000));
    return switch (random.nextInt(8)) {
      case 0 -> cluster.request(new DescribeClusterRequest(), time);
      case 1 -> cluster.request(new ListGroupsRequest(), time);
      case 2 ->
          cluster.request(
              new DescribeGroupsRequest().groups(List.of("a", "b", "c" + random.nextInt())), time);
      case 3 ->
          cluster.request(new FindCoordinatorRequest().coordinatorKeys(List.of("x", "y")), time);
      case 4 -> cluster.request(new MetadataRequest().topics(null), Route.broker(2), time);
      case 5 -> cluster.requestParts(ends(), time);
      default -> cluster.request(ends(), time);
    };
  }

  private static ListOffsetsRequest ends() {
    ListOffsetsTopic topic = new ListOffsetsTopic().name("orders");
    for (int i = 0; i < 6; i++) {
      topic.partitions().add(new ListOffsetsPartition().partitionIndex(i).timestamp(-1));
    }
    ListOffsetsRequest request = new ListOffsetsRequest().replicaId(-1);
    request.topics().add(topic);
    return request;
  }
}
