package io.ottla.internal.cluster.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.AuthenticationException;
import io.ottla.internal.cluster.metadata.LeaderHints.Hint;
import io.ottla.internal.runtime.ManualLoop;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.MetadataResponse.MetadataResponsePartition;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseTopic;
import io.ottla.testkit.scenario.Scenario;
import io.ottla.watch.Warnings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Anything may happen, in any order: brokers that lag, lie or are silent, callers that cancel,
 * complaints of long ago. What holds all the same:
 *
 * <ul>
 *   <li>at most one question is under way;
 *   <li>each caller has an end when its deadline is there;
 *   <li>generations rise; a partition's epoch falls, while its topic stays the same, only after a
 *       row of older answers that is long enough, and is never lost;
 *   <li>a stale complaint changes nothing;
 *   <li>answers are not changed, and nothing that later happens to them changes a snapshot;
 *   <li>not more is asked than what happens explains, and pauses allow;
 *   <li>when brokers tell the truth again, the truth is known soon;
 *   <li>when nobody wants anything any more, all is forgotten and no timer is left.
 * </ul>
 */
final class MetadataModelTest {
  private static final int SEEDS = 40;
  private static final int STEPS = 250;

  @Test
  @Scenario({"G72", "G97", "L171", "L174"})
  void anything_may_happen_in_any_order() {
    String replay = System.getProperty("ottla.seed");
    if (replay != null) {
      new Run(Long.parseLong(replay)).all();
      return;
    }
    for (long seed = 0; seed < SEEDS; seed++) {
      try {
        new Run(seed).all();
      } catch (RuntimeException | AssertionError broken) {
        throw new AssertionError("run it again with -Dottla.seed=" + seed, broken);
      }
    }
    // Brokers whose cluster is another one are told of at that level.
    Warnings.take(line -> line.contains("answers where"));
  }

  /** Somebody who wants something. */
  private record Caller(CompletableFuture<ClusterView> future, long deadlineNanos) {}

  /** Answers in a row that were older than what is known. */
  private record Row(int answers, long sinceNanos) {}

  private static final class Run {
    private final SplittableRandom random;
    private final World world;
    private final ManualLoop loop = new ManualLoop();
    private final AskedBrokers.AboutMetadata brokers = new AskedBrokers.AboutMetadata();
    private final Metadata metadata;
    private final List<Caller> callers = new ArrayList<>();
    private final List<ClusterView> seen = new ArrayList<>();
    private final Map<String, Row> rows = new HashMap<>();
    private ClusterView last = ClusterView.empty();
    private int reasonsToAsk;

    Run(long seed) {
      random = new SplittableRandom(seed);
      world = new World(random.split());
      metadata =
          new Metadata(
              brokers, MetadataSettings.defaults(), loop, loop, random.split(), "seed-" + seed);
      metadata.onChange((now, changes) -> compare(now));
    }

    void all() {
      for (int i = 0; i < STEPS; i++) {
        step();
        check();
      }
      world.heal();
      followTheTruth();
      fallSilent();
    }

    private void step() {
      switch (random.nextInt(16)) {
        case 0, 1, 2 -> want();
        case 3, 4, 5, 6 -> end(random.nextInt(8));
        case 7, 8 -> loop.pass(random.nextLong(Duration.ofMillis(400).toNanos()));
        case 9 -> loop.pass(random.nextLong(Duration.ofSeconds(9).toNanos()));
        case 10 -> world.change();
        case 11 -> complain();
        case 12 -> hint();
        case 13 -> cancel();
        case 14 -> metadata.complainController(metadata.view().generation(), "chance");
        default -> rarely();
      }
    }

    private void rarely() {
      switch (random.nextInt(6)) {
        case 0 -> metadata.forget(world.anyName());
        case 1 -> metadata.rebootstrap("chance");
        case 2 -> loop.pass(random.nextLong(Duration.ofMinutes(8).toNanos()));
        default -> world.change();
      }
    }

