package io.ottla.testkit.internal.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.internal.topic.ReplicaBounds;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.replica.ClientMetadata.DefaultClientMetadata;
import org.apache.kafka.common.replica.PartitionView.DefaultPartitionView;
import org.apache.kafka.common.replica.RackAwareReplicaSelector;
import org.apache.kafka.common.replica.ReplicaView;
import org.apache.kafka.common.replica.ReplicaView.DefaultReplicaView;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.junit.jupiter.api.Test;

/** Holds our choice to that of Kafka's own selector. */
final class NearestReplicaReferenceTest extends FetchTestBase {
  private static final int CASES = 2_000;
  private static final int LEADER = 1;
  private static final List<String> RACKS = List.of("a", "b", "c");
  private static final List<String> READERS = List.of("a", "b", "c", "d", "");

  private final Random random = new Random(20);
  private final RackAwareReplicaSelector kafka = new RackAwareReplicaSelector();
  private final NearestReplica ours = new NearestReplica(brokers);

  @Test
  void the_same_replica_is_chosen_as_by_kafka() {
    create("a", 1);
    append("a", 0, Batches.of("x", "y", "z"));
    Partition partition = partition("a", 0);
    int elsewhere = 0;

    for (int i = 0; i < CASES; i++) {
      for (int id = 1; id <= 3; id++) {
        brokers.move(id, RACKS.get(random.nextInt(RACKS.size())));
        partition.bound(id, new ReplicaBounds(0, random.nextInt(4)));
      }
      String rack = READERS.get(random.nextInt(READERS.size()));
      int offset = random.nextInt(4);

      OptionalInt expected = chosenByKafka(partition, rack, offset);
      assertThat(ours.choose(partition, rack, offset)).as("case %d", i).isEqualTo(expected);
      elsewhere += expected.isPresent() ? 1 : 0;
    }
    assertThat(elsewhere).as("cases with a replica nearby").isGreaterThan(CASES / 10);
  }

  private OptionalInt chosenByKafka(Partition partition, String rack, int offset) {
    ReplicaView leader = view(partition, LEADER);
    Set<ReplicaView> views = new HashSet<>(Set.of(leader));
    for (int id = 2; id <= 3; id++) {
      // The broker offers its selector only followers that have the offset.
      if (partition.bounds(id).end() >= offset) {
        views.add(view(partition, id));
      }
    }
    DefaultClientMetadata reader =
        new DefaultClientMetadata(
            rack, "test", InetAddress.getLoopbackAddress(), KafkaPrincipal.ANONYMOUS, "PLAINTEXT");
    int chosen =
        kafka
            .select(new TopicPartition("a", 0), reader, new DefaultPartitionView(views, leader))
            .orElseThrow()
            .endpoint()
            .id();
    return chosen == LEADER ? OptionalInt.empty() : OptionalInt.of(chosen);
  }

  private ReplicaView view(Partition partition, int id) {
    Node node = new Node(id, "host", 1, Objects.requireNonNull(brokers.find(id)).rack());
    return new DefaultReplicaView(node, Replica.of(partition, id).end(), 0);
  }
}
