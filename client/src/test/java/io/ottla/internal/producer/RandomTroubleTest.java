package io.ottla.internal.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.SendOutcome;
import io.ottla.producer.Purge;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever brokers answer, and whatever is lost on the way, what is acknowledged is in the log once
 * and in order, what is said not to be written is not, and each batch ends once.
 */
@Scenario({"L43", "L44", "L45", "L46"})
final class RandomTroubleTest extends SinksTestBase {
  private static final int PARTITIONS = 3;
  private static final int STEPS = 250;
  private static final int SEEDS = 100;

  private static final ErrorCode[] NOT_WRITTEN = {
    ErrorCode.NOT_ENOUGH_REPLICAS,
    ErrorCode.NOT_LEADER_OR_FOLLOWER,
    ErrorCode.LEADER_NOT_AVAILABLE,
    ErrorCode.KAFKA_STORAGE_ERROR,
    ErrorCode.REQUEST_TIMED_OUT,
    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
  };
  private static final ErrorCode[] WRITTEN = {
    ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
    ErrorCode.REQUEST_TIMED_OUT,
    ErrorCode.NOT_LEADER_OR_FOLLOWER,
    ErrorCode.KAFKA_STORAGE_ERROR,
    ErrorCode.UNKNOWN_SERVER_ERROR
  };
  private static final ErrorCode[] FOR_GOOD = {
    ErrorCode.INVALID_RECORD, ErrorCode.TOPIC_AUTHORIZATION_FAILED, ErrorCode.POLICY_VIOLATION
  };

  private final Map<Integer, List<String>> sent = new HashMap<>();
  private final List<Source> sources = new ArrayList<>();
  private SplittableRandom random = new SplittableRandom(0);
  private int next;

  static List<Long> seeds() {
    String given = System.getProperty("ottla.seed");
    if (given != null) {
      return List.of(Long.valueOf(given));
    }
    List<Long> seeds = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      seeds.add(seed);
    }
    return seeds;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nothing_is_lost_doubled_or_reordered(long seed) {
    random = new SplittableRandom(seed);
    settings = settings(true, false, random.nextInt(4) == 0 ? 3 : -1);
    floor.topic("orders", 1 + random.nextInt(3), 1 + random.nextInt(3), 1 + random.nextInt(3));
    boolean isTellingNumbers = random.nextInt(4) > 0;
    floor.tellsNumbers(isTellingNumbers);
    for (int i = 0; i < PARTITIONS; i++) {
      sources.add(source("orders", i));
      sent.put(i, new ArrayList<>());
    }

    for (int i = 0; i < STEPS; i++) {
      step();
    }
    heal();

    for (int i = 0; i < PARTITIONS; i++) {
      check(i);
    }
  }

  private void step() {
    int dice = random.nextInt(100);
    FakeLeader broker = floor.broker(1 + random.nextInt(3));
    if (dice < 35) {
      send();
    } else if (dice < 60) {
      if (!broker.open.isEmpty()) {
        broker.first().answer();
      }
    } else if (dice < 66) {
      if (!broker.open.isEmpty()) {
        broker.first().refuse(NOT_WRITTEN[random.nextInt(NOT_WRITTEN.length)]);
      }
    } else if (dice < 72) {
      if (!broker.open.isEmpty()) {
        broker.first().answerWith(WRITTEN[random.nextInt(WRITTEN.length)]);
      }
    } else if (dice < 74) {
      if (!broker.open.isEmpty()) {
        broker.first().refuse(FOR_GOOD[random.nextInt(FOR_GOOD.length)]);
      }
    } else if (dice < 75) {
      if (!broker.open.isEmpty()) {
        broker.first().answer(response -> response.responses().clear());
      }
    } else if (dice < 80) {
      broker.loseConnection(broker.open.isEmpty() ? 0 : random.nextInt(broker.open.size() + 1));
      run();
    } else if (dice < 84) {
      floor.move("orders", random.nextInt(PARTITIONS), 1 + random.nextInt(3));
    } else if (dice < 86) {
      floor.partition("orders", random.nextInt(PARTITIONS)).log.restart();
    } else if (dice < 87) {
      broker.isUp = !broker.isUp;
    } else if (dice < 88 && random.nextInt(4) == 0) {
      sinks().purge(random.nextBoolean() ? Purge.QUEUED : Purge.ALL);
      run();
    } else {
      pass(Duration.ofMillis(1L << random.nextInt(16)));
    }
  }

  private void send() {
    int partition = random.nextInt(PARTITIONS);
    String[] values = new String[1 + random.nextInt(3)];
    for (int i = 0; i < values.length; i++) {
      values[i] = "v" + next++;
      sentTo(partition).add(values[i]);
    }
    sources.get(partition).send(values);
    run();
  }

  private List<String> sentTo(int partition) {
    return sent.computeIfAbsent(partition, any -> new ArrayList<>());
  }

  private void heal() {
    floor.brokers.values().forEach(broker -> broker.isUp = true);
    for (int i = 0; i < 400; i++) {
      floor.brokers.values().forEach(FakeLeader::answerAll);
      pass(Duration.ofMillis(500));
    }
  }

  private void check(int partition) {
    List<String> log = floor.partition("orders", partition).log.values;
    assertThat(log).as("the log").doesNotHaveDuplicates().isSubsetOf(sentTo(partition));
    List<String> inOrder = new ArrayList<>(sentTo(partition));
    inOrder.retainAll(log);
    assertThat(log).as("the log's order").isEqualTo(inOrder);
    List<String> told = new ArrayList<>();
    for (End end : ends) {
      if (sentTo(partition).contains(end.values().get(0))) {
        told.addAll(end.values());
        check(end, log);
      }
    }
    assertThat(told).as("ends, in order").isEqualTo(sentTo(partition));
  }

  private static void check(End end, List<String> log) {
    if (end.failure() == null) {
      assertThat(log).as("acknowledged").containsAll(end.values());
      if (end.offset() >= 0) {
        assertThat(log.indexOf(end.values().get(0))).isEqualTo((int) end.offset());
      }
    } else if (end.outcome() != SendOutcome.UNKNOWN) {
      assertThat(log).as(end.message()).doesNotContainAnyElementsOf(end.values());
    }
  }
}
