package io.ottla.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/**
 * Runs small test classes, which stand below and are not picked up by themselves, and looks at what
 * became of them.
 */
final class RealKafkaIT {
  private static final List<KafkaServer> SEEN = new CopyOnWriteArrayList<>();

  @AfterEach
  void forget() {
    SEEN.clear();
  }

  @Test
  void classes_that_ask_for_the_same_share_a_server_which_is_closed_at_the_end() {
    EngineExecutionResults results = run(StopsItsNode.class, NeedsItsNode.class);

    results.testEvents().assertStatistics(events -> events.succeeded(3).failed(0));
    assertThat(SEEN).hasSize(3);
    assertThat(Set.copyOf(SEEN)).hasSize(1);
    assertThat(SEEN.get(0).node(1).isRunning()).isFalse();
    assertThat(SEEN.get(0).dataDirectory()).doesNotExist();
  }

  @Test
  void a_class_has_a_server_of_its_own_if_it_wants_and_its_nested_classes_use_it() {
    EngineExecutionResults results = run(NotShared.class);

    results.testEvents().assertStatistics(events -> events.succeeded(2).failed(0));
    assertThat(SEEN).hasSize(2);
    assertThat(Set.copyOf(SEEN)).hasSize(1);
    assertThat(SEEN.get(0).node(1).isRunning()).isFalse();
  }

  @Test
  void a_failing_test_carries_the_log_and_an_aborted_one_does_not() {
    EngineExecutionResults results = run(Fails.class);

    Throwable failure = thrownBy(results.testEvents().failed().list());
    assertThat(failure).hasMessage("for the log");
    assertThat(Arrays.stream(failure.getSuppressed()).map(Throwable::getMessage))
        .singleElement()
        .asString()
        .startsWith("log of node 1 (running):")
        .contains("Kafka version: 4.3");
    assertThat(thrownBy(results.testEvents().aborted().list()).getSuppressed()).isEmpty();
  }

  @Test
  void a_malformed_property_fails_the_class() {
    EngineExecutionResults results = run(Malformed.class);

    assertThat(thrownBy(results.containerEvents().failed().list()))
        .hasMessageContaining("must be key=value");
  }

  private static EngineExecutionResults run(Class<?>... classes) {
    EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter");
    for (Class<?> type : classes) {
      kit.selectors(selectClass(type));
    }
    return kit.execute();
  }

  private static Throwable thrownBy(List<Event> events) {
    assertThat(events).hasSize(1);
    return events.get(0).getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow();
  }

  @RealKafka
  static final class StopsItsNode {
    @Test
    void stops(KafkaServer kafka) {
      SEEN.add(kafka);
      kafka.node(1).stop();
    }
  }

  @RealKafka
  static final class NeedsItsNode {
    private final KafkaServer kafka;

    NeedsItsNode(KafkaServer kafka) {
      this.kafka = kafka;
    }

    @Test
    void finds_it_running() {
      SEEN.add(kafka);
      assertThat(kafka.node(1).isRunning()).isTrue();
    }

    @Test
    void finds_it_running_again() {
      SEEN.add(kafka);
      assertThat(kafka.node(1).isRunning()).isTrue();
    }
  }

  @RealKafka(shared = false, properties = "num.partitions=3")
  static final class NotShared {
    @Test
    void outside(KafkaServer kafka) {
      SEEN.add(kafka);
      assertThat(kafka.dataDirectory().resolve("node-1/server.properties"))
          .content()
          .contains("num.partitions=3");
    }

    @Nested
    final class Inner {
      @Test
      void inside(KafkaServer kafka) {
        SEEN.add(kafka);
        assertThat(kafka.node(1).isRunning()).isTrue();
      }
    }
  }

  @RealKafka
  static final class Fails {
    @Test
    void fails(KafkaServer kafka) {
      throw new AssertionError("for the log");
    }

    @Test
    void aborts(KafkaServer kafka) {
      abort("does not apply");
    }
  }

  @RealKafka(properties = "no equals sign")
  static final class Malformed {
    @Test
    void never_runs(KafkaServer kafka) {
      SEEN.add(kafka);
    }
  }
}
