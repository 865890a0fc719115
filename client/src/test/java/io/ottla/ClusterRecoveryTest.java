package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.Attempt;
import io.ottla.error.ClosedException;
import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.error.TimeoutException;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.DescribeClusterRequest;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ListOffsetsResponse;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.OffsetFetchRequest;
import io.ottla.protocol.message.OffsetFetchResponse;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.testkit.fake.FakeBroker;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.Gate;
import io.ottla.testkit.scenario.Scenario;
import io.ottla.watch.Warnings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What moved, died or lied is found again; what cannot be had ends in one error that says why. */
@Timeout(60)
final class ClusterRecoveryTest extends ClusterTestBase {
  @Test
  void a_leader_that_moved_is_found() throws Exception {
    get(cluster.request(allEnds()));
    for (int i = 0; i < PARTITIONS; i++) {
      fake.partition("orders", i).moveLeader(otherThanLeader(i));
    }

    assertThat(errors(get(cluster.request(allEnds())))).containsOnly((short) 0);
    assertThat(get(cluster.leader("orders", 0)).broker().id()).isEqualTo(leader(0));
  }

  @Test
  @Scenario("G94")
  void a_leader_that_the_old_one_names_is_asked_at_once_and_other_brokers_are_kept()
      throws Exception {
    get(cluster.request(produce(0, "a")));
    long asked = fake.requests().count(ApiKey.METADATA);
    Gate gate = new Gate();
    fake.on(ApiKey.METADATA).always(Fault.hold(gate));
    fake.partition("orders", 0).moveLeader(otherThanLeader(0));

    ProduceResponse response = get(cluster.request(produce(0, "b")));

    assertThat(error(response)).isZero();
    assertThat(fake.records("orders")).hasSize(2);
    fake.clearFaults();
    gate.open();
    assertThat(fake.requests().count(ApiKey.METADATA)).isLessThanOrEqualTo(asked + 1);
    assertThat(get(cluster.brokers())).extracting(ClusterBroker::id).containsExactly(1, 2, 3);
  }

  @Test
  void a_leader_that_stopped_is_replaced_by_the_next() throws Exception {
    get(cluster.request(allEnds()));
    fake.broker(leader(0)).stop();

    assertThat(errors(get(cluster.request(allEnds())))).containsOnly((short) 0);
  }

  @Test
  @Scenario("G91")
  void a_coordinator_that_died_for_ever_is_forgotten() throws Exception {
    fake.group("billing").commit("orders", 0, 7, "");
    int first = get(cluster.coordinator("billing")).id();
    get(cluster.request(offsets("billing")));
    fake.broker(first).remove();

    assertThat(committed(get(cluster.request(offsets("billing"))))).isEqualTo(7);
    assertThat(get(cluster.coordinator("billing")).id()).isNotEqualTo(first);
  }

  @Test
  void a_coordinator_that_moved_is_found() throws Exception {
    fake.group("billing").moveCoordinator(1);
    fake.group("billing").commit("orders", 0, 7, "");
    get(cluster.request(offsets("billing")));
    fake.group("billing").moveCoordinator(2);

    assertThat(committed(get(cluster.request(offsets("billing"))))).isEqualTo(7);
    assertThat(get(cluster.coordinator("billing")).id()).isEqualTo(2);
  }

  @Test
  @Scenario({"G92", "L175"})
  void when_all_known_brokers_are_gone_the_bootstrap_servers_are_asked() throws Exception {
    FakeBroker late = fake.addBroker(9);
    int port = late.port();
    late.stop();
    try (Cluster client = open("127.0.0.1:" + fake.broker(1).port() + ",127.0.0.1:" + port)) {
      assertThat(get(client.brokers())).extracting(ClusterBroker::id).containsExactly(1, 2, 3);
      late.start();
      fake.broker(1).remove();
      fake.broker(2).remove();
      fake.broker(3).remove();

      assertThat(get(client.brokers())).extracting(ClusterBroker::id).containsExactly(9);
    }
  }

  @Test
  @Scenario("L174")
  void brokers_may_leave_be_replaced_go_down_and_one_come_back() throws Exception {
    get(cluster.request(allEnds()));
    fake.addBroker(4);
    assertThat(get(cluster.brokers())).hasSize(4);
    fake.broker(1).remove();
    assertThat(get(cluster.request(new DescribeClusterRequest())).brokers()).hasSize(3);
    fake.broker(2).stop();
    fake.broker(3).stop();
    fake.broker(4).stop();
    CompletableFuture<MetadataResponse> during =
        cluster.request(new MetadataRequest().topics(null));
    fake.broker(3).start();

    assertThat(get(during).brokers()).isNotEmpty();
    assertThat(get(cluster.brokers())).extracting(ClusterBroker::id).containsExactly(3);
  }

