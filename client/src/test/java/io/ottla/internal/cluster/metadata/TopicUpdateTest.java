package io.ottla.internal.cluster.metadata;

import static io.ottla.internal.cluster.metadata.Answers.ID;
import static io.ottla.internal.cluster.metadata.Answers.OTHER_ID;
import static io.ottla.internal.cluster.metadata.Answers.answer;
import static io.ottla.internal.cluster.metadata.Answers.led;
import static io.ottla.internal.cluster.metadata.Answers.orders;
import static io.ottla.internal.cluster.metadata.Answers.refused;
import static io.ottla.internal.cluster.metadata.Answers.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.AuthorizationException;
import io.ottla.error.RefusedException;
import io.ottla.internal.cluster.metadata.MetadataUpdate.Asked;
import io.ottla.internal.cluster.metadata.PartitionChange.Kind;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What answers make of what is known of topics. */
final class TopicUpdateTest extends ViewTestBase {
  @Test
  void a_topic_that_is_missing_once_keeps_its_state() {
    hear(orders(led(0, 1, 5)));

    hear(answer(), ORDERS);

    assertLed(0, 1, 5);
    assertThat(view.leader("orders", 0)).isNotNull();
    assertThat(known().isUsable()).isTrue();
    assertThat(known().isConfirmed()).isFalse();
  }

  @Test
  void a_topic_that_is_missing_twice_is_unknown() {
    hear(orders(led(0, 1, 5)));

    hear(answer(), ORDERS);
    hear(answer(), ORDERS);

    assertThat(view.leader("orders", 0)).isNull();
    assertThat(view.refusal("orders")).isInstanceOf(RefusedException.class);
    assertThat(changes).containsExactly(new PartitionChange("orders", 0, Kind.LEADER));
  }

  @Test
  void a_topic_that_is_missing_now_and_then_stays() {
    hear(orders(led(0, 1, 5)));
    for (int i = 0; i < 10; i++) {
      hear(answer(), ORDERS);
      hear(orders(led(0, 1, 5)));
    }

    assertThat(known().isConfirmed()).isTrue();
  }

  @Test
  void a_topic_that_is_not_asked_for_is_not_missing() {
    hear(orders(led(0, 1, 5)));

    hear(answer(), new Asked(2, Set.of()));
    hear(answer(), new Asked(3, Set.of("others")));

    assertThat(known().isConfirmed()).isTrue();
    assertThat(view.refusal("others")).isInstanceOf(RefusedException.class);
  }

  @Test
  void an_unknown_topic_with_an_id_keeps_its_epochs_once() {
    hear(orders(led(0, 1, 5)));
    hear(refused("orders", ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
    assertLed(0, -1, 5);

    hear(orders(led(0, 2, 4)));
    assertLed(0, -1, 5);

    hear(orders(led(0, 2, 6)));
    assertLed(0, 2, 6);
  }

  @Test
  void a_topic_that_is_unknown_twice_is_forgotten() {
    hear(orders(led(0, 1, 5)));
    hear(refused("orders", ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));

    hear(refused("orders", ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));

    assertThat(known().partitionCount()).isZero();
    assertThat(changes).containsExactly(new PartitionChange("orders", 0, Kind.REMOVED));

    hear(orders(led(0, 2, 1)));
    assertLed(0, 2, 1);
  }

  @Test
  @Scenario("G99")
  void a_topic_without_an_id_that_was_unknown_begins_anew() {
    hear(topic("orders", TopicView.NO_ID, led(0, 1, 5)));
    hear(refused("orders", ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));

    hear(topic("orders", TopicView.NO_ID, led(0, 2, 0)));

    assertLed(0, 2, 0);
  }

  @Test
  void a_topic_made_anew_begins_with_any_epoch() {
    hear(orders(led(0, 1, 5), led(1, 1, 5)));

    hear(topic("orders", OTHER_ID, led(0, 2, 0)));

    assertLed(0, 2, 0);
    assertThat(known().partitionCount()).isOne();
    assertThat(view.topic(OTHER_ID)).isSameAs(known());
    assertThat(view.topic(ID)).isNull();
    assertThat(changes)
        .containsExactly(
            new PartitionChange("orders", 0, Kind.RECREATED),
            new PartitionChange("orders", 1, Kind.REMOVED));
  }

  @Test
  void the_former_id_is_a_broker_that_lags() {
    hear(orders(led(0, 1, 5)));
    hear(topic("orders", OTHER_ID, led(0, 2, 0)));

    hear(orders(led(0, 1, 6)));
    assertLed(0, 2, 0);
    assertThat(known().id()).isEqualTo(OTHER_ID);

    for (int i = 0; i < Doubt.ANSWERS_TO_PERSIST; i++) {
      pass(Duration.ofSeconds(5));
      hear(orders(led(0, 1, 6)));
    }
    assertLed(0, 1, 6);
    assertThat(known().id()).isEqualTo(ID);
  }

  @Test
  @Scenario("G99")
  void brokers_without_topic_ids_are_followed() {
    hear(topic("orders", TopicView.NO_ID, led(0, 1, 5)));
    hear(topic("orders", TopicView.NO_ID, led(0, 2, 6)));
    assertLed(0, 2, 6);
    assertThat(known().hasId()).isFalse();
    assertThat(view.topic(TopicView.NO_ID)).isNull();

    hear(orders(led(0, 3, 7)));
    assertThat(known().id()).isEqualTo(ID);

    hear(topic("orders", TopicView.NO_ID, led(0, 1, 8)));
    assertLed(0, 1, 8);
    assertThat(known().id()).isEqualTo(ID);
  }

  @Test
  void an_error_that_may_pass_leaves_what_is_known() {
    hear(orders(led(0, 1, 5)));

    hear(refused("orders", ErrorCode.UNKNOWN_SERVER_ERROR));
    hear(refused("orders", ErrorCode.LEADER_NOT_AVAILABLE));
    hear(orders());

    assertLed(0, 1, 5);
    assertThat(known().isUsable()).isTrue();
  }

  @Test
  void a_topic_that_may_not_be_seen_is_not_used() {
    hear(orders(led(0, 1, 5)));

    hear(refused("orders", ErrorCode.TOPIC_AUTHORIZATION_FAILED));

    assertThat(view.leader("orders", 0)).isNull();
    assertThat(view.refusal("orders"))
        .isInstanceOf(AuthorizationException.class)
        .hasMessageContaining("orders");

    hear(orders(led(0, 1, 5)));
    assertThat(view.leader("orders", 0)).isNotNull();
  }
}