    private void want() {
      reasonsToAsk++;
      long deadline = loop.nanoTime() + random.nextLong(Duration.ofSeconds(20).toNanos());
      String topic = world.anyName();
      callers.add(
          new Caller(
              switch (random.nextInt(7)) {
                case 0 -> metadata.topics(List.of(topic, world.anyName()), deadline);
                case 1 -> metadata.refresh(List.of(topic), deadline);
                case 2 -> metadata.refresh(List.of(), deadline);
                case 3 -> metadata.allTopics(deadline);
                case 4 -> metadata.controller(deadline);
                case 5 -> metadata.brokers(deadline);
                default -> metadata.leader(topic, random.nextInt(-1, 5), deadline);
              },
              deadline));
    }

    private void cancel() {
      if (!callers.isEmpty()) {
        callers.remove(random.nextInt(callers.size())).future.cancel(false);
      }
    }

    private void complain() {
      reasonsToAsk++;
      String topic = world.anyName();
      int index = random.nextInt(-1, 5);
      ClusterView before = metadata.view();
      ClusterView then = seen.isEmpty() ? before : seen.get(random.nextInt(seen.size()));
      long generation = random.nextBoolean() ? before.generation() : then.generation();
      TopicView known = before.peek(topic);
      PartitionView led = known == null ? null : known.partition(index);

      metadata.complain(topic, index, generation, "chance");

      if (led != null && led.generation() > generation) {
        assertThat(metadata.view()).as("after a stale complaint").isSameAs(before);
      }
    }

    private void hint() {
      reasonsToAsk++;
      String topic = world.anyName();
      int leader = random.nextInt(1, 6);
      metadata.hint(
          new LeaderHints(
              List.of(new Hint(topic, random.nextInt(-1, 4), leader, random.nextInt(-1, 12))),
              List.of(new BrokerNode(leader, "broker" + leader, 9092, null))));
    }

    /** Ends the question that is under way. */
    private void end(int how) {
      if (!brokers.isAsked()) {
        return;
      }
      switch (how) {
        case 0 -> brokers.fail();
        case 1 -> {
          if (random.nextInt(4) == 0) {
            brokers.fail(new AuthenticationException("chance", null));
          }
        }
        case 2 -> deliver(world.garbage(brokers.topics()));
        case 3, 4 -> deliver(world.stale(brokers.topics()));
        default -> deliver(world.truth(brokers.topics()));
      }
    }

    private void deliver(MetadataResponse response) {
      String before = response.toString();
      note(response);
      brokers.answer(response);
      assertThat(response).as("the answer").hasToString(before);

      String known = metadata.view().toString();
      response.topics().forEach(topic -> topic.partitions().clear());
      response.topics().clear();
      response.brokers().clear();
      assertThat(metadata.view()).as("what is known").hasToString(known);
    }

    /** Keeps count of answers that are older than what is known. */
    private void note(MetadataResponse response) {
      if (MetadataUpdate.uselessness(response) != null) {
        return;
      }
      ClusterView view = metadata.view();
      for (MetadataResponseTopic said : response.topics()) {
        TopicView known = said.name() == null ? null : view.peek(said.name());
        if (known != null && said.errorCode() == ErrorCode.NONE.code() && isSame(known, said)) {
          for (PartitionView partition : known.partitions()) {
            note(said, partition);
          }
        }
      }
    }

    /** Another id is another topic: what is said of it counts for that alone, if at all. */
    private static boolean isSame(TopicView known, MetadataResponseTopic said) {
      return !known.hasId()
          || said.topicId().equals(TopicView.NO_ID)
          || said.topicId().equals(known.id());
    }

    private void note(MetadataResponseTopic said, PartitionView known) {
      String key = said.name() + "-" + known.index();
      MetadataResponsePartition about =
          said.partitions().stream()
              .filter(each -> each.partitionIndex() == known.index())
              .findFirst()
              .orElse(null);
      int epoch = about == null ? 0 : about.leaderEpoch();
      if (about == null || (epoch >= 0 && epoch < known.leaderEpoch())) {
        Row row = rows.getOrDefault(key, new Row(0, loop.nanoTime()));
        rows.put(key, new Row(row.answers + 1, row.sinceNanos));
      } else if (epoch >= 0) {
        rows.remove(key);
      }
    }

