package io.ottla.internal.cluster.metadata;

import static io.ottla.internal.cluster.metadata.Answers.ID;
import static io.ottla.internal.cluster.metadata.Answers.OTHER_ID;
import static io.ottla.internal.cluster.metadata.Answers.answer;
import static io.ottla.internal.cluster.metadata.Answers.broker;
import static io.ottla.internal.cluster.metadata.Answers.led;
import static io.ottla.internal.cluster.metadata.Answers.orders;
import static io.ottla.internal.cluster.metadata.Answers.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.internal.cluster.metadata.MetadataUpdate.Asked;
import io.ottla.internal.cluster.metadata.PartitionChange.Kind;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseTopic;
import io.ottla.testkit.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What answers make of a snapshot. */
final class MetadataUpdateTest extends ViewTestBase {
  @Test
  void an_answer_is_looked_up_by_name_id_and_partition() {
    hear(orders(led(0, 1, 5), led(1, 2, 6)));

    assertThat(view.leader("orders", 1)).isEqualTo(new BrokerNode(2, "broker2", 9092, null));
    assertThat(view.leader("orders", 2)).isNull();
    assertThat(view.leader("orders", -1)).isNull();
    assertThat(view.leader("others", 0)).isNull();
    assertThat(view.topic(ID)).isSameAs(view.topic("orders"));
    assertThat(view.controller()).isEqualTo(view.broker(1));
    assertThat(view.clusterId()).isEqualTo("ours");
    assertThat(partition(0).replicas()).containsExactly(1, 2, 3);
    assertThat(changes)
        .containsExactly(
            new PartitionChange("orders", 0, Kind.ADDED),
            new PartitionChange("orders", 1, Kind.ADDED));
  }

  @Test
  @Scenario("G97")
  void an_answer_is_neither_changed_nor_kept() {
    MetadataResponse response = answer(orders(led(0, 1, 5)));
    List<Integer> replicas = new ArrayList<>(List.of(1, 2));
    response.topics().get(0).partitions().get(0).replicaNodes(replicas);
    MetadataResponse copy = answer(orders(led(0, 1, 5)));
    copy.topics().get(0).partitions().get(0).replicaNodes(List.of(1, 2));

    hear(response, ORDERS);
    assertThat(response).isEqualTo(copy);

    replicas.clear();
    response.topics().get(0).partitions().clear();
    response.brokers().clear();

    assertThat(partition(0).replicas()).containsExactly(1, 2);
    assertThat(view.leader("orders", 0)).isNotNull();
  }

  @Test
  void brokers_of_no_use_are_left_out() {
    MetadataResponse response = answer();
    response.brokers().add(broker(-1));
    response.brokers().add(broker(4).host(""));
    response.brokers().add(broker(5).port(-1));
    response.brokers().add(broker(6).port(70_000));
    response.brokers().add(broker(1).host("twice"));
    response.brokers().add(broker(7).host("broker1"));

    hear(response, new Asked(1, Set.of()));

    assertThat(view.brokers()).extracting(BrokerNode::id).containsExactly(1, 2, 3, 7);
    assertThat(Objects.requireNonNull(view.broker(1)).host()).isEqualTo("broker1");
  }

  @Test
  void an_answer_without_brokers_is_of_no_use() {
    assertThat(MetadataUpdate.uselessness(answer().brokers(List.of()))).contains("no brokers");
    assertThat(MetadataUpdate.uselessness(answer().brokers(List.of(broker(-1)))))
        .contains("no brokers");
    assertThat(
            MetadataUpdate.uselessness(answer().errorCode(ErrorCode.REBOOTSTRAP_REQUIRED.code())))
        .isEqualTo("REBOOTSTRAP_REQUIRED");
    assertThat(MetadataUpdate.uselessness(answer())).isNull();
  }

  @Test
  void a_topic_called_by_its_id_alone_is_found() {
    hear(orders(led(0, 1, 5)));
    MetadataResponseTopic nameless = orders(led(0, 2, 6));
    nameless.name(null);

    hear(nameless);
    assertLed(0, 2, 6);

    hear(answer(new MetadataResponseTopic().name(null)), new Asked(9, Set.of()));
    assertLed(0, 2, 6);
  }

  @Test
  void what_nobody_asked_for_is_not_taken() {
    hear(answer(orders(led(0, 1, 5)), topic("others", OTHER_ID, led(0, 1, 1))), ORDERS);

    assertThat(view.topic("others")).isNull();
  }

  @Test
  @Scenario("L171")
  void a_full_answer_neither_empties_nor_fills_the_cache() {
    hear(orders(led(0, 1, 5)));
    MetadataResponse all = answer(orders(led(0, 2, 6)), topic("others", OTHER_ID, led(0, 3, 1)));

    hear(all, new Asked(2, null));
    ClusterView whole = MetadataUpdate.whole(view, all, now);

    assertThat(view.topics()).extracting(TopicView::name).containsExactly("orders");
    assertLed(0, 2, 6);
    assertThat(whole.topics()).extracting(TopicView::name).contains("orders", "others");
    assertThat(whole.topic("orders")).isSameAs(view.topic("orders"));

    hear(answer(topic("others", OTHER_ID, led(0, 3, 1))), new Asked(3, null));
    assertLed(0, 2, 6);
  }

  @Test
  @Scenario({"L174", "L175"})
  void without_brokers_topics_stay_and_nobody_leads() {
    hear(orders(led(0, 1, 5)));

    apply(MetadataUpdate.withoutBrokers(view));

    assertThat(view.hasBrokers()).isFalse();
    assertThat(view.controller()).isNull();
    assertThat(view.leader("orders", 0)).isNull();
    assertLed(0, 1, 5);

    MetadataResponse replaced = answer(orders(led(0, 7, 6)));
    replaced.brokers(List.of(broker(7)));
    hear(replaced, ORDERS);
    assertThat(view.leader("orders", 0)).isEqualTo(view.broker(7));
    assertThat(view.brokers()).hasSize(1);
  }

  @Test
  void another_cluster_begins_anew() {
    hear(orders(led(0, 1, 5)));
    MetadataResponse other = answer(orders(led(0, 2, 0))).clusterId("theirs");
    assertThat(MetadataUpdate.isForeign(view, other)).isTrue();
    assertThat(MetadataUpdate.isForeign(view, answer().clusterId(null))).isFalse();
    assertThat(MetadataUpdate.isForeign(ClusterView.empty(), other)).isFalse();

    apply(MetadataUpdate.replaced(view, other, ORDERS, now));

    assertLed(0, 2, 0);
    assertThat(view.clusterId()).isEqualTo("theirs");
  }

  @Test
  void an_answer_that_says_nothing_new_shares_what_is_known() {
    hear(orders(led(0, 1, 5), led(1, 2, 5)));
    PartitionView[] before = known().partitionArray();
    long generation = view.generation();

    hear(orders(led(0, 1, 5), led(1, 2, 5)));

    assertThat(known().partitionArray()).isSameAs(before);
    assertThat(view.generation()).isGreaterThan(generation);
    assertThat(known().generation()).isEqualTo(view.generation());
    assertThat(changes).isEmpty();
  }
}