  @Test
  @Scenario("L31")
  void bootstrap_servers_of_two_clusters_are_told_once() throws Exception {
    try (FakeCluster other = FakeCluster.builder().clusterId("two").start();
        Cluster client = open(other.bootstrapServers() + "," + fake.bootstrapServers())) {
      get(client.brokers());
      fake.requests().await(ApiKey.METADATA, 3, PATIENCE);
      client.close(PATIENCE);
    }
    List<String> told = Warnings.take(line -> line.contains("two clusters"));
    assertThat(told).hasSize(1);
    assertThat(told.get(0)).contains("two").contains("one").contains("bootstrap.servers");
  }

  @Test
  @Scenario("L167")
  void that_all_brokers_are_down_is_logged_once() throws Exception {
    PrintStream usual = System.err;
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
    try (Cluster nobody = open("127.0.0.1:" + freePort() + ",127.0.0.1:" + freePort())) {
      failureOf(
          nobody.request(
              new DescribeClusterRequest(), Route.group("billing"), Duration.ofSeconds(1)));
      failureOf(nobody.request(allEnds(), Duration.ofSeconds(1)));
    } finally {
      System.setErr(usual);
    }
    assertThat(told.toString(StandardCharsets.UTF_8).lines())
        .filteredOn(line -> line.contains(" INFO ") && line.contains("no broker answers"))
        .hasSize(1);
  }

  @Test
  void that_nobody_answers_says_whom_how_often_and_why() throws Exception {
    int port = freePort();
    int other = freePort();
    try (Cluster nobody = open("127.0.0.1:" + port + ",127.0.0.1:" + other)) {
      TimeoutException failure =
          (TimeoutException)
              failureOf(
                  nobody.request(
                      new DescribeClusterRequest(), Route.byKind(), Duration.ofSeconds(2)));

      assertThat(failure)
          .hasMessageContaining("DescribeCluster not answered after ")
          .hasMessageContaining("127.0.0.1:" + port + " refused the connection")
          .hasMessageContaining("127.0.0.1:" + other + " refused the connection")
          .hasMessageContaining(" times (last ");
      assertThat(failure.tried()).hasSize(2).allMatch(attempt -> attempt.count() > 1);
      assertThat(failure.tried()).extracting(Attempt::where).contains("127.0.0.1:" + port);
      assertThat(failure.outcome()).isEqualTo(SendOutcome.NOT_SENT);
      assertThat(failureOf(nobody.request(allEnds(), Duration.ofSeconds(1))))
          .hasMessageContaining("orders")
          .hasMessageContaining("127.0.0.1:" + port + " refused the connection");
    }
  }

  @Test
  @Scenario({"G66", "L41"})
  void a_broker_that_always_refuses_is_asked_ever_less_often() throws Exception {
    fake.on(ApiKey.LIST_OFFSETS).always(Fault.error(ErrorCode.NOT_LEADER_OR_FOLLOWER));

    ListOffsetsResponse last = get(cluster.request(ends(0), Route.byKind(), Duration.ofSeconds(1)));

    assertThat(errors(last)).containsExactly(ErrorCode.NOT_LEADER_OR_FOLLOWER.code());
    // 10 + 20 + 40 + 80 + 100 + 100 … ms, each a fifth less at least: 16 fit into a second.
    assertThat(fake.requests().count(ApiKey.LIST_OFFSETS)).isBetween(2L, 17L);
  }

  @Test
  void what_may_have_been_carried_out_is_not_sent_again_unless_that_is_harmless() throws Exception {
    get(cluster.request(produce(0, "first")));
    fake.on(ApiKey.PRODUCE).once(Fault.closeAfter());
    fake.on(ApiKey.LIST_OFFSETS).once(Fault.closeAfter());

    OttlaException unknown = failureOf(cluster.request(produce(0, "once")));
    ListOffsetsResponse read = get(cluster.request(ends(0)));

    assertThat(unknown.outcome()).isEqualTo(SendOutcome.UNKNOWN);
    assertThat(fake.records("orders")).hasSize(2);
    assertThat(offsets(read)).containsExactly(2L);
  }

  @Test
  void what_certainly_was_not_sent_is_sent_again() throws Exception {
    fake.broker(leader(0)).closeConnections();
    fake.broker(leader(0)).refuseConnections();
    CompletableFuture<ProduceResponse> sent = cluster.request(produce(0, "once"));
    fake.broker(leader(0)).acceptConnections();

    assertThat(error(get(sent))).isZero();
    assertThat(fake.records("orders")).hasSize(1);
  }

