package io.ottla.internal.producer;

import io.ottla.error.OttlaException;
import io.ottla.internal.net.Reply;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.protocol.message.ProduceResponse.LeaderIdAndEpoch;
import io.ottla.protocol.message.ProduceResponse.NodeEndpoint;
import io.ottla.protocol.message.ProduceResponse.PartitionProduceResponse;
import io.ottla.protocol.message.ProduceResponse.TopicProduceResponse;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordBatches;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** A Produce request that has reached a broker, with its bytes as they were then. */
final class Exchange {
  /** A batch in it. */
  record Part(String topic, int partition, ByteBuffer bytes) {
    RecordBatch batch() {
      return RecordBatches.of(bytes).iterator().next();
    }

    /** {@code epoch:sequence+count}. */
    String numbers() {
      RecordBatch batch = batch();
      return batch.producerEpoch() + ":" + batch.baseSequence() + "+" + batch.count();
    }
  }

  final FakeLeader leader;
  final ProduceRequest request;
  final int version;
  final List<Part> parts = new ArrayList<>();
  private final FakeFloor floor;
  private final Runnable onBytesFree;
  private final Reply<ProduceResponse> reply;
  private boolean areBytesFree;
  private boolean isOver;
  private ProduceResponse response = new ProduceResponse();
  private boolean isCarriedOut;

  Exchange(
      FakeFloor floor,
      FakeLeader leader,
      ProduceRequest request,
      int version,
      Runnable onBytesFree,
      Reply<ProduceResponse> reply) {
    this.floor = floor;
    this.leader = leader;
    this.request = request;
    this.version = version;
    this.onBytesFree = onBytesFree;
    this.reply = reply;
    for (ProduceRequest.TopicProduceData topic : request.topicData()) {
      for (ProduceRequest.PartitionProduceData partition : topic.partitionData()) {
        ByteBuffer records = Objects.requireNonNull(partition.records()).duplicate();
        ByteBuffer copy = ByteBuffer.allocate(records.remaining()).put(records).flip();
        parts.add(new Part(name(topic), partition.index(), copy));
      }
    }
  }

  private String name(ProduceRequest.TopicProduceData topic) {
    if (version < 13) {
      return topic.name();
    }
    for (Map.Entry<String, FakeFloor.Topic> known : floor.topics.entrySet()) {
      if (known.getValue().id.equals(topic.topicId())) {
        return known.getKey();
      }
    }
    return "";
  }

  /** {@code topic-partition epoch:sequence+count}, one for each batch. */
  List<String> numbers() {
    return parts.stream()
        .map(part -> part.topic + "-" + part.partition + " " + part.numbers())
        .toList();
  }

  /** Writes what may be written. */
  void carryOut() {
    if (isCarriedOut) {
      return;
    }
    isCarriedOut = true;
    response = new ProduceResponse().responses(new ArrayList<>());
    for (int i = 0; i < request.topicData().size(); i++) {
      ProduceRequest.TopicProduceData topic = request.topicData().get(i);
      TopicProduceResponse answer =
          new TopicProduceResponse()
              .name(version < 13 ? topic.name() : "")
              .topicId(topic.topicId())
              .partitionResponses(new ArrayList<>());
      response.responses().add(answer);
    }
    for (Part part : parts) {
      answerOf(part.topic).partitionResponses().add(append(part));
    }
  }

  private TopicProduceResponse answerOf(String topic) {
    for (int i = 0; i < request.topicData().size(); i++) {
      if (name(request.topicData().get(i)).equals(topic)) {
        return response.responses().get(i);
      }
    }
    throw new AssertionError(topic);
  }

  private PartitionProduceResponse append(Part part) {
    FakeFloor.Topic topic = floor.topics.get(part.topic);
    PartitionProduceResponse answer =
        new PartitionProduceResponse().index(part.partition).baseOffset(-1).logStartOffset(-1);
    if (topic == null || part.partition >= topic.partitions.size()) {
      ErrorCode error =
          version < 13 ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : ErrorCode.UNKNOWN_TOPIC_ID;
      return answer.errorCode(error.code());
    }
    FakeFloor.Partition partition = topic.partitions.get(part.partition);
    if (partition.leader != leader.id) {
      return answer
          .errorCode(ErrorCode.NOT_LEADER_OR_FOLLOWER.code())
          .currentLeader(
              new LeaderIdAndEpoch().leaderId(hint(partition)).leaderEpoch(partition.epoch));
    }
    ModelLog.Appended appended = partition.log.append(part.batch());
    return answer.errorCode(appended.error().code()).baseOffset(appended.baseOffset());
  }

  private int hint(FakeFloor.Partition partition) {
    if (version < 10 || partition.leader < 0) {
      return -1;
    }
    response
        .nodeEndpoints()
        .add(
            new NodeEndpoint()
                .nodeId(partition.leader)
                .host("broker" + partition.leader)
                .port(9092));
    return partition.leader;
  }

  /** Carried out and answered. */
  void answer() {
    answer(any -> {});
  }

  /** Carried out; the answer is changed on its way. */
  void answer(Consumer<ProduceResponse> change) {
    carryOut();
    change.accept(response);
    respond();
  }

  /** Not carried out; all batches have this error. */
  void refuse(ErrorCode error) {
    refuse(error, any -> {});
  }

  void refuse(ErrorCode error, Consumer<PartitionProduceResponse> change) {
    isCarriedOut = true;
    response = new ProduceResponse().responses(new ArrayList<>());
    for (ProduceRequest.TopicProduceData topic : request.topicData()) {
      TopicProduceResponse answer =
          new TopicProduceResponse()
              .name(version < 13 ? topic.name() : "")
              .topicId(topic.topicId())
              .partitionResponses(new ArrayList<>());
      topic
          .partitionData()
          .forEach(
              data -> {
                PartitionProduceResponse one =
                    new PartitionProduceResponse()
                        .index(data.index())
                        .errorCode(error.code())
                        .baseOffset(-1);
                change.accept(one);
                answer.partitionResponses().add(one);
              });
      response.responses().add(answer);
    }
    respond();
  }

  /** Carried out, but the answer says something else of all batches. */
  void answerWith(ErrorCode error) {
    answer(
        response ->
            response
                .responses()
                .forEach(
                    topic ->
                        topic
                            .partitionResponses()
                            .forEach(
                                one -> {
                                  if (one.errorCode() == 0) {
                                    one.errorCode(error.code());
                                  }
                                })));
  }

  private void respond() {
    end();
    freeBytes();
    reply.onResponse(response);
    floor.loop.run();
  }

  void fail(OttlaException failure) {
    failHolding(failure);
    freeBytes();
    floor.loop.run();
  }

  /** It fails, and its bytes stay in the socket. */
  void failHolding(OttlaException failure) {
    end();
    reply.onFailure(failure);
    floor.loop.run();
  }

  void freeBytes() {
    if (!areBytesFree) {
      areBytesFree = true;
      onBytesFree.run();
      floor.loop.run();
    }
  }

  private void end() {
    if (isOver) {
      throw new AssertionError("answered twice");
    }
    isOver = true;
    leader.open.remove(this);
  }
}
