package io.ottla.internal.cluster.metadata;

import static io.ottla.internal.cluster.metadata.Answers.ID;
import static io.ottla.internal.cluster.metadata.Answers.OTHER_ID;
import static io.ottla.internal.cluster.metadata.Answers.answer;
import static io.ottla.internal.cluster.metadata.Answers.led;
import static io.ottla.internal.cluster.metadata.Answers.orders;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.internal.cluster.metadata.LeaderHints.Hint;
import io.ottla.internal.cluster.metadata.PartitionChange.Kind;
import io.ottla.protocol.message.FetchResponse;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.testkit.scenario.Scenario;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What hints and complaints make of a snapshot. */
final class HintsAndComplaintsTest extends ViewTestBase {
  @Test
  void a_complaint_drops_the_leader_and_keeps_its_epoch() {
    hear(orders(led(0, 1, 5), led(1, 1, 5)));

    complain(0, view.generation());

    assertLed(0, -1, 5);
    assertLed(1, 1, 5);
    assertThat(changes).containsExactly(new PartitionChange("orders", 0, Kind.LEADER));
  }

  @Test
  void a_complaint_about_an_older_snapshot_changes_nothing() {
    hear(orders(led(0, 1, 5), led(1, 1, 5)));
    long seen = view.generation();
    hear(orders(led(0, 2, 6), led(1, 1, 5)));

    complain(0, seen);
    assertLed(0, 2, 6);
    complain(1, seen);
    assertLed(1, -1, 5);

    hear(orders(led(0, 2, 6), led(1, 1, 5)));
    complain(1, seen);
    assertLed(1, 1, 5);
  }

  @Test
  void a_complaint_may_be_about_a_whole_topic_or_about_nothing_known() {
    hear(orders(led(0, 1, 5), led(1, 2, 5)));
    assertThat(MetadataUpdate.complained(view, "others", 0, view.generation())).isNull();
    assertThat(MetadataUpdate.complained(view, "orders", 7, view.generation())).isNull();

    complain(-1, view.generation());

    assertThat(leaders()).containsExactly(-1, -1);
    assertThat(MetadataUpdate.complained(view, "orders", -1, view.generation())).isNull();
  }

  @Test
  void the_return_of_a_dropped_leader_is_no_news() {
    hear(orders(led(0, 1, 5)));
    complain(0, view.generation());
    assertThat(answered(answer(orders(led(0, 1, 5))), ORDERS).withoutNews())
        .containsExactly("orders");

    hear(orders(led(0, -1, 5)));
    assertThat(answered(answer(orders(led(0, 1, 5))), ORDERS).withoutNews())
        .containsExactly("orders");
    assertThat(answered(answer(orders(led(0, 1, 6))), ORDERS).withoutNews()).isEmpty();
    assertThat(answered(answer(orders(led(0, 2, 5))), ORDERS).withoutNews()).isEmpty();
  }

  @Test
  @Scenario({"G94", "L172"})
  void a_hint_moves_a_leader_and_keeps_other_brokers() {
    hear(orders(led(0, 1, 5), led(1, 1, 5)));

    hint(new Hint("orders", 0, 4, 6), new BrokerNode(4, "broker4", 9094, null));

    assertLed(0, 4, 6);
    assertLed(1, 1, 5);
    assertThat(view.leader("orders", 0)).isEqualTo(new BrokerNode(4, "broker4", 9094, null));
    assertThat(view.brokers()).extracting(BrokerNode::id).containsExactly(1, 2, 3, 4);
    assertThat(changes).containsExactly(new PartitionChange("orders", 0, Kind.LEADER));
  }

  @Test
  @Scenario("G94")
  void a_hint_that_is_old_or_leads_nowhere_changes_nothing() {
    hear(orders(led(0, 1, 5)));
    BrokerNode two = new BrokerNode(2, "broker2", 9092, null);

    assertThat(hinted(new Hint("orders", 0, 2, 4), two)).isNull();
    assertThat(hinted(new Hint("orders", 0, 2, 5), two)).isNull();
    assertThat(hinted(new Hint("orders", 0, 2, -1), two)).isNull();
    assertThat(hinted(new Hint("orders", 3, 2, 6), two)).isNull();
    assertThat(hinted(new Hint("orders", -1, 2, 6), two)).isNull();
    assertThat(hinted(new Hint("gone", 0, 2, 6), two)).isNull();
    assertThat(hinted(new Hint("orders", 0, 8, 6), two)).isNull();
    assertThat(hinted(new Hint("orders", 0, 8, 6), new BrokerNode(8, "", 0, null))).isNull();
  }

