package io.ottla.testkit.fake;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.broker.BrokerNode;
import io.ottla.testkit.internal.broker.Cluster;
import io.ottla.testkit.internal.group.CommittedOffset;
import io.ottla.testkit.internal.group.Coordinators.KeyType;
import io.ottla.testkit.internal.group.Group;
import io.ottla.testkit.internal.loop.Loop;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A group of a {@link FakeCluster}, whether it exists or not, to look at and to trouble.
 * Thread-safe.
 */
public final class FakeGroup {
  private static final int NO_EPOCH = -1;

  private final Cluster cluster;
  private final Loop loop;
  private final String id;

  FakeGroup(Cluster cluster, String id) {
    this.cluster = cluster;
    this.loop = cluster.loop();
    this.id = id;
  }

  /**
   * The group's id.
   *
   * @return as it was asked for
   */
  public String id() {
    return id;
  }

  /**
   * Its state, in Kafka's words.
   *
   * @return for example {@code Stable}; {@code Dead} if there is no such group
   */
  public String state() {
    return ask(Group::stateName, "Dead");
  }

  /**
   * Its members.
   *
   * @return their ids; empty if there is no such group
   */
  public List<String> members() {
    return ask(Group::memberIds, List.of());
  }

  /**
   * The broker that coordinates it.
   *
   * @return empty if none runs
   */
  public OptionalInt coordinator() {
    return loop.call(
        () -> {
          BrokerNode node = cluster.coordinators().coordinator(KeyType.GROUP, id);
          return node == null ? OptionalInt.empty() : OptionalInt.of(node.id());
        });
  }

  /**
   * Moves it to another coordinator: those who wait at the old one are told, and so is whoever asks
   * there.
   *
   * @param brokerId one of the cluster's brokers
   */
  public void moveCoordinator(int brokerId) {
    loop.run(() -> cluster.moveCoordinator(KeyType.GROUP, id, brokerId));
  }

  /**
   * Has everybody who asks the coordinator told an error, for example COORDINATOR_LOAD_IN_PROGRESS.
   * With COORDINATOR_NOT_AVAILABLE nobody even finds it.
   *
   * @param error NONE ends it
   */
  public void troubleCoordinator(ErrorCode error) {
    loop.run(() -> cluster.coordinators().trouble(KeyType.GROUP, id, error));
  }

  /**
   * Throws a member out, as if it had not been heard of for its session timeout.
   *
   * @param memberId one of {@link #members}
   * @throws IllegalStateException if there is no such member
   */
  public void expireMember(String memberId) {
    loop.run(
        () -> {
          Group group = cluster.groups().groups().find(id);
          if (group == null || !group.expire(memberId)) {
            throw new IllegalStateException(
                "group %s has no member %s; its members are %s"
                    .formatted(id, memberId, group == null ? List.of() : group.memberIds()));
          }
        });
  }

  /** Makes the members assign anew. Does nothing if there is no such group. */
  public void rebalance() {
    loop.run(
        () -> {
          Group group = cluster.groups().groups().find(id);
          if (group != null) {
            group.rebalance("a test wants it");
          }
        });
  }

  /**
   * What the group has committed of a partition.
   *
   * @param topic the topic
   * @param partition its number
   * @return the next offset to process; empty if nothing was committed
   */
  public OptionalLong committed(String topic, int partition) {
    CommittedOffset found = find(topic, partition);
    return found == null ? OptionalLong.empty() : OptionalLong.of(found.offset());
  }

  /**
   * The metadata that came with what the group has committed of a partition.
   *
   * @param topic the topic
   * @param partition its number
   * @return empty text if nothing was committed
   */
  public String committedMetadata(String topic, int partition) {
    CommittedOffset found = find(topic, partition);
    return found == null ? "" : found.metadata();
  }

  /**
   * Commits in the group's name, whoever its members are.
   *
   * @param topic the topic
   * @param partition its number
   * @param offset the next offset to process
   * @param metadata any text
   */
  public void commit(String topic, int partition, long offset, String metadata) {
    loop.run(
        () -> {
          @Nullable UUID topicId = cluster.groups().topics().id(topic);
          cluster
              .groups()
              .offsets()
              .put(
                  id,
                  topic,
                  partition,
                  new CommittedOffset(
                      offset,
                      NO_EPOCH,
                      metadata,
                      loop.nowMillis(),
                      CommittedOffset.BY_GROUP,
                      topicId == null ? CommittedOffset.NO_TOPIC_ID : topicId));
        });
  }

  /**
   * Says that a transaction is about to change what is committed of a partition: who asks for
   * stable offsets is told UNSTABLE_OFFSET_COMMIT (KIP-447).
   *
   * @param topic the topic
   * @param partition its number
   * @param isUnstable false when it has ended
   */
  public void setUnstable(String topic, int partition, boolean isUnstable) {
    loop.run(() -> cluster.groups().offsets().unstable(id, topic, partition, isUnstable));
  }

  private @Nullable CommittedOffset find(String topic, int partition) {
    return loop.call(() -> cluster.groups().offsets().find(id, topic, partition));
  }

  private <T> T ask(Function<Group, T> question, T otherwise) {
    return loop.call(
        () -> {
          Group group = cluster.groups().groups().find(id);
          return group == null ? otherwise : question.apply(group);
        });
  }

  @Override
  public String toString() {
    return "group " + id;
  }
}
