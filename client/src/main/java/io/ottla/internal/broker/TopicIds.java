package io.ottla.internal.broker;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ids of topics, asked once and kept until a broker denies one.
 *
 * <p>Only what exists is kept: a topic that is unknown is asked for again. Asking creates no topic.
 * Thread: any.
 */
final class TopicIds {
  private final Requests requests;
  private final Map<String, UUID> known = new ConcurrentHashMap<>();

  TopicIds(Requests requests) {
    this.requests = requests;
  }

  /** An answer for each of the names. */
  CompletableFuture<Map<String, TopicId>> of(Collection<String> names, Duration timeout) {
    Map<String, TopicId> found = new HashMap<>();
    List<String> missing = new ArrayList<>();
    for (String name : names) {
      UUID id = known.get(name);
      if (id == null) {
        missing.add(name);
      } else {
        found.put(name, new TopicId(id, ErrorCode.NONE));
      }
    }
    if (missing.isEmpty()) {
      return CompletableFuture.completedFuture(found);
    }
    return requests
        .send(question(missing), timeout)
        .thenApply(
            response -> {
              found.putAll(answers(missing, response));
              return found;
            });
  }

  /** The broker does not know this id (any more): the topic may have been made anew. */
  void forget(String name) {
    known.remove(name);
  }

  private static MetadataRequest question(List<String> names) {
    List<MetadataRequest.MetadataRequestTopic> topics = new ArrayList<>();
    for (String name : names) {
      topics.add(new MetadataRequest.MetadataRequestTopic().name(name));
    }
    return new MetadataRequest().topics(topics).allowAutoTopicCreation(false);
  }

  private Map<String, TopicId> answers(List<String> names, MetadataResponse response) {
    Map<String, TopicId> answers = new HashMap<>();
    for (String name : names) {
      answers.put(name, new TopicId(TopicId.ZERO, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
    }
    for (MetadataResponse.MetadataResponseTopic topic : response.topics()) {
      String name = topic.name();
      if (name != null) {
        TopicId answer = new TopicId(topic.topicId(), ErrorCode.of(topic.errorCode()));
        answers.put(name, answer);
        if (answer.isKnown() && !answer.isNameless()) {
          known.put(name, answer.id());
        }
      }
    }
    return answers;
  }
}
