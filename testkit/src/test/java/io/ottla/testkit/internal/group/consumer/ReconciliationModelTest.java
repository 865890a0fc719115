package io.ottla.testkit.internal.group.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ConsumerGroupHeartbeatRequest;
import io.ottla.protocol.message.ConsumerGroupHeartbeatResponse;
import io.ottla.protocol.message.ErrorCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Members that behave as a good client does, but come, go, change their minds, lose answers and
 * take their time, over topics that come, grow and go. A member counts as owner from the answer
 * that gives it a partition to the request in which it no longer reports it, or until it has been
 * silent for the session timeout and must know that it is out.
 */
final class ReconciliationModelTest {
  private static final int RUNS = 300;
  private static final int STEPS = 120;
  private static final int QUIET_ROUNDS = 20;

  // G86: Test848PartitionHandoffNoDuplicates
  @Test
  void no_partition_has_two_owners_and_quiet_groups_reach_their_target() throws Exception {
    Seeds.run(RUNS, seed -> new Run(new Random(seed)).play());
  }

  private static final class Run {
    private final Random random;
    private final Scene scene = new Scene();
    private final List<Client> clients = new ArrayList<>();
    private int names;

    Run(Random random) {
      this.random = random;
      scene.settings.consumerAssignmentIntervalMs(random.nextBoolean() ? 0 : 1_000);
      scene.settings.consumerAssignors(
          random.nextBoolean() ? List.of("uniform", "range") : List.of("range", "uniform"));
    }

    void play() {
      scene.topics.create("topic-0", 3);
      clients.add(new Client());
      for (int step = 0; step < STEPS; step++) {
        doSomething();
        checkOwners();
      }
      for (int round = 0; round < QUIET_ROUNDS; round++) {
        scene.timers.advance(5_000);
        clients.forEach(Client::beatAndObey);
        checkOwners();
      }
      checkTarget();
    }

    private void doSomething() {
      if (clients.isEmpty()) {
        clients.add(new Client());
      }
      Client client = clients.get(random.nextInt(clients.size()));
      switch (random.nextInt(14)) {
        case 0 -> clients.add(new Client());
        case 1 -> {
          client.leave();
          clients.remove(client);
        }
        case 2 -> clients.remove(client); // dies; the coordinator does not know yet
        case 3 -> changeTopics();
        case 4 -> client.subscribe();
        case 5 -> client.loseAnswer();
        case 6 -> client.restart();
        case 7 -> scene.timers.advance(random.nextInt(20_000));
        case 8 -> scene.group().rebalance("the model says so");
        case 9 -> scene.group().fence(client.id);
        default -> client.beatSometimesObeying();
      }
    }

    private void changeTopics() {
      List<String> topics = List.copyOf(scene.topics.names());
      String topic = topics.isEmpty() ? "" : topics.get(random.nextInt(topics.size()));
      switch (topics.isEmpty() ? 0 : random.nextInt(3)) {
        case 0 -> scene.topics.create("topic-" + random.nextInt(4), 1 + random.nextInt(5));
        case 1 -> scene.topics.grow(topic, scene.topics.partitions(topic) + 1);
        default -> scene.topics.delete(topic);
      }
    }

    /** Clients' own ideas of what they have never overlap, whatever the coordinator thinks. */
    private void checkOwners() {
      Set<TopicIdPartition> seen = new HashSet<>();
      for (Client client : clients) {
        for (TopicIdPartition partition :
            client.isOut() ? Set.<TopicIdPartition>of() : client.owned) {
          assertThat(seen.add(partition)).as("%s has two owners", partition).isTrue();
        }
      }
    }

    private void checkTarget() {
      if (clients.isEmpty()) {
        return;
      }
      GroupView view = scene.view();
      assertThat(view.state()).isEqualTo(GroupState.STABLE);
      Set<TopicIdPartition> wanted = new TreeSet<>();
      Set<TopicIdPartition> had = new TreeSet<>();
      for (Client client : clients) {
        GroupView.MemberView member = scene.member(client.id);
        assertThat(client.owned).isEqualTo(member.target()).isEqualTo(member.assigned());
        had.addAll(client.owned);
        for (String topic : client.topics) {
          for (int p = 0; p < scene.topics.partitions(topic); p++) {
            wanted.add(scene.partition(topic + "-" + p));
          }
        }
      }
      assertThat(had).as("all that anybody wants").isEqualTo(wanted);
    }

