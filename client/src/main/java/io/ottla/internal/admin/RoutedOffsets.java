package io.ottla.internal.admin;

import io.ottla.BrokerVersions;
import io.ottla.admin.OffsetAdmin;
import io.ottla.admin.OffsetSpec;
import io.ottla.admin.OffsetSpec.Kind;
import io.ottla.admin.Outcome;
import io.ottla.admin.Outcomes;
import io.ottla.admin.PartitionOffset;
import io.ottla.admin.TopicPartition;
import io.ottla.error.OttlaException;
import io.ottla.error.UnsupportedVersionException;
import io.ottla.internal.admin.Session.Deadline;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ListOffsetsRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Offsets over a cluster that routes. Thread: any. */
final class RoutedOffsets implements OffsetAdmin {
  private final Session session;

  RoutedOffsets(Session session) {
    this.session = session;
  }

  @Override
  public CompletableFuture<Outcomes<TopicPartition, PartitionOffset>> find(
      Collection<TopicPartition> partitions, OffsetSpec wanted) {
    Map<TopicPartition, OffsetSpec> each = new LinkedHashMap<>();
    partitions.forEach(partition -> each.put(partition, wanted));
    return find(each);
  }

  @Override
  public CompletableFuture<PartitionOffset> find(TopicPartition partition, OffsetSpec wanted) {
    return Items.single(partition, find(Map.of(partition, wanted)));
  }

  @Override
  public CompletableFuture<Outcomes<TopicPartition, PartitionOffset>> find(
      Map<TopicPartition, OffsetSpec> wanted) {
    return Session.run(() -> new Search(wanted, session.begin()).run());
  }

  @Override
  public CompletableFuture<Outcomes<TopicPartition, Long>> deleteRecords(
      Map<TopicPartition, Long> before) {
    return Session.run(() -> new RecordDeletion(session, before).run());
  }

  /** One call: looks at the topics first, so that what is not there is told at once. */
  private final class Search {
    private final Map<TopicPartition, OffsetSpec> wanted;
    private final Deadline deadline;
    private final Map<TopicPartition, Outcome<PartitionOffset>> outcomes = new LinkedHashMap<>();

    Search(Map<TopicPartition, OffsetSpec> wanted, Deadline deadline) {
      this.wanted = wanted;
      this.deadline = deadline;
      wanted
          .keySet()
          .forEach(
              partition ->
                  outcomes.put(
                      partition,
                      Outcome.failed(Refusals.silence(OffsetQuestions.what(partition)))));
    }

    CompletableFuture<Outcomes<TopicPartition, PartitionOffset>> run() {
      return new TopicDescriptions(session)
          .ofPartitions(wanted.keySet(), OffsetQuestions::what, deadline)
          .thenCompose(this::checkVersions)
          .thenCompose(askable -> ask(askable, false).thenCompose(done -> ask(askable, true)))
          .thenApply(done -> new Outcomes<>(outcomes));
    }

    /** Leaves out what is not there, and what the leaders are too old for. */
    private CompletableFuture<Map<TopicPartition, OffsetSpec>> checkVersions(
        TopicDescriptions.Found found) {
      Map<TopicPartition, OffsetSpec> askable = new LinkedHashMap<>();
      List<CompletableFuture<?>> checks = new ArrayList<>();
      wanted.forEach(
          (partition, spec) -> {
            OttlaException missing = found.missing(partition);
            if (missing != null) {
              outcomes.replace(partition, Outcome.failed(missing));
            } else {
              askable.put(partition, spec);
              if (OffsetQuestions.firstVersion(spec.kind()) > 0) {
                checks.add(tooOld(partition, spec.kind()));
              }
            }
          });
      return CompletableFuture.allOf(checks.toArray(CompletableFuture[]::new))
          .thenApply(
              all -> {
                checks.forEach(check -> refuse(check.join(), askable));
                return askable;
              });
    }

    private void refuse(@Nullable Object check, Map<TopicPartition, OffsetSpec> askable) {
      if (check instanceof Refused refused) {
        askable.remove(refused.partition);
        outcomes.replace(refused.partition, Outcome.failed(refused.why));
      }
    }

    /** What the leader is too old for; null if it is not. Any other failure shows when asked. */
    private CompletableFuture<@Nullable Refused> tooOld(TopicPartition partition, Kind kind) {
      return session
          .cluster()
          .leader(partition.topic(), partition.partition())
          .thenCompose(leader -> leader.broker().versions())
          .handle(
              (versions, failure) ->
                  failure == null && highest(versions) < OffsetQuestions.firstVersion(kind)
                      ? new Refused(partition, tooOld(partition, kind, highest(versions)))
                      : null);
    }

    private OttlaException tooOld(TopicPartition partition, Kind kind, int highest) {
      return new UnsupportedVersionException(
          OffsetQuestions.what(partition)
              + ": "
              + kind
              + " needs Kafka "
              + OffsetQuestions.since(kind)
              + " or newer (the leader takes ListOffsets up to version "
              + highest
              + "); ask for the earliest or latest");
    }

    private static int highest(BrokerVersions versions) {
      BrokerVersions.Range range = versions.of(ApiKey.LIST_OFFSETS);
      return range == null ? -1 : range.highest();
    }

    private CompletableFuture<Void> ask(
        Map<TopicPartition, OffsetSpec> askable, boolean isCommitted) {
      Map<TopicPartition, OffsetSpec> some = new LinkedHashMap<>(askable);
      some.values().removeIf(spec -> (spec.kind() == Kind.LAST_STABLE) != isCommitted);
      if (some.isEmpty()) {
        return CompletableFuture.completedFuture(null);
      }
      return session
          .askParts(OffsetQuestions.request(some, isCommitted, deadline.leftMs()), deadline)
          .thenAccept(
              parts ->
                  parts.each(
                      (broker, answer) -> OffsetQuestions.each(broker, answer, outcomes::replace),
                      (part, failure) ->
                          OffsetQuestions.partitions((ListOffsetsRequest) part)
                              .forEach(
                                  partition ->
                                      outcomes.replace(partition, Outcome.failed(failure)))));
    }
  }

  private record Refused(TopicPartition partition, OttlaException why) {}
}
