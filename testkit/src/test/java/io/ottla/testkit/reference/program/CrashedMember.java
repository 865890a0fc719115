package io.ottla.testkit.reference.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.testkit.reference.Program;
import io.ottla.testkit.reference.ReferenceCluster;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Static members of a classic group: one that comes back in time finds its partitions, one that
 * stays away loses them when its session is over. (A static member that closes says nothing to its
 * coordinator, just as one that crashes.)
 */
public final class CrashedMember implements Program {
  private static final int PARTITIONS = 4;

  @Override
  public void run(ReferenceCluster cluster) throws Exception {
    Clients clients = new Clients(cluster);
    String topic = clients.newTopic(PARTITIONS);
    String group = Clients.uniqueName("group");

    try (Consumer<String, String> stays = member(clients, cluster, group, "stays")) {
      stays.subscribe(List.of(topic));
      Set<TopicPartition> before;
      try (Consumer<String, String> leaves = member(clients, cluster, group, "leaves")) {
        leaves.subscribe(List.of(topic));
        Clients.pollUntil(
            List.of(stays, leaves),
            () -> stays.assignment().size() == 2 && leaves.assignment().size() == 2,
            "two members, two partitions each");
        before = leaves.assignment();
      }
      try (Consumer<String, String> again = member(clients, cluster, group, "leaves")) {
        again.subscribe(List.of(topic));
        Clients.pollUntil(List.of(stays, again), () -> !again.assignment().isEmpty(), "comes back");
        assertThat(again.assignment()).isEqualTo(before);
        assertThat(stays.assignment()).hasSize(2);
      }

      Clients.pollUntil(
          List.of(stays), () -> stays.assignment().size() == PARTITIONS, "the session goes on");
    }
  }

  private static Consumer<String, String> member(
      Clients clients, ReferenceCluster cluster, String group, String instance) {
    Map<String, Object> options = new HashMap<>();
    options.put("group.id", group);
    options.put("group.instance.id", instance);
    options.put("session.timeout.ms", cluster.minSessionTimeoutMs());
    return clients.consumer(options);
  }
}
