package io.ottla.internal.admin;

import io.ottla.admin.Completion;
import io.ottla.admin.NewPartitions;
import io.ottla.admin.Outcome;
import io.ottla.admin.Outcomes;
import io.ottla.internal.admin.Session.Deadline;
import io.ottla.protocol.message.CreatePartitionsRequest;
import io.ottla.protocol.message.CreatePartitionsRequest.CreatePartitionsAssignment;
import io.ottla.protocol.message.CreatePartitionsRequest.CreatePartitionsTopic;
import io.ottla.protocol.message.CreatePartitionsResponse;
import io.ottla.protocol.message.CreatePartitionsResponse.CreatePartitionsTopicResult;
import io.ottla.protocol.message.ErrorCode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Adds partitions to topics. Thread: any. */
final class PartitionAddition {
  private final Session session;

  PartitionAddition(Session session) {
    this.session = session;
  }

  CompletableFuture<Outcomes<String, Void>> add(
      Collection<NewPartitions> topics, Completion completion) {
    List<String> names = topics.stream().map(NewPartitions::topic).toList();
    TopicCreation.requireDistinct(names);
    if (names.isEmpty()) {
      return CompletableFuture.completedFuture(new Outcomes<>(Map.of()));
    }
    Deadline deadline = session.begin();
    CreatePartitionsRequest request =
        new CreatePartitionsRequest()
            .topics(topics.stream().map(PartitionAddition::growth).toList())
            .timeoutMs(deadline.leftMs())
            .validateOnly(completion == Completion.CHECK_ONLY);
    CompletableFuture<Outcomes<String, Void>> added =
        session.askParts(request, deadline).thenApply(parts -> outcomes(names, parts));
    return Fitting.needs("partitions not added", "1.0", added)
        .thenCompose(
            outcomes ->
                completion == Completion.VISIBLE
                    ? visible(topics, outcomes, deadline)
                    : CompletableFuture.completedFuture(outcomes));
  }

  private static CreatePartitionsTopic growth(NewPartitions topic) {
    @Nullable List<CreatePartitionsAssignment> assignments =
        topic.assignments().isEmpty()
            ? null
            : topic.assignments().stream()
                .map(brokers -> new CreatePartitionsAssignment().brokerIds(brokers))
                .toList();
    return new CreatePartitionsTopic()
        .name(topic.topic())
        .count(topic.total())
        .assignments(assignments);
  }

  private static Outcomes<String, Void> outcomes(
      List<String> names, Parts<CreatePartitionsResponse> parts) {
    Map<String, Outcome<Void>> all = new LinkedHashMap<>();
    names.forEach(name -> all.put(name, Outcome.failed(Refusals.silence(what(name)))));
    parts.eachOrThrow(
        (broker, answer) ->
            answer.results().forEach(topic -> all.replace(topic.name(), outcome(broker, topic))));
    return new Outcomes<>(all);
  }

  private static Outcome<Void> outcome(int broker, CreatePartitionsTopicResult topic) {
    ErrorCode code = ErrorCode.of(topic.errorCode());
    return code == ErrorCode.NONE
        ? Outcome.of(null)
        : Outcome.failed(Refusals.of(what(topic.name()), broker, code, topic.errorMessage()));
  }

  private static String what(String topic) {
    return "partitions of topic " + topic + " not added";
  }

  private CompletableFuture<Outcomes<String, Void>> visible(
      Collection<NewPartitions> topics, Outcomes<String, Void> outcomes, Deadline deadline) {
    Map<String, Integer> wanted = new LinkedHashMap<>();
    for (NewPartitions topic : topics) {
      if (outcomes.of(topic.topic()).isDone()) {
        wanted.put(topic.topic(), topic.total());
      }
    }
    return new Visibility(
            session,
            deadline,
            wanted.keySet(),
            (name, shown) -> TopicCreation.isWhole(shown, wanted.getOrDefault(name, 0)),
            "topics " + wanted.keySet() + " got partitions, but these do not all have leaders")
        .await()
        .thenApply(visible -> outcomes);
  }
}
