package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.AlterReplicaLogDirsRequest;
import io.ottla.protocol.message.AlterReplicaLogDirsRequest.AlterReplicaLogDir;
import io.ottla.protocol.message.AlterReplicaLogDirsRequest.AlterReplicaLogDirTopic;
import io.ottla.protocol.message.AlterReplicaLogDirsResponse;
import io.ottla.protocol.message.AlterReplicaLogDirsResponse.AlterReplicaLogDirPartitionResult;
import io.ottla.protocol.message.AlterReplicaLogDirsResponse.AlterReplicaLogDirTopicResult;
import io.ottla.protocol.message.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Replicas to move to other directories: every broker moves those that it has. A replica counts as
 * moved if any broker moved it; if none did, the error is that of a broker that has it.
 */
final class AlterReplicaLogDirsSplit
    extends AllBrokersSplit<AlterReplicaLogDirsRequest, AlterReplicaLogDirsResponse> {
  private record Key(String topic, int partition) {}

  @Override
  ErrorCode errorOf(AlterReplicaLogDirsResponse response) {
    return ErrorCode.NONE;
  }

  @Override
  public AlterReplicaLogDirsResponse merge(
      AlterReplicaLogDirsRequest whole,
      List<Integer> brokers,
      List<BrokerAnswer<AlterReplicaLogDirsResponse>> answers,
      List<AlterReplicaLogDirsResponse> responses) {
    Map<Key, ErrorCode> best = new LinkedHashMap<>();
    ErrorCode unasked = firstError(answers);
    for (AlterReplicaLogDir dir : whole.dirs()) {
      for (AlterReplicaLogDirTopic topic : dir.topics()) {
        for (int partition : topic.partitions()) {
          ErrorCode nobody = unasked == ErrorCode.NONE ? ErrorCode.REPLICA_NOT_AVAILABLE : unasked;
          best.put(new Key(topic.name(), partition), nobody);
        }
      }
    }
    AlterReplicaLogDirsResponse merged = new AlterReplicaLogDirsResponse();
    for (AlterReplicaLogDirsResponse response : responses) {
      merged.throttleTimeMs(Math.max(merged.throttleTimeMs(), response.throttleTimeMs()));
      for (AlterReplicaLogDirTopicResult topic : response.results()) {
        for (AlterReplicaLogDirPartitionResult partition : topic.partitions()) {
          best.merge(
              new Key(topic.topicName(), partition.partitionIndex()),
              ErrorCode.of(partition.errorCode()),
              AlterReplicaLogDirsSplit::better);
        }
      }
    }
    Map<String, AlterReplicaLogDirTopicResult> topics = new LinkedHashMap<>();
    best.forEach(
        (key, error) ->
            topics
                .computeIfAbsent(
                    key.topic(), name -> new AlterReplicaLogDirTopicResult().topicName(name))
                .partitions()
                .add(
                    new AlterReplicaLogDirPartitionResult()
                        .partitionIndex(key.partition())
                        .errorCode(error.code())));
    merged.results().addAll(topics.values());
    return merged;
  }

  private static ErrorCode better(ErrorCode one, ErrorCode other) {
    if (one == ErrorCode.NONE || other == ErrorCode.NONE) {
      return ErrorCode.NONE;
    }
    boolean isOthersBusiness =
        other == ErrorCode.REPLICA_NOT_AVAILABLE || other == ErrorCode.NOT_LEADER_OR_FOLLOWER;
    return isOthersBusiness ? one : other;
  }
}
