package io.ottla.testkit.internal.group.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.testkit.internal.group.consumer.Assignor.Candidate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What both assignors are for; that they do it as Kafka does is seen in the integration test. */
final class AssignorsTest {
  private static final UUID ORDERS = new UUID(0, 1);
  private static final UUID REFUNDS = new UUID(0, 2);

  private final Map<UUID, Integer> counts = new HashMap<>(Map.of(ORDERS, 5, REFUNDS, 5));
  private final Map<String, Candidate> members = new HashMap<>();
  private Map<String, Assignment> assigned = Map.of();

  private void member(String id, @Nullable String instanceId, UUID... topics) {
    members.put(id, new Candidate(instanceId, Set.of(topics), had(id)));
  }

  private Assignment had(String id) {
    return assigned.getOrDefault(id, Assignment.NOTHING);
  }

  private void assign(Assignor assignor) {
    boolean homogeneous =
        members.values().stream().map(Candidate::topicIds).distinct().count() == 1;
    assigned =
        assignor.assign(
            new Assignor.Group(members, id -> Objects.requireNonNull(counts.get(id)), homogeneous));
    members.replaceAll(
        (id, member) -> new Candidate(member.instanceId(), member.topicIds(), had(id)));
  }

  private SortedSet<Integer> of(String member, UUID topic) {
    return Objects.requireNonNull(assigned.get(member))
        .topics()
        .getOrDefault(topic, new TreeSet<>());
  }

  private int size(String member) {
    return Objects.requireNonNull(assigned.get(member)).size();
  }

  // L154
  @Test
  void range_cuts_topics_alike_and_gives_the_first_members_more() {
    member("b", null, ORDERS, REFUNDS);
    member("a", null, ORDERS, REFUNDS);

    assign(new RangeAssignor());

    assertThat(of("a", ORDERS)).containsExactly(0, 1, 2);
    assertThat(of("a", REFUNDS)).containsExactly(0, 1, 2);
    assertThat(of("b", ORDERS)).containsExactly(3, 4);
    assertThat(of("b", REFUNDS)).containsExactly(3, 4);
  }

  @Test
  void range_serves_static_members_first_by_their_instance_ids() {
    member("a", null, ORDERS);
    member("y", "second", ORDERS);
    member("z", "first", ORDERS);

    assign(new RangeAssignor());

    assertThat(of("z", ORDERS)).containsExactly(0, 1);
    assertThat(of("y", ORDERS)).containsExactly(2, 3);
    assertThat(of("a", ORDERS)).containsExactly(4);
  }

  @Test
  void range_leaves_members_without_partitions_when_there_are_too_few() {
    counts.put(ORDERS, 1);
    member("a", null, ORDERS);
    member("b", null, ORDERS);

    assign(new RangeAssignor());

    assertThat(of("a", ORDERS)).containsExactly(0);
    assertThat(size("b")).isZero();
  }

  @Test
  void uniform_is_even_and_moves_no_more_than_it_must() {
    member("a", null, ORDERS, REFUNDS);
    assign(new UniformAssignor());
    assertThat(size("a")).isEqualTo(10);

    member("b", null, ORDERS, REFUNDS);
    Assignment before = Objects.requireNonNull(assigned.get("a"));
    assign(new UniformAssignor());

    assertThat(size("a")).isEqualTo(5);
    assertThat(size("b")).isEqualTo(5);
    assertThat(before.partitions())
        .containsAll(Objects.requireNonNull(assigned.get("a")).partitions());
  }

  // L153
  @Test
  void uniform_is_even_among_those_who_want_a_topic() {
    counts.put(ORDERS, 6);
    counts.put(REFUNDS, 2);
    member("a", null, ORDERS);
    member("b", null, ORDERS, REFUNDS);
    member("c", null, REFUNDS);

    assign(new UniformAssignor());

    assertThat(of("a", REFUNDS)).isEmpty();
    assertThat(of("c", ORDERS)).isEmpty();
    assertThat(size("a")).isEqualTo(3);
    assertThat(size("b")).isEqualTo(3);
    assertThat(size("c")).isEqualTo(2);
  }

  @Test
  void uniform_evens_out_what_members_have_when_somebody_comes() {
    counts.put(ORDERS, 6);
    member("a", null, ORDERS, REFUNDS);
    member("b", null, REFUNDS);
    assign(new UniformAssignor());
    int before = size("a");

    member("c", null, ORDERS);
    assign(new UniformAssignor());

    assertThat(size("a")).isLessThan(before);
    assertThat(size("a") + size("b") + size("c")).isEqualTo(11);
    assertThat(Math.abs(size("a") - size("c"))).isLessThanOrEqualTo(1);
  }

  @Test
  void nobody_is_given_what_it_does_not_want_any_more() {
    member("a", null, ORDERS);
    member("b", null);
    assign(new UniformAssignor());
    assertThat(size("a")).isEqualTo(5);

    member("a", null);
    assign(new UniformAssignor());

    assertThat(size("a")).isZero();
  }
}