    /** A member as a good client is one. */
    private final class Client {
      private String id = "member-" + names++;
      private final @Nullable String instanceId =
          random.nextInt(4) == 0 ? "instance-" + names : null;
      private SortedSet<String> topics = wish();
      private SortedSet<TopicIdPartition> owned = new TreeSet<>();
      private int epoch;
      private long heardMillis;

      Client() {
        beatAndObey();
      }

      private SortedSet<String> wish() {
        SortedSet<String> wish = new TreeSet<>();
        for (int topic = 0; topic < 4; topic++) {
          if (random.nextInt(3) > 0) {
            wish.add("topic-" + topic);
          }
        }
        return wish;
      }

      void subscribe() {
        topics = wish();
        ask(request().subscribedTopicNames(List.copyOf(topics)));
      }

      void beatAndObey() {
        ask(request());
        ask(request()); // with what is left of its partitions, if some were taken
      }

      void beatSometimesObeying() {
        ask(epoch == 0 || random.nextBoolean() ? request() : request().topicPartitions(null));
      }

      /** The coordinator heard, the client does not know; then it says everything again. */
      void loseAnswer() {
        scene.heartbeat(request());
        ask(full(request()));
      }

      /** The process ends and begins again; a static member takes its place under another id. */
      void restart() {
        if (epoch == 0) {
          return;
        }
        scene.heartbeat(stamp(Scene.beat(id, instanceId == null ? -1 : -2)));
        id = "member-" + names++;
        epoch = 0;
        owned = new TreeSet<>();
        ask(request());
      }

      void leave() {
        scene.heartbeat(stamp(Scene.beat(id, -1)));
      }

      private ConsumerGroupHeartbeatRequest request() {
        if (epoch == 0) {
          owned = new TreeSet<>();
          return stamp(Scene.join(id, topics.toArray(String[]::new)));
        }
        List<ConsumerGroupHeartbeatRequest.TopicPartitions> reported = new ArrayList<>();
        Assignment.byTopic(owned)
            .forEach(
                (topic, numbers) ->
                    reported.add(
                        new ConsumerGroupHeartbeatRequest.TopicPartitions()
                            .topicId(topic)
                            .partitions(List.copyOf(numbers))));
        return stamp(Scene.beat(id, epoch).topicPartitions(reported));
      }

      private ConsumerGroupHeartbeatRequest full(ConsumerGroupHeartbeatRequest request) {
        return request
            .rebalanceTimeoutMs(Scene.REBALANCE_TIMEOUT)
            .subscribedTopicNames(List.copyOf(topics));
      }

      private ConsumerGroupHeartbeatRequest stamp(ConsumerGroupHeartbeatRequest request) {
        return request.instanceId(instanceId);
      }

      boolean isOut() {
        return scene.timers.nowMillis() - heardMillis >= scene.settings.consumerSessionTimeoutMs();
      }

      private void ask(ConsumerGroupHeartbeatRequest request) {
        ConsumerGroupHeartbeatResponse answer = scene.heartbeat(request);
        heardMillis = scene.timers.nowMillis();
        switch (Scene.error(answer)) {
          case NONE -> obey(answer);
          // The last one is for a static member that was fenced: it has to wait until it is
          // forgotten.
          case FENCED_MEMBER_EPOCH, UNKNOWN_MEMBER_ID, UNRELEASED_INSTANCE_ID -> {
            epoch = 0;
            owned = new TreeSet<>();
          }
          default -> throw new AssertionError(ErrorCode.of(answer.errorCode()) + " to " + request);
        }
      }

      private void obey(ConsumerGroupHeartbeatResponse answer) {
        epoch = answer.memberEpoch();
        ConsumerGroupHeartbeatResponse.Assignment assignment = answer.assignment();
        if (assignment != null) {
          owned = new TreeSet<>();
          assignment
              .topicPartitions()
              .forEach(
                  topic ->
                      topic
                          .partitions()
                          .forEach(p -> owned.add(new TopicIdPartition(topic.topicId(), p))));
        }
      }
    }
  }
}
