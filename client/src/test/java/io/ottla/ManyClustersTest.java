package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.JoinGroupRequest;
import io.ottla.protocol.message.JoinGroupResponse;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many clients in one process share its threads and nothing else. */
@Timeout(60)
final class ManyClustersTest {
  private static final int CLIENTS = 500;
  private static final int MOST_LOOPS = 4;

  @Test
  @Scenario("L163")
  void five_hundred_clients_join_a_group_with_a_member_id_each() throws Exception {
    List<Cluster> clients = new ArrayList<>();
    try (FakeCluster kafka = FakeCluster.builder().start()) {
      List<CompletableFuture<JoinGroupResponse>> joins = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Cluster client = Ottla.cluster(kafka.bootstrapServers());
        clients.add(client);
        joins.add(client.request(join()));
      }

      List<String> ids = new ArrayList<>();
      for (CompletableFuture<JoinGroupResponse> join : joins) {
        JoinGroupResponse answer = join.get(40, TimeUnit.SECONDS);
        assertThat(ErrorCode.of(answer.errorCode())).isEqualTo(ErrorCode.MEMBER_ID_REQUIRED);
        ids.add(answer.memberId());
      }

      assertThat(ids).doesNotHaveDuplicates().doesNotContain("");
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> thread.getName().startsWith("ottla-loop-"))
          .hasSizeLessThanOrEqualTo(MOST_LOOPS);
    } finally {
      clients.forEach(client -> client.close(Duration.ZERO));
    }
  }

  private static JoinGroupRequest join() {
    return new JoinGroupRequest()
        .groupId("billing")
        .sessionTimeoutMs(10_000)
        .rebalanceTimeoutMs(10_000)
        .protocolType("consumer")
        .protocols(
            List.of(
                new JoinGroupRequest.JoinGroupRequestProtocol()
                    .name("range")
                    .metadata(new byte[0])));
  }
}
