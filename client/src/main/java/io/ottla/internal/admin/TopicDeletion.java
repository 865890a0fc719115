package io.ottla.internal.admin;

import io.ottla.admin.Completion;
import io.ottla.admin.Outcome;
import io.ottla.admin.Outcomes;
import io.ottla.error.OttlaException;
import io.ottla.internal.admin.Session.Deadline;
import io.ottla.protocol.message.DeleteTopicsRequest;
import io.ottla.protocol.message.DeleteTopicsRequest.DeleteTopicState;
import io.ottla.protocol.message.DeleteTopicsResponse;
import io.ottla.protocol.message.DeleteTopicsResponse.DeletableTopicResult;
import io.ottla.protocol.message.ErrorCode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Deletes topics. Thread: any. */
final class TopicDeletion {
  private final Session session;

  TopicDeletion(Session session) {
    this.session = session;
  }

  CompletableFuture<Outcomes<String, Void>> named(Collection<String> names, Completion completion) {
    TopicCreation.requireDistinct(names);
    if (completion == Completion.CHECK_ONLY) {
      throw new IllegalArgumentException("a deletion cannot only be checked: brokers have no way");
    }
    if (names.isEmpty()) {
      return CompletableFuture.completedFuture(new Outcomes<>(Map.of()));
    }
    Deadline deadline = session.begin();
    CompletableFuture<Outcomes<String, Void>> deleted =
        Fitting.ask(forms(names, deadline), form -> ask(form, deadline))
            .thenApply(
                parts -> outcomes(names, parts, result -> Optional.ofNullable(result.name())));
    return Fitting.needs("topics not deleted", "0.10.1", deleted)
        .thenCompose(
            outcomes ->
                completion == Completion.VISIBLE
                    ? gone(outcomes, deadline)
                    : CompletableFuture.completedFuture(outcomes));
  }

  CompletableFuture<Outcomes<UUID, Void>> withIds(Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return CompletableFuture.completedFuture(new Outcomes<>(Map.of()));
    }
    Deadline deadline = session.begin();
    List<DeleteTopicState> topics =
        ids.stream().map(id -> new DeleteTopicState().topicId(id).name(null)).toList();
    return Fitting.needs(
        "topics not deleted by id",
        "2.8",
        ask(new DeleteTopicsRequest().topics(topics).timeoutMs(deadline.leftMs()), deadline)
            .thenApply(
                parts -> outcomes(ids, parts, result -> TopicQuestions.id(result.topicId()))));
  }

  /** A request that fits no broker's version fails as a whole, so that the next form is tried. */
  private CompletableFuture<Parts<DeleteTopicsResponse>> ask(
      DeleteTopicsRequest request, Deadline deadline) {
    return session
        .askParts(request, deadline)
        .thenApply(
            parts -> {
              OttlaException failure = parts.failureOfAll();
              if (failure != null) {
                throw failure;
              }
              return parts;
            });
  }

  private static List<DeleteTopicsRequest> forms(Collection<String> names, Deadline deadline) {
    List<DeleteTopicState> states =
        names.stream().map(name -> new DeleteTopicState().name(name)).toList();
    return List.of(
        new DeleteTopicsRequest().topics(states).timeoutMs(deadline.leftMs()),
        new DeleteTopicsRequest().topicNames(List.copyOf(names)).timeoutMs(deadline.leftMs()));
  }

  private static <K> Outcomes<K, Void> outcomes(
      Collection<K> items,
      Parts<DeleteTopicsResponse> parts,
      Function<DeletableTopicResult, Optional<K>> item) {
    Map<K, Outcome<Void>> all = new LinkedHashMap<>();
    items.forEach(
        key -> all.put(key, Outcome.failed(Refusals.silence("topic " + key + " not deleted"))));
    parts.eachOrThrow(
        (broker, answer) ->
            answer
                .responses()
                .forEach(
                    result ->
                        item.apply(result)
                            .ifPresent(key -> all.replace(key, outcome(key, broker, result)))));
    return new Outcomes<>(all);
  }

  private static <K> Outcome<Void> outcome(K item, int broker, DeletableTopicResult result) {
    ErrorCode code = ErrorCode.of(result.errorCode());
    return code == ErrorCode.NONE
        ? Outcome.of(null)
        : Outcome.failed(
            Refusals.of("topic " + item + " not deleted", broker, code, result.errorMessage()));
  }

  private CompletableFuture<Outcomes<String, Void>> gone(
      Outcomes<String, Void> outcomes, Deadline deadline) {
    List<String> deleted =
        outcomes.items().stream().filter(name -> outcomes.of(name).isDone()).toList();
    return new Visibility(
            session,
            deadline,
            deleted,
            (name, shown) -> shown.value() == null,
            "topics " + deleted + " are to be deleted, but are still there")
        .await()
        .thenApply(gone -> outcomes);
  }
}