  @Test
  @Scenario("G94")
  void a_hint_is_taken_after_its_topic_was_forgotten_and_loaded_again() {
    hear(orders(led(0, 1, 5)));
    apply(MetadataUpdate.without(view, Set.of("orders")));
    assertThat(hinted(new Hint("orders", 0, 2, 6), null)).isNull();

    hear(orders(led(0, 1, 5)));
    hint(new Hint("orders", 0, 2, 6), null);

    assertLed(0, 2, 6);
  }

  @Test
  void a_hint_fills_in_whom_a_complaint_dropped() {
    hear(orders(led(0, 1, 5)));
    complain(0, view.generation());

    hint(new Hint("orders", 0, 2, 5), null);

    assertLed(0, 2, 5);
  }

  @Test
  void hints_are_read_from_answers_to_produce_and_fetch() {
    hear(orders(led(0, 1, 5)));
    ProduceResponse produce =
        new ProduceResponse()
            .responses(
                List.of(
                    new ProduceResponse.TopicProduceResponse()
                        .topicId(ID)
                        .partitionResponses(
                            List.of(
                                new ProduceResponse.PartitionProduceResponse().index(1),
                                new ProduceResponse.PartitionProduceResponse()
                                    .index(0)
                                    .currentLeader(
                                        new ProduceResponse.LeaderIdAndEpoch()
                                            .leaderId(2)
                                            .leaderEpoch(6))))))
            .nodeEndpoints(
                List.of(new ProduceResponse.NodeEndpoint().nodeId(2).host("two").port(1)));
    FetchResponse fetch =
        new FetchResponse()
            .responses(
                List.of(
                    new FetchResponse.FetchableTopicResponse()
                        .topic("orders")
                        .partitions(
                            List.of(
                                new FetchResponse.PartitionData()
                                    .partitionIndex(0)
                                    .currentLeader(
                                        new FetchResponse.LeaderIdAndEpoch()
                                            .leaderId(3)
                                            .leaderEpoch(7)))),
                    new FetchResponse.FetchableTopicResponse()
                        .topicId(OTHER_ID)
                        .partitions(
                            List.of(
                                new FetchResponse.PartitionData()
                                    .currentLeader(
                                        new FetchResponse.LeaderIdAndEpoch()
                                            .leaderId(3)
                                            .leaderEpoch(7))))))
            .nodeEndpoints(
                List.of(new FetchResponse.NodeEndpoint().nodeId(3).host("three").port(2)));

    assertThat(LeaderHints.of(produce, view))
        .isEqualTo(
            new LeaderHints(
                List.of(new Hint("orders", 0, 2, 6)), List.of(new BrokerNode(2, "two", 1, null))));
    assertThat(LeaderHints.of(fetch, view))
        .isEqualTo(
            new LeaderHints(
                List.of(new Hint("orders", 0, 3, 7)),
                List.of(new BrokerNode(3, "three", 2, null))));
    assertThat(LeaderHints.of(new ProduceResponse(), view).isEmpty()).isTrue();
  }

  @Test
  void a_controller_that_was_complained_about_is_nobody_until_the_next_answer() {
    hear(orders(led(0, 1, 5)));
    long seen = view.generation();

    apply(Objects.requireNonNull(MetadataUpdate.complainedOfController(view, seen)));
    assertThat(view.controller()).isNull();
    assertThat(MetadataUpdate.complainedOfController(view, seen)).isNull();

    hear(orders(led(0, 1, 5)));
    assertThat(view.controller()).isEqualTo(view.broker(1));
    assertThat(MetadataUpdate.complainedOfController(view, seen)).isNull();
  }
}
