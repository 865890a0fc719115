package io.ottla.testkit.internal.fetch;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchResponse;
import io.ottla.protocol.message.FetchResponse.FetchableTopicResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts answers together: neighbours of the same topic share its entry. */
final class FetchAnswer {
  private FetchAnswer() {}

  static FetchResponse of(ErrorCode error, int sessionId, List<AnsweredPartition> answered) {
    List<FetchableTopicResponse> topics = new ArrayList<>();
    @Nullable PartitionKey last = null;
    FetchableTopicResponse open = new FetchableTopicResponse();
    for (AnsweredPartition one : answered) {
      PartitionKey key = one.key();
      if (last == null || !isSameTopic(last, key)) {
        open = new FetchableTopicResponse().topic(key.topic()).topicId(key.topicId());
        topics.add(open);
      }
      open.partitions().add(one.data());
      last = key;
    }
    return new FetchResponse().errorCode(error.code()).sessionId(sessionId).responses(topics);
  }

  private static boolean isSameTopic(PartitionKey one, PartitionKey other) {
    return one.topicId().equals(other.topicId()) && one.topic().equals(other.topic());
  }
}
