package io.ottla.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ApiVersionsRequest;
import io.ottla.protocol.message.ElectLeadersRequest;
import io.ottla.protocol.message.MetadataRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Runs the small test classes below, which are not picked up by themselves. */
final class FakeKafkaTest {
  private static final List<FakeCluster> SEEN = new CopyOnWriteArrayList<>();
  private static final List<Integer> PORTS = new CopyOnWriteArrayList<>();

  @AfterEach
  void forget() {
    SEEN.clear();
    PORTS.clear();
  }

  @Test
  void each_test_has_a_cluster_of_its_own_which_is_closed_after_it() {
    run(OneForEach.class).assertStatistics(tests -> tests.succeeded(2).failed(0));

    assertThat(SEEN).hasSize(6);
    assertThat(Set.copyOf(SEEN)).as("constructor, before, test").hasSize(2);
    assertThat(PORTS).hasSize(4).noneMatch(FakeKafkaTest::accepts);
  }

  @Test
  void the_nearest_description_holds() {
    run(Described.class).assertStatistics(tests -> tests.succeeded(4).failed(0));
  }

  @Test
  void parameters_and_fields_may_have_clusters_of_their_own() {
    run(Several.class).assertStatistics(tests -> tests.succeeded(2).failed(0));

    assertThat(Set.copyOf(SEEN)).hasSize(6);
  }

  @Test
  void all_that_is_described_is_there() {
    run(Everything.class).assertStatistics(tests -> tests.succeeded(1).failed(0));
  }

  @Test
  void a_test_whose_cluster_refused_something_fails_unless_it_expects_that() {
    Events tests = run(Refused.class);

    assertThat(failures(tests))
        .singleElement()
        .satisfies(failure -> assertThat(failure).hasMessageContaining("elect leaders in way 7"));
    tests.assertStatistics(all -> all.succeeded(1));
  }

  @Test
  void a_failing_test_carries_the_latest_requests_and_an_aborted_one_does_not() {
    Events tests = run(Fails.class);

    assertThat(failures(tests))
        .singleElement()
        .satisfies(
            failure ->
                assertThat(Arrays.stream(failure.getSuppressed()).map(Throwable::getMessage))
                    .singleElement()
                    .asString()
                    .contains("was asked last:\n  #1 METADATA v"));
    assertThat(thrown(tests.aborted().list()).get(0).getSuppressed()).isEmpty();
  }

  @Test
  void a_test_may_close_its_cluster() {
    Events tests = run(Closes.class);

    tests.assertStatistics(all -> all.succeeded(1).failed(1));
    assertThat(failures(tests).get(0).getSuppressed()).isEmpty();
  }

  @Test
  void what_makes_no_sense_fails_the_test_and_says_why() {
    assertThat(failures(run(WrongTopic.class)).get(0)).hasMessageContaining("name:partitions");
    assertThat(failures(run(WrongConfig.class)).get(0)).hasMessageContaining("key=value");
    assertThat(failures(run(StaticField.class)).get(0)).hasMessageContaining("neither static");
    assertThat(failures(run(WrongField.class)).get(0)).hasMessageContaining("must be a FakeClust");
    assertThat(failures(run(NotDescribed.class)).get(0)).hasMessageContaining("no @FakeKafka");
    assertThat(thrown(results(BeforeAllTests.class).containerEvents().failed().list()).get(0))
        .hasMessageContaining("belongs to one test");
  }

  private static EngineExecutionResults results(Class<?> type) {
    return EngineTestKit.engine("junit-jupiter").selectors(selectClass(type)).execute();
  }

  private static Events run(Class<?> type) {
    return results(type).testEvents();
  }

  private static List<Throwable> failures(Events tests) {
    return thrown(tests.failed().list());
  }

