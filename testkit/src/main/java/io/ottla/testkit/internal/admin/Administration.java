package io.ottla.testkit.internal.admin;

import io.ottla.protocol.message.AlterConfigsRequest;
import io.ottla.protocol.message.AlterConfigsResponse;
import io.ottla.protocol.message.CreatePartitionsRequest;
import io.ottla.protocol.message.CreatePartitionsResponse;
import io.ottla.protocol.message.CreateTopicsRequest;
import io.ottla.protocol.message.CreateTopicsResponse;
import io.ottla.protocol.message.DeleteTopicsRequest;
import io.ottla.protocol.message.DeleteTopicsResponse;
import io.ottla.protocol.message.DescribeClusterRequest;
import io.ottla.protocol.message.DescribeClusterResponse;
import io.ottla.protocol.message.DescribeConfigsRequest;
import io.ottla.protocol.message.DescribeConfigsResponse;
import io.ottla.protocol.message.DescribeTopicPartitionsRequest;
import io.ottla.protocol.message.DescribeTopicPartitionsResponse;
import io.ottla.protocol.message.ElectLeadersRequest;
import io.ottla.protocol.message.ElectLeadersResponse;
import io.ottla.protocol.message.IncrementalAlterConfigsRequest;
import io.ottla.protocol.message.IncrementalAlterConfigsResponse;
import io.ottla.testkit.internal.topic.BrokerDirectory;
import io.ottla.testkit.internal.topic.Topics;
import io.ottla.testkit.internal.wire.Handler;
import java.util.Map;

/**
 * The handlers of administrators' requests, over the topics and brokers of one cluster. What
 * Kafka's brokers could do and these cannot, they refuse loudly.
 *
 * <p>Thread: the cluster's loop.
 */
public final class Administration {
  private final Topics topics;
  private final BrokerDirectory brokers;
  private final TopicCreation creation;
  private final TopicConfigs configs;
  private final BrokerConfigs brokerConfigs;

  /**
   * @param serverConfig what is configured for all brokers, by Kafka's names
   */
  public Administration(Topics topics, BrokerDirectory brokers, Map<String, String> serverConfig) {
    this.topics = topics;
    this.brokers = brokers;
    brokerConfigs = new BrokerConfigs(serverConfig, brokers);
    configs = new TopicConfigs(brokerConfigs);
    creation = new TopicCreation(topics, brokers, configs, serverConfig);
  }

  /** Creates topics. */
  public Handler<CreateTopicsRequest, CreateTopicsResponse> createTopics() {
    return new CreateTopicsHandler(creation);
  }

  /** Deletes topics, by name or id. */
  public Handler<DeleteTopicsRequest, DeleteTopicsResponse> deleteTopics() {
    return new DeleteTopicsHandler(topics);
  }

  /** Adds partitions to topics. */
  public Handler<CreatePartitionsRequest, CreatePartitionsResponse> createPartitions() {
    return new CreatePartitionsHandler(topics, brokers);
  }

  /** Describes topics in pieces (KIP-966). */
  public Handler<DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse>
      describeTopicPartitions() {
    return new DescribeTopicPartitionsHandler(topics, brokers);
  }

  /** Describes the configurations of topics and brokers. */
  public Handler<DescribeConfigsRequest, DescribeConfigsResponse> describeConfigs() {
    return new DescribeConfigsHandler(topics, configs, brokerConfigs);
  }

  /** Replaces configurations whole, as was done before KIP-339. */
  public Handler<AlterConfigsRequest, AlterConfigsResponse> alterConfigs() {
    return new AlterConfigsHandler(topics, configs);
  }

  /** Changes single values of configurations. */
  public Handler<IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse>
      incrementalAlterConfigs() {
    return new IncrementalAlterConfigsHandler(topics, configs);
  }

  /** Tells the brokers. */
  public Handler<DescribeClusterRequest, DescribeClusterResponse> describeCluster() {
    return new DescribeClusterHandler(brokers);
  }

  /** Elects preferred leaders, or any. */
  public Handler<ElectLeadersRequest, ElectLeadersResponse> electLeaders() {
    return new ElectLeadersHandler(topics, brokers);
  }
}
