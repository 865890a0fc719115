package io.ottla.testkit.internal.produce;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ProduceRequest.TopicProduceData;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.protocol.message.ProduceResponse.LeaderIdAndEpoch;
import io.ottla.protocol.message.ProduceResponse.NodeEndpoint;
import io.ottla.protocol.message.ProduceResponse.TopicProduceResponse;
import io.ottla.testkit.internal.topic.BrokerDirectory;
import io.ottla.testkit.internal.topic.BrokerDirectory.BrokerAddress;
import io.ottla.testkit.internal.topic.Partition;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts the answer to a request together, with hints who leads instead (KIP-951). */
final class ProduceAnswers {
  private static final int HINTS_SINCE = 10;
  private static final int TOPIC_IDS_SINCE = 13;

  private final BrokerDirectory brokers;

  ProduceAnswers(BrokerDirectory brokers) {
    this.brokers = brokers;
  }

  ProduceResponse of(List<PartitionWrite> writes, int version) {
    IdentityHashMap<TopicProduceData, TopicProduceResponse> topics = new IdentityHashMap<>();
    Map<Integer, NodeEndpoint> endpoints = new TreeMap<>();
    ProduceResponse response = new ProduceResponse().responses(new ArrayList<>());
    for (PartitionWrite write : writes) {
      TopicProduceResponse topic =
          topics.computeIfAbsent(write.asked(), asked -> addTopic(response, asked, version));
      topic.partitionResponses().add(write.answer());
      if (version >= HINTS_SINCE && write.error() == ErrorCode.NOT_LEADER_OR_FOLLOWER) {
        addHint(write, endpoints);
      }
    }
    return response.nodeEndpoints(new ArrayList<>(endpoints.values()));
  }

  private static TopicProduceResponse addTopic(
      ProduceResponse response, TopicProduceData asked, int version) {
    TopicProduceResponse topic = new TopicProduceResponse().partitionResponses(new ArrayList<>());
    if (version >= TOPIC_IDS_SINCE) {
      topic.topicId(asked.topicId());
    } else {
      topic.name(asked.name());
    }
    response.responses().add(topic);
    return topic;
  }

  private void addHint(PartitionWrite write, Map<Integer, NodeEndpoint> endpoints) {
    Partition partition = write.partition();
    if (partition == null) {
      return;
    }
    write
        .answer()
        .currentLeader(
            new LeaderIdAndEpoch()
                .leaderId(partition.leader())
                .leaderEpoch(partition.leaderEpoch()));
    BrokerAddress leader = brokers.find(partition.leader());
    if (leader != null) {
      endpoints.put(
          leader.id(),
          new NodeEndpoint()
              .nodeId(leader.id())
              .host(leader.host())
              .port(leader.port())
              .rack(leader.rack()));
    }
  }
}