  private static List<Throwable> thrown(List<Event> events) {
    return events.stream()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .map(result -> result.getThrowable().orElseThrow())
        .toList();
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  private static void see(FakeCluster cluster) {
    SEEN.add(cluster);
    cluster.brokers().forEach(broker -> PORTS.add(broker.port()));
  }

  @FakeKafka
  static final class OneForEach {
    OneForEach(FakeCluster cluster) {
      SEEN.add(cluster);
    }

    @BeforeEach
    void before(FakeCluster cluster) {
      see(cluster);
    }

    @Test
    void one(FakeCluster cluster) {
      see(cluster);
    }

    @Test
    void other(FakeCluster cluster) {
      see(cluster);
    }
  }

  @FakeKafka(brokers = 2)
  static final class Described {
    @Test
    void by_its_class(FakeCluster cluster) {
      assertThat(cluster.brokers()).hasSize(2);
    }

    @Test
    @FakeKafka(brokers = 3)
    void by_itself(FakeCluster cluster) {
      assertThat(cluster.brokers()).hasSize(3);
    }

    @Nested
    final class Around {
      @Test
      void by_the_class_around(FakeCluster cluster) {
        assertThat(cluster.brokers()).hasSize(2);
      }
    }

    @Nested
    @FakeKafka(brokers = 4)
    final class Inside {
      @Test
      void by_the_nested_class(FakeCluster cluster) {
        assertThat(cluster.brokers()).hasSize(4);
      }
    }
  }

  @FakeKafka
  static final class Several {
    @FakeKafka(brokers = 2)
    private FakeCluster field;

    @Test
    void one(FakeCluster own, @FakeKafka(brokers = 3) FakeCluster parameter) {
      check(own, parameter);
    }

    @Test
    void other(FakeCluster own, @FakeKafka(brokers = 3) FakeCluster parameter) {
      check(own, parameter);
    }

    private void check(FakeCluster own, FakeCluster parameter) {
      assertThat(own.brokers()).hasSize(1);
      assertThat(field.brokers()).hasSize(2);
      assertThat(parameter.brokers()).hasSize(3);
      SEEN.addAll(List.of(own, field, parameter));
    }
  }

  static final class Everything {
    @Test
    @FakeKafka(
        racks = {"a", "b"},
        brokers = 2,
        topics = {"orders:4", "payments"},
        config = {"auto.create.topics.enable=false", "num.partitions=3"},
        release = KafkaRelease.V4_0,
        manualClock = true)
    void is_there(FakeCluster cluster) throws IOException {
      assertThat(cluster.topics()).containsExactly("orders", "payments");
      assertThat(cluster.partition("orders", 3).replicas()).hasSize(2);
      assertThat(cluster.clock().now()).isNotNull();
      try (RawClient client = new RawClient(cluster.broker(1).port(), "test")) {
        assertThat(client.ask(new MetadataRequest()).brokers().get(1).rack()).isEqualTo("b");
        assertThat(
                client
                    .ask(
                        new ApiVersionsRequest().clientSoftwareName("t").clientSoftwareVersion("1"))
                    .apiKeys())
            .filteredOn(api -> api.apiKey() == ApiKey.PRODUCE.id())
            .singleElement()
            .extracting(api -> (int) api.maxVersion())
            .isEqualTo((int) KafkaRelease.V4_0.highestVersion(ApiKey.PRODUCE));
      }
      assertThat(cluster.requests().count(ApiKey.METADATA)).isEqualTo(1);
    }
  }

  @FakeKafka
  static final class Refused {
    @Test
    void asks_for_what_it_cannot(FakeCluster cluster) throws IOException {
      ask(cluster);
    }

    @Test
    void expects_that(FakeCluster cluster) throws IOException {
      ask(cluster);
      cluster.clearRefusals();
    }

    private static void ask(FakeCluster cluster) throws IOException {
      try (RawClient client = new RawClient(cluster.broker(1).port(), "test")) {
        client.send(new ElectLeadersRequest().electionType((byte) 7));
        client.readToTheEnd();
      }
    }
  }

  @FakeKafka
  static final class Closes {
    @Test
    void closes_it_and_passes(FakeCluster cluster) {
      cluster.close();
    }

    @Test
    void closes_it_and_fails(FakeCluster cluster) {
      cluster.close();
      assertThat(cluster).isNull();
    }
  }

  @FakeKafka
  static final class Fails {
    @Test
    void fails(FakeCluster cluster) throws IOException {
      try (RawClient client = new RawClient(cluster.broker(1).port(), "test")) {
        client.ask(new MetadataRequest());
      }
      assertThat(cluster.topics()).contains("none");
    }

    @Test
    void aborts(FakeCluster cluster) {
      abort("does not apply");
    }
  }

  static final class WrongTopic {
    @Test
    @FakeKafka(topics = "orders:many")
    void never_runs(FakeCluster cluster) {
      see(cluster);
    }
  }

  static final class WrongConfig {
    @Test
    @FakeKafka(config = "no equals sign")
    void never_runs(FakeCluster cluster) {
      see(cluster);
    }
  }

  static final class StaticField {
    @FakeKafka private static FakeCluster cluster;

    @Test
    void never_runs() {
      see(cluster);
    }
  }

  static final class WrongField {
    @FakeKafka private String cluster;

    @Test
    void never_runs() {
      assertThat(cluster).isNull();
    }
  }

  static final class NotDescribed {
    @Test
    void never_runs(FakeCluster own, @FakeKafka FakeCluster other) {
      see(own);
      see(other);
    }
  }

  @FakeKafka
  static final class BeforeAllTests {
    @BeforeAll
    static void asks_too_early(FakeCluster cluster) {
      see(cluster);
    }

    @Test
    void never_runs() {}
  }
}
