package io.ottla.testkit.internal.admin;

import io.ottla.protocol.message.AlterConfigsRequest;
import io.ottla.protocol.message.CreatePartitionsRequest.CreatePartitionsAssignment;
import io.ottla.protocol.message.CreatePartitionsRequest.CreatePartitionsTopic;
import io.ottla.protocol.message.CreateTopicsRequest.CreatableReplicaAssignment;
import io.ottla.protocol.message.CreateTopicsRequest.CreatableTopic;
import io.ottla.protocol.message.CreateTopicsRequest.CreatableTopicConfig;
import io.ottla.protocol.message.DeleteTopicsRequest.DeleteTopicState;
import io.ottla.protocol.message.DescribeConfigsRequest.DescribeConfigsResource;
import io.ottla.protocol.message.DescribeTopicPartitionsRequest;
import io.ottla.protocol.message.DescribeTopicPartitionsRequest.TopicRequest;
import io.ottla.protocol.message.IncrementalAlterConfigsRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parts of requests, in few words. */
final class Requests {
  private Requests() {}

  static CreatableTopic topic(
      String name, int partitions, int factor, @Nullable String... configs) {
    List<CreatableTopicConfig> entries = new ArrayList<>();
    for (int i = 0; i < configs.length; i += 2) {
      String key = configs[i];
      if (key != null) {
        entries.add(new CreatableTopicConfig().name(key).value(configs[i + 1]));
      }
    }
    return new CreatableTopic()
        .name(name)
        .numPartitions(partitions)
        .replicationFactor((short) factor)
        .configs(entries);
  }

  @SafeVarargs
  static CreatableTopic assigned(String name, List<Integer>... replicas) {
    CreatableTopic topic = topic(name, -1, -1);
    for (List<Integer> brokers : replicas) {
      topic
          .assignments()
          .add(
              new CreatableReplicaAssignment()
                  .partitionIndex(topic.assignments().size())
                  .brokerIds(brokers));
    }
    return topic;
  }

  static DeleteTopicState named(String name) {
    return new DeleteTopicState().name(name);
  }

  static DeleteTopicState by(@Nullable UUID id) {
    return new DeleteTopicState().name(null).topicId(java.util.Objects.requireNonNull(id));
  }

  static CreatePartitionsTopic more(String name, int count) {
    return new CreatePartitionsTopic().name(name).count(count).assignments(null);
  }

  @SafeVarargs
  static CreatePartitionsTopic more(String name, int count, List<Integer>... replicas) {
    List<CreatePartitionsAssignment> assignments = new ArrayList<>();
    for (List<Integer> brokers : replicas) {
      assignments.add(new CreatePartitionsAssignment().brokerIds(brokers));
    }
    return more(name, count).assignments(assignments);
  }

  static DescribeConfigsResource resource(int type, String name, String... keys) {
    return new DescribeConfigsResource()
        .resourceType((byte) type)
        .resourceName(name)
        .configurationKeys(keys.length == 0 ? null : List.of(keys));
  }

  static IncrementalAlterConfigsRequest.AlterConfigsResource change(
      String topic, @Nullable Object... changes) {
    IncrementalAlterConfigsRequest.AlterConfigsResource resource =
        new IncrementalAlterConfigsRequest.AlterConfigsResource()
            .resourceType((byte) 2)
            .resourceName(topic);
    for (int i = 0; i < changes.length; i += 3) {
      resource
          .configs()
          .add(
              new IncrementalAlterConfigsRequest.AlterableConfig()
                  .name(String.valueOf(changes[i]))
                  .configOperation(Byte.parseByte(String.valueOf(changes[i + 1])))
                  .value((String) changes[i + 2]));
    }
    return resource;
  }

  static AlterConfigsRequest.AlterConfigsResource whole(String topic, @Nullable String... values) {
    AlterConfigsRequest.AlterConfigsResource resource =
        new AlterConfigsRequest.AlterConfigsResource().resourceType((byte) 2).resourceName(topic);
    for (int i = 0; i < values.length; i += 2) {
      resource
          .configs()
          .add(
              new AlterConfigsRequest.AlterableConfig()
                  .name(String.valueOf(values[i]))
                  .value(values[i + 1]));
    }
    return resource;
  }

  static DescribeTopicPartitionsRequest pieces(int limit, String... topics) {
    return new DescribeTopicPartitionsRequest()
        .responsePartitionLimit(limit)
        .topics(Stream.of(topics).map(name -> new TopicRequest().name(name)).toList());
  }
}
