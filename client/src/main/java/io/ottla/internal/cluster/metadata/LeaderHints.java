package io.ottla.internal.cluster.metadata;

import io.ottla.protocol.message.FetchResponse;
import io.ottla.protocol.message.ProduceResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a broker that does not lead a partition (any more) says of who does (KIP-951). Immutable.
 *
 * @param hints who leads what
 * @param brokers where those leaders listen
 */
public record LeaderHints(List<Hint> hints, List<BrokerNode> brokers) {
  /**
   * Who leads a partition.
   *
   * @param topic the topic's name
   * @param partition its number
   * @param leader the leader's id
   * @param leaderEpoch its epoch
   */
  public record Hint(String topic, int partition, int leader, int leaderEpoch) {}

  /** A copy. */
  public LeaderHints {
    hints = List.copyOf(hints);
    brokers = List.copyOf(brokers);
  }

  /** Whether nothing was said. */
  public boolean isEmpty() {
    return hints.isEmpty();
  }

  /**
   * The hints of an answer.
   *
   * @param view tells the names of topics that the answer calls by id
   */
  public static LeaderHints of(ProduceResponse response, ClusterView view) {
    List<Hint> hints = new ArrayList<>();
    for (ProduceResponse.TopicProduceResponse topic : response.responses()) {
      for (ProduceResponse.PartitionProduceResponse partition : topic.partitionResponses()) {
        ProduceResponse.LeaderIdAndEpoch leader = partition.currentLeader();
        if (leader.leaderId() >= 0) {
          String name = name(topic.name(), topic.topicId(), view);
          add(hints, name, partition.index(), leader.leaderId(), leader.leaderEpoch());
        }
      }
    }
    List<BrokerNode> brokers = new ArrayList<>();
    for (ProduceResponse.NodeEndpoint node : response.nodeEndpoints()) {
      brokers.add(new BrokerNode(node.nodeId(), node.host(), node.port(), node.rack()));
    }
    return new LeaderHints(hints, brokers);
  }

  /**
   * The hints of an answer.
   *
   * @param view tells the names of topics that the answer calls by id
   */
  public static LeaderHints of(FetchResponse response, ClusterView view) {
    List<Hint> hints = new ArrayList<>();
    for (FetchResponse.FetchableTopicResponse topic : response.responses()) {
      for (FetchResponse.PartitionData partition : topic.partitions()) {
        FetchResponse.LeaderIdAndEpoch leader = partition.currentLeader();
        if (leader.leaderId() >= 0) {
          String name = name(topic.topic(), topic.topicId(), view);
          add(hints, name, partition.partitionIndex(), leader.leaderId(), leader.leaderEpoch());
        }
      }
    }
    List<BrokerNode> brokers = new ArrayList<>();
    for (FetchResponse.NodeEndpoint node : response.nodeEndpoints()) {
      brokers.add(new BrokerNode(node.nodeId(), node.host(), node.port(), node.rack()));
    }
    return new LeaderHints(hints, brokers);
  }

  private static void add(
      List<Hint> hints, @Nullable String topic, int partition, int leader, int epoch) {
    if (topic != null) {
      hints.add(new Hint(topic, partition, leader, epoch));
    }
  }

  /** The name, or that of the id; null if nobody knows the id. */
  private static @Nullable String name(String name, UUID id, ClusterView view) {
    if (!name.isEmpty()) {
      return name;
    }
    TopicView known = view.topic(id);
    return known == null ? null : known.name();
  }
}
