package io.ottla.testkit.internal.group.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.testkit.internal.group.consumer.Assignor.Candidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Groups that come, go, grow and change their minds, assigned by Kafka 4.3's classes and by ours.
 */
final class AssignorsReferenceIT {
  private static final int GROUPS = 200;
  private static final int STEPS = 8;

  // L154
  @Test
  void range_assigns_as_kafka_does() throws Exception {
    compare("RangeAssignor", new RangeAssignor());
  }

  // L153
  @Test
  void uniform_assigns_as_kafka_does() throws Exception {
    compare("UniformAssignor", new UniformAssignor());
  }

  private static void compare(String theirs, Assignor ours) throws Exception {
    try (KafkaClasses kafka = new KafkaClasses()) {
      Seeds.run(
          GROUPS,
          seed -> {
            RandomGroup changing = new RandomGroup(new Random(seed), seed % 2 == 0);
            for (int step = 0; step < STEPS; step++) {
              Assignor.Group now = changing.next();
              Map<String, Assignment> assigned = ours.assign(now);
              assertThat(assigned).as("step %s", step).isEqualTo(kafka.assign(theirs, now));
              changing.assigned(assigned);
            }
          });
    }
  }

  /** Members and topics that change at random. */
  private static final class RandomGroup {
    private final Random random;
    private final boolean homogeneous;
    private final Map<UUID, Integer> counts = new HashMap<>();
    private final List<UUID> topics = new ArrayList<>();
    private final Map<String, Set<UUID>> wishes = new HashMap<>();
    private Map<String, Assignment> previous = Map.of();

    RandomGroup(Random random, boolean homogeneous) {
      this.random = random;
      this.homogeneous = homogeneous;
      for (int i = 0; i <= random.nextInt(5); i++) {
        addTopic();
      }
    }

    private void addTopic() {
      UUID id = new UUID(random.nextLong(), random.nextLong());
      topics.add(id);
      counts.put(id, 1 + random.nextInt(12));
    }

    Assignor.Group next() {
      if (random.nextInt(3) == 0) {
        addTopic();
      }
      if (random.nextInt(3) == 0) {
        UUID growing = topics.get(random.nextInt(topics.size()));
        counts.merge(growing, 1 + random.nextInt(3), Integer::sum);
      }
      if (wishes.size() > 1 && random.nextInt(3) == 0) {
        wishes.remove(wishes.keySet().iterator().next());
      }
      for (int i = 0; i <= random.nextInt(4); i++) {
        wishes.put("member-" + random.nextInt(1_000), wish());
      }
      if (homogeneous) {
        Set<UUID> all = wish();
        wishes.replaceAll((member, before) -> all);
      }
      Map<String, Candidate> members = new HashMap<>();
      wishes.forEach(
          (id, wish) ->
              members.put(
                  id,
                  new Candidate(
                      id.hashCode() % 3 == 0 ? "instance-" + id.hashCode() : null,
                      wish,
                      previous.getOrDefault(id, Assignment.NOTHING))));
      return new Assignor.Group(members, counts::get, homogeneous);
    }

    private Set<UUID> wish() {
      Set<UUID> wish = new HashSet<>(topics);
      wish.removeIf(topic -> random.nextInt(3) == 0);
      return wish;
    }

    void assigned(Map<String, Assignment> assigned) {
      previous = assigned;
    }
  }
}
