package io.ottla.testkit.internal.broker;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataRequest.MetadataRequestTopic;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseBroker;
import io.ottla.protocol.message.MetadataResponse.MetadataResponsePartition;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseTopic;
import io.ottla.testkit.internal.admin.AllowedOperations;
import io.ottla.testkit.internal.topic.BrokerDirectory;
import io.ottla.testkit.internal.topic.BrokerDirectory.BrokerAddress;
import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.internal.topic.Topic;
import io.ottla.testkit.internal.topic.TopicNames;
import io.ottla.testkit.internal.topic.Topics;
import io.ottla.testkit.internal.wire.Exchange;
import io.ottla.testkit.internal.wire.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells who is in the cluster and who leads what. */
final class MetadataHandler implements Handler<MetadataRequest, MetadataResponse> {
  private static final int FIRST_WHERE_EMPTY_IS_NONE = 1;
  private static final int FIRST_WITH_AUTO_CREATION_FLAG = 4;
  private static final int LAST_WITH_CLUSTER_OPERATIONS = 10;
  private static final int FIRST_BY_ID = 12;

  private final Topics topics;
  private final BrokerDirectory brokers;
  private final AutoCreation autoCreation;
  private final boolean hidesTopicIds;

  MetadataHandler(
      Topics topics, BrokerDirectory brokers, AutoCreation autoCreation, boolean hidesTopicIds) {
    this.hidesTopicIds = hidesTopicIds;
    this.topics = topics;
    this.brokers = brokers;
    this.autoCreation = autoCreation;
  }

  @Override
  public void handle(Exchange<MetadataRequest, MetadataResponse> exchange) {
    MetadataRequest request = exchange.request();
    int version = exchange.version();
    MetadataResponse response =
        new MetadataResponse()
            .clusterId(brokers.clusterId())
            .controllerId(brokers.controllerId())
            .topics(new Answer(version, request).topics());
    for (BrokerAddress broker : brokers.alive()) {
      response
          .brokers()
          .add(
              new MetadataResponseBroker()
                  .nodeId(broker.id())
                  .host(broker.host())
                  .port(broker.port())
                  .rack(broker.rack()));
    }
    if (version <= LAST_WITH_CLUSTER_OPERATIONS && request.includeClusterAuthorizedOperations()) {
      response.clusterAuthorizedOperations(AllowedOperations.ON_CLUSTER);
    }
    exchange.answer(response);
  }

  /** What one request asks for. */
  private final class Answer {
    private final int version;
    private final MetadataRequest request;

    Answer(int version, MetadataRequest request) {
      this.version = version;
      this.request = request;
    }

    List<MetadataResponseTopic> topics() {
      List<MetadataRequestTopic> asked = request.topics();
      List<MetadataResponseTopic> answers = new ArrayList<>();
      if (asked == null || (asked.isEmpty() && version < FIRST_WHERE_EMPTY_IS_NONE)) {
        topics.all().forEach(topic -> answers.add(describe(topic)));
      } else {
        asked.forEach(topic -> answers.add(answer(topic)));
      }
      return answers;
    }

    private MetadataResponseTopic answer(MetadataRequestTopic asked) {
      String name = asked.name();
      UUID id = asked.topicId();
      if (version >= FIRST_BY_ID && !id.equals(WireReader.ZERO_UUID)) {
        Topic found = topics.find(id);
        return found == null
            ? refuse(null, ErrorCode.UNKNOWN_TOPIC_ID).topicId(id)
            : describe(found);
      }
      if (name == null || !TopicNames.isLegal(name)) {
        return refuse(name, ErrorCode.INVALID_TOPIC_EXCEPTION);
      }
      Topic found = topics.find(name);
      if (found != null) {
        return describe(found);
      }
      if (mayCreate()) {
        autoCreation.create(name);
      }
      return refuse(name, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    }

    private boolean mayCreate() {
      return version < FIRST_WITH_AUTO_CREATION_FLAG || request.allowAutoTopicCreation();
    }

    private MetadataResponseTopic refuse(@Nullable String name, ErrorCode error) {
      return new MetadataResponseTopic().name(name).errorCode(error.code());
    }

    private MetadataResponseTopic describe(Topic topic) {
      MetadataResponseTopic answer =
          new MetadataResponseTopic()
              .name(topic.name())
              .topicId(hidesTopicIds ? WireReader.ZERO_UUID : topic.id())
              .isInternal(topic.isInternal());
      topic.partitions().forEach(partition -> answer.partitions().add(describe(partition)));
      return request.includeTopicAuthorizedOperations()
          ? answer.topicAuthorizedOperations(AllowedOperations.ON_TOPIC)
          : answer;
    }

    private MetadataResponsePartition describe(Partition partition) {
      boolean hasLeader = brokers.isAlive(partition.leader());
      return new MetadataResponsePartition()
          .partitionIndex(partition.index())
          .errorCode((hasLeader ? ErrorCode.NONE : ErrorCode.LEADER_NOT_AVAILABLE).code())
          .leaderId(hasLeader ? partition.leader() : Partition.NO_LEADER)
          .leaderEpoch(partition.leaderEpoch())
          .replicaNodes(partition.replicas())
          .isrNodes(partition.inSync())
          .offlineReplicas(
              partition.replicas().stream().filter(replica -> !brokers.isAlive(replica)).toList());
    }
  }
}
