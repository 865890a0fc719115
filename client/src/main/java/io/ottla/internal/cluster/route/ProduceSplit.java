package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceRequest.PartitionProduceData;
import io.ottla.protocol.message.ProduceRequest.TopicProduceData;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.protocol.message.ProduceResponse.PartitionProduceResponse;
import io.ottla.protocol.message.ProduceResponse.TopicProduceResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Batches, each to the leader of its partition. With acks=0 nothing is answered: what has left
 * counts as done, and the merged response is empty, as a broker's would be.
 */
final class ProduceSplit
    extends PartitionSplit<
        ProduceRequest,
        ProduceResponse,
        TopicProduceData,
        PartitionProduceData,
        TopicProduceResponse,
        PartitionProduceResponse> {
  private static final int LAST_WITH_NAMES = 12;

  @Override
  List<TopicProduceData> topics(ProduceRequest request) {
    return request.topicData();
  }

  @Override
  String name(TopicProduceData topic) {
    return topic.name();
  }

  @Override
  UUID id(TopicProduceData topic) {
    return topic.topicId();
  }

  @Override
  List<PartitionProduceData> partitions(TopicProduceData topic) {
    return topic.partitionData();
  }

  @Override
  int index(PartitionProduceData partition) {
    return partition.index();
  }

  @Override
  ProduceRequest shell(ProduceRequest whole) {
    return new ProduceRequest()
        .transactionalId(whole.transactionalId())
        .acks(whole.acks())
        .timeoutMs(whole.timeoutMs());
  }

  @Override
  void addTopic(ProduceRequest part, String name, UUID id, List<PartitionProduceData> partitions) {
    part.topicData().add(new TopicProduceData().name(name).topicId(id).partitionData(partitions));
  }

  @Override
  public int highestVersion(ProduceRequest part) {
    return highestVersion(part, LAST_WITH_NAMES);
  }

  @Override
  List<TopicProduceResponse> answered(ProduceResponse response) {
    return response.responses();
  }

  @Override
  String answeredName(TopicProduceResponse topic) {
    return topic.name();
  }

  @Override
  UUID answeredId(TopicProduceResponse topic) {
    return topic.topicId();
  }

  @Override
  List<PartitionProduceResponse> answeredPartitions(TopicProduceResponse topic) {
    return topic.partitionResponses();
  }

  @Override
  int answeredIndex(PartitionProduceResponse partition) {
    return partition.index();
  }

  @Override
  public List<@Nullable PartitionProduceResponse> answers(
      ProduceRequest part,
      List<PartitionPiece<TopicProduceData, PartitionProduceData>> pieces,
      ProduceResponse response) {
    if (part.acks() != 0) {
      return super.answers(part, pieces, response);
    }
    List<@Nullable PartitionProduceResponse> gone = new ArrayList<>(pieces.size());
    pieces.forEach(piece -> gone.add(answer(piece).errorCode(ErrorCode.NONE.code())));
    return gone;
  }

  @Override
  public ErrorCode error(PartitionProduceResponse answer) {
    return ErrorCode.of(answer.errorCode());
  }

  @Override
  public PartitionProduceResponse refusal(
      PartitionPiece<TopicProduceData, PartitionProduceData> piece, ErrorCode error, String why) {
    return answer(piece).errorCode(error.code()).errorMessage(why);
  }

  private static PartitionProduceResponse answer(
      PartitionPiece<TopicProduceData, PartitionProduceData> piece) {
    return new PartitionProduceResponse()
        .index(piece.target().partition())
        .baseOffset(-1)
        .logAppendTimeMs(-1)
        .logStartOffset(-1);
  }

  @Override
  ProduceResponse emptyAnswer(ProduceRequest whole, List<ProduceResponse> responses) {
    ProduceResponse merged = new ProduceResponse();
    for (ProduceResponse response : responses) {
      merged.throttleTimeMs(Math.max(merged.throttleTimeMs(), response.throttleTimeMs()));
      merged.nodeEndpoints().addAll(response.nodeEndpoints());
    }
    return merged;
  }

  @Override
  public ProduceResponse merge(
      ProduceRequest whole,
      List<PartitionPiece<TopicProduceData, PartitionProduceData>> pieces,
      List<PartitionProduceResponse> answers,
      List<ProduceResponse> responses) {
    return whole.acks() == 0
        ? new ProduceResponse()
        : super.merge(whole, pieces, answers, responses);
  }

  @Override
  void addAnswer(
      ProduceResponse merged, String name, UUID id, List<PartitionProduceResponse> partitions) {
    merged
        .responses()
        .add(new TopicProduceResponse().name(name).topicId(id).partitionResponses(partitions));
  }
}