  @Test
  @Scenario({"L35", "L36"})
  void a_cluster_may_be_closed_at_once_and_with_requests_under_way() throws Exception {
    open(fake.bootstrapServers()).close(Duration.ZERO);
    Gate gate = new Gate();
    fake.on(ApiKey.LIST_OFFSETS).always(Fault.hold(gate));
    Cluster closing = open(fake.bootstrapServers());
    List<CompletableFuture<?>> underWay = new ArrayList<>();
    underWay.add(closing.request(allEnds()));
    gate.await(1, PATIENCE);
    for (int i = 0; i < 10; i++) {
      underWay.add(closing.request(allEnds()));
      underWay.add(closing.coordinator("billing" + i));
      underWay.add(closing.requestParts(new DescribeClusterRequest(), PATIENCE));
    }
    closing.close(Duration.ofMillis(1));

    for (CompletableFuture<?> one : underWay) {
      assertThat(one.handle((value, failure) -> true).get(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(failureOf(underWay.get(0))).isInstanceOf(ClosedException.class);
    assertThat(failureOf(closing.request(allEnds()))).isInstanceOf(ClosedException.class);
    assertThat(failureOf(closing.brokers())).isInstanceOf(ClosedException.class);
    closing.close();
    gate.open();
  }

  @Test
  @Scenario("G95")
  void a_throttled_client_can_be_closed() throws Exception {
    fake.broker(1).throttle(ApiKey.DESCRIBE_CLUSTER, Duration.ofMinutes(1));
    Cluster throttled = open(fake.bootstrapServers());
    get(throttled.request(new DescribeClusterRequest(), Route.broker(1), PATIENCE));
    CompletableFuture<?> waiting =
        throttled.request(new DescribeClusterRequest(), Route.broker(1), Duration.ofMinutes(2));

    throttled.close(Duration.ofMillis(10));

    assertThat(failureOf(waiting)).isInstanceOf(ClosedException.class);
  }

  @Test
  @Scenario("G96")
  void closing_while_metadata_adds_brokers_leaves_nothing() throws Exception {
    for (int i = 0; i < 5; i++) {
      Gate gate = new Gate();
      fake.on(ApiKey.METADATA).once(Fault.holdReply(gate));
      Cluster racing = open(fake.bootstrapServers());
      CompletableFuture<?> asked = racing.request(allEnds());
      gate.await(1, PATIENCE);
      Thread closer = new Thread(() -> racing.close(Duration.ofMillis(5)));
      closer.start();
      gate.open();
      closer.join(PATIENCE.toMillis());
      assertThat(closer.isAlive()).isFalse();
      assertThat(asked.handle((value, failure) -> true).get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void retries_can_be_counted_instead_of_timed() throws Exception {
    fake.on(ApiKey.LIST_OFFSETS).always(Fault.error(ErrorCode.NOT_LEADER_OR_FOLLOWER));
    try (Cluster twice =
        Ottla.cluster(
            fake.bootstrapServers(), o -> o.retries(2).retryBackoff(Duration.ofMillis(1)))) {
      assertThat(errors(get(twice.request(ends(0)))))
          .containsExactly(ErrorCode.NOT_LEADER_OR_FOLLOWER.code());
      assertThat(fake.requests().count(ApiKey.LIST_OFFSETS)).isEqualTo(3);
    }
  }

  private static OffsetFetchRequest offsets(String group) {
    OffsetFetchRequest request = new OffsetFetchRequest().groupId(group);
    return request.topics(
        List.of(
            new OffsetFetchRequest.OffsetFetchRequestTopic()
                .name("orders")
                .partitionIndexes(List.of(0))));
  }

  private static long committed(OffsetFetchResponse response) {
    assertThat(response.errorCode()).isZero();
    return response.topics().get(0).partitions().get(0).committedOffset();
  }

  private static int error(ProduceResponse response) {
    return response.responses().get(0).partitionResponses().get(0).errorCode();
  }

  private static ProduceRequest produce(int partition, String value) {
    ProduceRequest request = new ProduceRequest().acks((short) -1).timeoutMs(5000);
    request
        .topicData()
        .add(
            new ProduceRequest.TopicProduceData()
                .name("orders")
                .partitionData(
                    List.of(
                        new ProduceRequest.PartitionProduceData()
                            .index(partition)
                            .records(OneRecord.of(value)))));
    return request;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