    private void check() {
      assertThat(brokers.mostAtOnce).as("questions at once").isLessThanOrEqualTo(1);
      for (Caller caller : callers) {
        if (loop.nanoTime() >= caller.deadlineNanos) {
          assertThat(caller.future).as("a caller whose time is over").isDone();
        }
      }
      callers.removeIf(caller -> caller.future.isDone());
      long pauses = loop.nanoTime() / MetadataSettings.defaults().backoffFirstNanos();
      assertThat(brokers.asked)
          .as("questions")
          .isLessThanOrEqualTo(2 * reasonsToAsk + (int) pauses);
    }

    private void compare(ClusterView now) {
      assertThat(now.generation()).isGreaterThan(last.generation());
      for (TopicView after : now.topics()) {
        TopicView before = last.peek(after.name());
        if (before != null && before.id().equals(after.id())) {
          for (PartitionView partition : after.partitions()) {
            compare(after.name(), before.partition(partition.index()), partition);
          }
        }
      }
      last = now;
      seen.add(now);
    }

    private void compare(String topic, @Nullable PartitionView before, PartitionView after) {
      if (before == null || after.leaderEpoch() >= before.leaderEpoch()) {
        return;
      }
      Row row = rows.getOrDefault(topic + "-" + after.index(), new Row(0, 0));
      assertThat(row.answers).as("older answers before %s", after).isGreaterThanOrEqualTo(5);
      assertThat(loop.nanoTime() - row.sinceNanos)
          .as("time of older answers before %s", after)
          .isGreaterThanOrEqualTo(Duration.ofSeconds(10).toNanos());
    }

    /** Whoever is led astray complains, and finds what is true. */
    private void followTheTruth() {
      long endNanos = loop.nanoTime() + Duration.ofMinutes(2).toNanos();
      while (!isTruthKnown()) {
        assertThat(loop.nanoTime()).as("time until the truth is known").isLessThan(endNanos);
        if (brokers.isAsked()) {
          reasonsToAsk++;
          deliver(world.truth(brokers.topics()));
        }
        for (String topic : World.NAMES) {
          follow(topic);
        }
        loop.pass(Duration.ofMillis(50).toNanos());
        check();
      }
    }

    private void follow(String topic) {
      long deadline = loop.nanoTime() + Duration.ofSeconds(5).toNanos();
      for (int i = 0; i < world.partitions(topic); i++) {
        ClusterView view = metadata.view();
        BrokerNode leader = view.leader(topic, i);
        if (leader == null) {
          callers.add(new Caller(metadata.leader(topic, i, deadline), deadline));
        } else if (leader.id() != world.leader(topic, i)) {
          metadata.complain(topic, i, view.generation(), "NOT_LEADER_OR_FOLLOWER");
        }
      }
    }

    private boolean isTruthKnown() {
      for (String topic : World.NAMES) {
        for (int i = 0; i < world.partitions(topic); i++) {
          BrokerNode leader = metadata.view().leader(topic, i);
          if (leader == null || leader.id() != world.leader(topic, i)) {
            return false;
          }
        }
      }
      return true;
    }

    /** Nobody wants anything any more. */
    private void fallSilent() {
      long endNanos = loop.nanoTime() + Duration.ofMinutes(30).toNanos();
      while (loop.nanoTime() < endNanos) {
        if (brokers.isAsked()) {
          deliver(world.truth(brokers.topics()));
        }
        loop.pass(Duration.ofSeconds(5).toNanos());
      }
      assertThat(metadata.view().topics()).as("topics").isEmpty();
      assertThat(loop.timers()).as("timers of who is idle").isZero();
      assertThat(callers).allMatch(caller -> caller.future.isDone());

      CompletableFuture<ClusterView> late =
          metadata.topics(List.of("t0"), loop.nanoTime() + Duration.ofSeconds(9).toNanos());
      metadata.close();
      assertThat(late).isDone();
      assertThat(loop.timers()).as("timers of who is closed").isZero();
      Objects.requireNonNull(brokers.take());
    }
  }
}
