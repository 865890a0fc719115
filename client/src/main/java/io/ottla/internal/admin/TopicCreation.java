package io.ottla.internal.admin;

import io.ottla.admin.Completion;
import io.ottla.admin.CreatedTopic;
import io.ottla.admin.NewTopic;
import io.ottla.admin.Outcome;
import io.ottla.admin.Outcomes;
import io.ottla.admin.TopicDescription;
import io.ottla.internal.admin.Session.Deadline;
import io.ottla.protocol.message.CreateTopicsRequest;
import io.ottla.protocol.message.CreateTopicsRequest.CreatableReplicaAssignment;
import io.ottla.protocol.message.CreateTopicsRequest.CreatableTopic;
import io.ottla.protocol.message.CreateTopicsRequest.CreatableTopicConfig;
import io.ottla.protocol.message.CreateTopicsResponse;
import io.ottla.protocol.message.CreateTopicsResponse.CreatableTopicResult;
import io.ottla.protocol.message.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Creates topics. Thread: any. */
final class TopicCreation {
  private final Session session;

  TopicCreation(Session session) {
    this.session = session;
  }

  CompletableFuture<Outcomes<String, CreatedTopic>> create(
      Collection<NewTopic> topics, Completion completion) {
    List<String> names = topics.stream().map(NewTopic::name).toList();
    requireDistinct(names);
    if (names.isEmpty()) {
      return CompletableFuture.completedFuture(new Outcomes<>(Map.of()));
    }
    Deadline deadline = session.begin();
    CompletableFuture<Outcomes<String, CreatedTopic>> created =
        session
            .askParts(request(topics, completion, deadline), deadline)
            .thenApply(parts -> outcomes(names, parts));
    return needs(completion, created)
        .thenCompose(
            outcomes ->
                completion == Completion.VISIBLE
                    ? visible(topics, outcomes, deadline)
                    : CompletableFuture.completedFuture(outcomes));
  }

  static void requireDistinct(Collection<String> names) {
    if (Set.copyOf(names).size() < names.size()) {
      throw new IllegalArgumentException("a topic is named twice among " + names);
    }
  }

  private static <T> CompletableFuture<T> needs(
      Completion completion, CompletableFuture<T> answer) {
    return completion == Completion.CHECK_ONLY
        ? Fitting.needs("topics not checked", "0.10.2", answer)
        : Fitting.needs("topics not created", "0.10.1", answer);
  }

  private static CreateTopicsRequest request(
      Collection<NewTopic> topics, Completion completion, Deadline deadline) {
    return new CreateTopicsRequest()
        .topics(topics.stream().map(TopicCreation::creatable).toList())
        .timeoutMs(deadline.leftMs())
        .validateOnly(completion == Completion.CHECK_ONLY);
  }

  private static CreatableTopic creatable(NewTopic topic) {
    List<CreatableReplicaAssignment> assignments = new ArrayList<>();
    for (List<Integer> brokers : topic.assignments()) {
      assignments.add(
          new CreatableReplicaAssignment().partitionIndex(assignments.size()).brokerIds(brokers));
    }
    List<CreatableTopicConfig> configs = new ArrayList<>();
    topic
        .configs()
        .forEach((key, value) -> configs.add(new CreatableTopicConfig().name(key).value(value)));
    boolean isAssigned = !assignments.isEmpty();
    return new CreatableTopic()
        .name(topic.name())
        .numPartitions(isAssigned ? NewTopic.BROKERS_DEFAULT : topic.partitions())
        .replicationFactor((short) (isAssigned ? NewTopic.BROKERS_DEFAULT : topic.replicas()))
        .assignments(assignments)
        .configs(configs);
  }

  private static Outcomes<String, CreatedTopic> outcomes(
      List<String> names, Parts<CreateTopicsResponse> parts) {
    Map<String, Outcome<CreatedTopic>> all = new LinkedHashMap<>();
    names.forEach(
        name -> all.put(name, Outcome.failed(Refusals.silence("topic " + name + " not created"))));
    parts.eachOrThrow(
        (broker, answer) ->
            answer.topics().forEach(topic -> all.replace(topic.name(), outcome(broker, topic))));
    return new Outcomes<>(all);
  }

  private static Outcome<CreatedTopic> outcome(int broker, CreatableTopicResult topic) {
    ErrorCode code = ErrorCode.of(topic.errorCode());
    if (code != ErrorCode.NONE) {
      return Outcome.failed(
          Refusals.of(
              "topic " + topic.name() + " not created", broker, code, topic.errorMessage()));
    }
    UUID id = topic.topicId();
    return Outcome.of(
        new CreatedTopic(
            topic.name(), TopicQuestions.id(id), topic.numPartitions(), topic.replicationFactor()));
  }

  private CompletableFuture<Outcomes<String, CreatedTopic>> visible(
      Collection<NewTopic> topics, Outcomes<String, CreatedTopic> outcomes, Deadline deadline) {
    Map<String, Integer> wanted = new LinkedHashMap<>();
    for (NewTopic topic : topics) {
      if (outcomes.of(topic.name()).isDone()) {
        wanted.put(topic.name(), Math.max(topic.partitions(), topic.assignments().size()));
      }
    }
    return new Visibility(
            session,
            deadline,
            wanted.keySet(),
            (name, shown) -> isWhole(shown, wanted.getOrDefault(name, 0)),
            "topics " + wanted.keySet() + " were created, but do not all have leaders")
        .await()
        .thenApply(visible -> outcomes);
  }

  static boolean isWhole(Outcome<TopicDescription> shown, int partitions) {
    TopicDescription topic = shown.value();
    return topic != null
        && !topic.partitions().isEmpty()
        && topic.partitions().size() >= partitions
        && topic.hasLeaders();
  }
}
