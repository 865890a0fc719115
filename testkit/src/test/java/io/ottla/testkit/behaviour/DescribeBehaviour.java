package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.DescribeClusterRequest;
import io.ottla.protocol.message.DescribeClusterResponse;
import io.ottla.protocol.message.DescribeTopicPartitionsRequest;
import io.ottla.protocol.message.DescribeTopicPartitionsRequest.Cursor;
import io.ottla.protocol.message.DescribeTopicPartitionsRequest.TopicRequest;
import io.ottla.protocol.message.DescribeTopicPartitionsResponse;
import io.ottla.protocol.message.DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponsePartition;
import io.ottla.protocol.message.DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponseTopic;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What administrators ask: the cluster, and topics page by page. */
abstract class DescribeBehaviour extends Behaviour {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void each_version_tells_the_cluster(int version) {
    int broker = cluster().brokerIds().get(0);

    DescribeClusterResponse told = broker().ask(new DescribeClusterRequest(), version);

    assertThat(error(told.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(told.clusterId())
        .isEqualTo(broker().ask(new MetadataRequest().topics(List.of())).clusterId());
    assertThat(told.controllerId()).isEqualTo(broker);
    assertThat(only(told.brokers()).brokerId()).isEqualTo(broker);
    assertThat(only(told.brokers()).port()).isEqualTo(cluster().address(broker).getPort());
    assertThat(only(told.brokers()).isFenced()).isFalse();
    assertThat(told.clusterAuthorizedOperations()).isEqualTo(Integer.MIN_VALUE);
  }

  @Test
  void brokers_do_not_tell_of_controllers() {
    DescribeClusterResponse told =
        broker().ask(new DescribeClusterRequest().endpointType((byte) 2));

    assertThat(error(told.errorCode())).isEqualTo(ErrorCode.MISMATCHED_ENDPOINT_TYPE);
  }

  @Test
  void topics_are_told_page_by_page() {
    Topic topic = newTopic(3);

    DescribeTopicPartitionsResponse first = page(topic.name(), 2, null);
    DescribeTopicPartitionsResponse second =
        page(topic.name(), 2, new Cursor().topicName(topic.name()).partitionIndex(2));

    assertThat(indexes(first)).containsExactly(0, 1);
    assertThat(present(first.nextCursor()).topicName()).isEqualTo(topic.name());
    assertThat(present(first.nextCursor()).partitionIndex()).isEqualTo(2);
    assertThat(indexes(second)).containsExactly(2);
    assertThat(second.nextCursor()).isNull();
    assertThat(only(first.topics()).topicId()).isEqualTo(topic.id());
  }

  @Test
  void a_partition_is_told_as_metadata_does() {
    int broker = cluster().brokerIds().get(0);
    Topic topic = newTopic(1);

    DescribeTopicPartitionsResponsePartition told =
        only(only(page(topic.name(), 100, null).topics()).partitions());

    assertThat(told.leaderId()).isEqualTo(broker);
    assertThat(told.leaderEpoch()).isZero();
    assertThat(told.replicaNodes()).containsExactly(broker);
    assertThat(told.isrNodes()).containsExactly(broker);
    assertThat(told.offlineReplicas()).isEmpty();
  }

  @Test
  void a_topic_that_is_not_there_is_told() {
    DescribeTopicPartitionsResponseTopic told =
        only(page(uniqueName("nowhere"), 100, null).topics());

    assertThat(error(told.errorCode())).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(told.partitions()).isEmpty();
  }

  private DescribeTopicPartitionsResponse page(String topic, int limit, @Nullable Cursor cursor) {
    return broker()
        .ask(
            new DescribeTopicPartitionsRequest()
                .topics(List.of(new TopicRequest().name(topic)))
                .responsePartitionLimit(limit)
                .cursor(cursor));
  }

  private static List<Integer> indexes(DescribeTopicPartitionsResponse answer) {
    return only(answer.topics()).partitions().stream()
        .map(DescribeTopicPartitionsResponsePartition::partitionIndex)
        .toList();
  }
}
