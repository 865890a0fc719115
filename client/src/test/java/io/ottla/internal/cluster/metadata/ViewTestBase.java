package io.ottla.internal.cluster.metadata;

import static io.ottla.internal.cluster.metadata.Answers.answer;
import static io.ottla.internal.cluster.metadata.Answers.broker;
import static io.ottla.internal.cluster.metadata.Answers.orders;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.internal.cluster.metadata.LeaderHints.Hint;
import io.ottla.internal.cluster.metadata.MetadataUpdate.Asked;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseTopic;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A snapshot, and what is heard of the cluster. */
abstract class ViewTestBase {
  static final Asked ORDERS = new Asked(1, Set.of("orders"));

  ClusterView view = ClusterView.empty();

  List<PartitionChange> changes = List.of();

  long now = 1_000;

  void hear(MetadataResponseTopic orders) {
    hear(answer(orders), ORDERS);
  }

  void hear(MetadataResponse response, Asked asked) {
    long generation = view.generation();
    apply(answered(response, asked));
    assertThat(view.generation()).isGreaterThan(generation);
  }

  MetadataUpdate answered(MetadataResponse response, Asked asked) {
    return MetadataUpdate.answered(view, response, asked, now);
  }

  void complain(int partition, long generationSeen) {
    MetadataUpdate update = MetadataUpdate.complained(view, "orders", partition, generationSeen);
    if (update != null) {
      apply(update);
    }
  }

  void hint(Hint hint, @Nullable BrokerNode broker) {
    apply(Objects.requireNonNull(hinted(hint, broker)));
  }

  @Nullable MetadataUpdate hinted(Hint hint, @Nullable BrokerNode broker) {
    List<BrokerNode> brokers = broker == null ? List.of() : List.of(broker);
    return MetadataUpdate.hinted(view, new LeaderHints(List.of(hint), brokers), now);
  }

  void apply(MetadataUpdate update) {
    view = update.view();
    changes = update.changes();
  }

  void pass(Duration time) {
    now += time.toNanos();
  }

  TopicView known() {
    return Objects.requireNonNull(view.topic("orders"));
  }

  PartitionView partition(int index) {
    return Objects.requireNonNull(known().partition(index));
  }

  List<Integer> leaders() {
    return known().partitions().stream().map(PartitionView::leader).toList();
  }

  void assertLed(int index, int leader, int epoch) {
    assertThat(partition(index).leader()).isEqualTo(leader);
    assertThat(partition(index).leaderEpoch()).isEqualTo(epoch);
  }
}
