package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchRequest.FetchPartition;
import io.ottla.protocol.message.FetchRequest.FetchTopic;
import io.ottla.protocol.message.FetchResponse;
import io.ottla.protocol.message.FetchResponse.FetchableTopicResponse;
import io.ottla.protocol.message.FetchResponse.PartitionData;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Positions to read from, each from the leader of its partition, without a session. */
final class FetchSplit
    extends PartitionSplit<
        FetchRequest,
        FetchResponse,
        FetchTopic,
        FetchPartition,
        FetchableTopicResponse,
        PartitionData> {
  private static final int LAST_WITH_NAMES = 12;
  private static final int NO_SESSION = 0;
  private static final int NO_SESSION_EPOCH = -1;

  @Override
  List<FetchTopic> topics(FetchRequest request) {
    return request.topics();
  }

  @Override
  String name(FetchTopic topic) {
    return topic.topic();
  }

  @Override
  UUID id(FetchTopic topic) {
    return topic.topicId();
  }

  @Override
  List<FetchPartition> partitions(FetchTopic topic) {
    return topic.partitions();
  }

  @Override
  int index(FetchPartition partition) {
    return partition.partition();
  }

  @Override
  FetchRequest shell(FetchRequest whole) {
    return new FetchRequest()
        .clusterId(whole.clusterId())
        .replicaId(whole.replicaId())
        .replicaState(whole.replicaState())
        .maxWaitMs(whole.maxWaitMs())
        .minBytes(whole.minBytes())
        .maxBytes(whole.maxBytes())
        .isolationLevel(whole.isolationLevel())
        .sessionId(NO_SESSION)
        .sessionEpoch(NO_SESSION_EPOCH)
        .rackId(whole.rackId());
  }

  @Override
  void addTopic(FetchRequest part, String name, UUID id, List<FetchPartition> partitions) {
    part.topics().add(new FetchTopic().topic(name).topicId(id).partitions(partitions));
  }

  @Override
  public int highestVersion(FetchRequest part) {
    return highestVersion(part, LAST_WITH_NAMES);
  }

  @Override
  List<FetchableTopicResponse> answered(FetchResponse response) {
    return response.responses();
  }

  @Override
  String answeredName(FetchableTopicResponse topic) {
    return topic.topic();
  }

  @Override
  UUID answeredId(FetchableTopicResponse topic) {
    return topic.topicId();
  }

  @Override
  List<PartitionData> answeredPartitions(FetchableTopicResponse topic) {
    return topic.partitions();
  }

  @Override
  int answeredIndex(PartitionData partition) {
    return partition.partitionIndex();
  }

  @Override
  public List<@Nullable PartitionData> answers(
      FetchRequest part,
      List<PartitionPiece<FetchTopic, FetchPartition>> pieces,
      FetchResponse response) {
    ErrorCode ofAll = ErrorCode.of(response.errorCode());
    if (ofAll == ErrorCode.NONE) {
      return super.answers(part, pieces, response);
    }
    List<@Nullable PartitionData> refused = new ArrayList<>(pieces.size());
    pieces.forEach(piece -> refused.add(refusal(piece, ofAll, "")));
    return refused;
  }

  @Override
  public ErrorCode error(PartitionData answer) {
    return ErrorCode.of(answer.errorCode());
  }

  @Override
  public PartitionData refusal(
      PartitionPiece<FetchTopic, FetchPartition> piece, ErrorCode error, String why) {
    return new PartitionData()
        .partitionIndex(piece.target().partition())
        .errorCode(error.code())
        .highWatermark(-1)
        .lastStableOffset(-1)
        .logStartOffset(-1);
  }

  @Override
  FetchResponse emptyAnswer(FetchRequest whole, List<FetchResponse> responses) {
    FetchResponse merged = new FetchResponse();
    for (FetchResponse response : responses) {
      merged.throttleTimeMs(Math.max(merged.throttleTimeMs(), response.throttleTimeMs()));
      merged.nodeEndpoints().addAll(response.nodeEndpoints());
    }
    return merged;
  }

  @Override
  void addAnswer(FetchResponse merged, String name, UUID id, List<PartitionData> partitions) {
    merged
        .responses()
        .add(new FetchableTopicResponse().topic(name).topicId(id).partitions(partitions));
  }
}
