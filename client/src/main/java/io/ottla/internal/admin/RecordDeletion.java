package io.ottla.internal.admin;

import io.ottla.admin.Outcome;
import io.ottla.admin.Outcomes;
import io.ottla.admin.TopicPartition;
import io.ottla.error.OttlaException;
import io.ottla.internal.admin.Session.Deadline;
import io.ottla.protocol.message.DeleteRecordsRequest;
import io.ottla.protocol.message.DeleteRecordsRequest.DeleteRecordsPartition;
import io.ottla.protocol.message.DeleteRecordsRequest.DeleteRecordsTopic;
import io.ottla.protocol.message.DeleteRecordsResponse;
import io.ottla.protocol.message.DeleteRecordsResponse.DeleteRecordsPartitionResult;
import io.ottla.protocol.message.DeleteRecordsResponse.DeleteRecordsTopicResult;
import io.ottla.protocol.message.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Deletes the oldest records of partitions. Thread: any. */
final class RecordDeletion {
  private final Session session;
  private final Map<TopicPartition, Long> before;
  private final Deadline deadline;
  private final Map<TopicPartition, Outcome<Long>> outcomes = new LinkedHashMap<>();

  RecordDeletion(Session session, Map<TopicPartition, Long> before) {
    this.session = session;
    this.before = before;
    this.deadline = session.begin();
    before
        .keySet()
        .forEach(
            partition ->
                outcomes.put(partition, Outcome.failed(Refusals.silence(what(partition)))));
  }

  CompletableFuture<Outcomes<TopicPartition, Long>> run() {
    return new TopicDescriptions(session)
        .ofPartitions(before.keySet(), RecordDeletion::what, deadline)
        .thenCompose(this::ask)
        .thenApply(done -> new Outcomes<>(outcomes));
  }

  private CompletableFuture<Void> ask(TopicDescriptions.Found found) {
    Map<String, List<DeleteRecordsPartition>> byTopic = new TreeMap<>();
    before.forEach(
        (partition, offset) -> {
          OttlaException missing = found.missing(partition);
          if (missing != null) {
            outcomes.replace(partition, Outcome.failed(missing));
          } else {
            byTopic
                .computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
                .add(
                    new DeleteRecordsPartition()
                        .partitionIndex(partition.partition())
                        .offset(offset));
          }
        });
    if (byTopic.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    DeleteRecordsRequest request =
        new DeleteRecordsRequest()
            .timeoutMs(deadline.leftMs())
            .topics(
                byTopic.entrySet().stream()
                    .map(
                        topic ->
                            new DeleteRecordsTopic()
                                .name(topic.getKey())
                                .partitions(topic.getValue()))
                    .toList());
    return session
        .askParts(request, deadline)
        .thenAccept(
            parts ->
                parts.each(
                    this::answered,
                    (part, failure) -> failed((DeleteRecordsRequest) part, failure)));
  }

  private void answered(int broker, DeleteRecordsResponse answer) {
    for (DeleteRecordsTopicResult topic : answer.topics()) {
      for (DeleteRecordsPartitionResult result : topic.partitions()) {
        TopicPartition partition = new TopicPartition(topic.name(), result.partitionIndex());
        ErrorCode code = ErrorCode.of(result.errorCode());
        outcomes.replace(
            partition,
            code == ErrorCode.NONE
                ? Outcome.of(result.lowWatermark())
                : Outcome.failed(Refusals.of(what(partition), broker, code, null)));
      }
    }
  }

  private void failed(DeleteRecordsRequest part, OttlaException failure) {
    OttlaException told = Fitting.needs("records not deleted", "0.11", failure);
    for (DeleteRecordsTopic topic : part.topics()) {
      for (DeleteRecordsPartition partition : topic.partitions()) {
        outcomes.replace(
            new TopicPartition(topic.name(), partition.partitionIndex()), Outcome.failed(told));
      }
    }
  }

  private static String what(TopicPartition partition) {
    return "records of " + partition + " not deleted";
  }
}
