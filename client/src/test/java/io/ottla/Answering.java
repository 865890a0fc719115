package io.ottla;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.script.Asked;
import io.ottla.script.Peer;
import io.ottla.script.Script;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Scripts of peers that behave. */
final class Answering {
  private Answering() {}

  /** Tells all versions, and answers every request by a function. */
  static Script with(Function<Asked, ResponseMessage> answers) {
    return peer -> {
      peer.tellVersions();
      while (true) {
        Asked asked = peer.read();
        peer.answer(asked, answers.apply(asked));
      }
    };
  }

  /** Tells these versions, and answers every request by a function. */
  static Script with(Map<ApiKey, Integer> versions, Function<Asked, ResponseMessage> answers) {
    return peer -> {
      peer.tellVersions(versions);
      while (true) {
        Asked asked = peer.read();
        peer.answer(asked, answers.apply(asked));
      }
    };
  }

  /** Knows every topic that it is asked for. */
  static Script metadata() {
    return with(Answering::metadataOf);
  }

  static MetadataResponse metadataOf(Asked asked) {
    MetadataResponse response = new MetadataResponse();
    var topics = ((MetadataRequest) asked.body()).topics();
    if (topics != null) {
      for (MetadataRequest.MetadataRequestTopic topic : topics) {
        String name = String.valueOf(topic.name());
        boolean isKnown = !name.startsWith("unknown");
        response
            .topics()
            .add(
                new MetadataResponse.MetadataResponseTopic()
                    .name(name)
                    .topicId(isKnown ? idOf(name) : new UUID(0, 0))
                    .errorCode(
                        isKnown
                            ? ErrorCode.NONE.code()
                            : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code()));
      }
    }
    return response;
  }

  static UUID idOf(String topic) {
    return new UUID(1, topic.hashCode());
  }

  /** Writes everything at offset 100; partition 9 finds it too large. */
  static ProduceResponse written(Asked request) {
    ProduceResponse response = new ProduceResponse();
    for (var topic : Peer.body(request, ProduceRequest.class).topicData()) {
      var answer =
          new ProduceResponse.TopicProduceResponse().name(topic.name()).topicId(topic.topicId());
      for (var partition : topic.partitionData()) {
        answer
            .partitionResponses()
            .add(
                new ProduceResponse.PartitionProduceResponse()
                    .index(partition.index())
                    .baseOffset(100)
                    .logStartOffset(3)
                    .errorCode(
                        partition.index() == 9
                            ? ErrorCode.MESSAGE_TOO_LARGE.code()
                            : ErrorCode.NONE.code()));
      }
      response.responses().add(answer);
    }
    return response;
  }
}
