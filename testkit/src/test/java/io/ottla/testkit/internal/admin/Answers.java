package io.ottla.testkit.internal.admin;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.message.AlterConfigsResponse;
import io.ottla.protocol.message.CreatePartitionsResponse;
import io.ottla.protocol.message.CreateTopicsResponse;
import io.ottla.protocol.message.DeleteTopicsResponse;
import io.ottla.protocol.message.DescribeClusterResponse;
import io.ottla.protocol.message.DescribeConfigsResponse;
import io.ottla.protocol.message.DescribeConfigsResponse.DescribeConfigsResourceResult;
import io.ottla.protocol.message.DescribeTopicPartitionsResponse;
import io.ottla.protocol.message.ElectLeadersResponse;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.IncrementalAlterConfigsResponse;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of an answer is the same for fake and real brokers: not ids, words, and who has which
 * replica.
 */
final class Answers {
  private static final byte STATIC = 4;

  private Answers() {}

  static List<String> created(CreateTopicsResponse response) {
    return sorted(
        response.topics().stream()
            .map(
                topic ->
                    "%s %s %s %s %d %d %s"
                        .formatted(
                            topic.name(),
                            error(topic.errorCode(), topic.errorMessage()),
                            id(topic.topicId()),
                            topic.topicConfigErrorCode(),
                            topic.numPartitions(),
                            topic.replicationFactor(),
                            topic.configs())));
  }

  static List<String> deleted(DeleteTopicsResponse response) {
    return sorted(
        response.responses().stream()
            .map(
                topic ->
                    "%s %s %s"
                        .formatted(
                            topic.name(),
                            id(topic.topicId()),
                            error(topic.errorCode(), topic.errorMessage()))));
  }

  static List<String> grown(CreatePartitionsResponse response) {
    return sorted(
        response.results().stream()
            .map(topic -> topic.name() + " " + error(topic.errorCode(), topic.errorMessage())));
  }

  static List<String> described(DescribeConfigsResponse response) {
    return sorted(
        response.results().stream()
            .map(
                result ->
                    "%d %s %s %s"
                        .formatted(
                            result.resourceType(),
                            result.resourceName(),
                            error(result.errorCode(), result.errorMessage()),
                            configs(result))));
  }

  static Map<String, String> configs(DescribeConfigsResponse.DescribeConfigsResult result) {
    Map<String, String> configs = new TreeMap<>();
    for (DescribeConfigsResourceResult config : result.configs()) {
      // The real ones have it in their properties, with the value that is the default.
      config
          .synonyms()
          .removeIf(
              value -> value.name().equals("min.insync.replicas") && value.source() == STATIC);
      configs.put(config.name(), config.toString());
    }
    return configs;
  }

  static List<String> altered(IncrementalAlterConfigsResponse response) {
    return response.responses().stream()
        .map(
            result ->
                "%d %s %s"
                    .formatted(
                        result.resourceType(),
                        result.resourceName(),
                        error(result.errorCode(), result.errorMessage())))
        .toList();
  }

  static List<String> replaced(AlterConfigsResponse response) {
    return response.responses().stream()
        .map(
            result ->
                "%d %s %s"
                    .formatted(
                        result.resourceType(),
                        result.resourceName(),
                        error(result.errorCode(), result.errorMessage())))
        .toList();
  }

  static String cluster(DescribeClusterResponse response) {
    return "%s %d %s %d %s"
        .formatted(
            error(response.errorCode(), response.errorMessage()),
            response.endpointType(),
            response.clusterId().isEmpty(),
            response.clusterAuthorizedOperations(),
            response.brokers().stream()
                .map(broker -> broker.brokerId() + " " + broker.rack() + " " + broker.isFenced())
                .sorted()
                .toList());
  }

  static String inPieces(DescribeTopicPartitionsResponse response) {
    return response.topics().stream()
            .map(
                topic ->
                    "%s %d %s %s %d %s"
                        .formatted(
                            topic.name(),
                            topic.errorCode(),
                            id(topic.topicId()),
                            topic.isInternal(),
                            topic.topicAuthorizedOperations(),
                            topic.partitions().stream()
                                .map(
                                    partition ->
                                        "%d %d %d %d %d %s %s %s"
                                            .formatted(
                                                partition.partitionIndex(),
                                                partition.errorCode(),
                                                partition.leaderEpoch(),
                                                partition.replicaNodes().size(),
                                                partition.isrNodes().size(),
                                                partition.eligibleLeaderReplicas(),
                                                partition.lastKnownElr(),
                                                partition.offlineReplicas()))
                                .toList()))
            .toList()
        + " "
        + response.nextCursor();
  }

  static String elected(ElectLeadersResponse response) {
    return response.errorCode()
        + " "
        + response.replicaElectionResults().stream()
            .map(
                topic ->
                    topic.topic()
                        + topic.partitionResult().stream()
                            .map(
                                partition ->
                                    partition.partitionId()
                                        + " "
                                        + error(partition.errorCode(), partition.errorMessage()))
                            .toList())
            .toList();
  }

  static Map<String, UUID> ids(DescribeTopicPartitionsResponse response) {
    Map<String, UUID> ids = new TreeMap<>();
    response.topics().forEach(topic -> ids.put(String.valueOf(topic.name()), topic.topicId()));
    return ids;
  }

  static String error(short code, @Nullable String message) {
    return ErrorCode.of(code) + (message == null ? " in no words" : " in words");
  }

  static String id(UUID id) {
    return id.equals(WireReader.ZERO_UUID) ? "no id" : "id";
  }

  static List<String> sorted(Stream<String> lines) {
    Collection<String> list = lines.sorted().toList();
    return List.copyOf(list);
  }
}
