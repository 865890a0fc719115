package io.ottla.internal.admin;

import io.ottla.BrokerVersions;
import io.ottla.Route;
import io.ottla.admin.Outcome;
import io.ottla.admin.Outcomes;
import io.ottla.admin.TopicDescription;
import io.ottla.admin.TopicPartition;
import io.ottla.error.OttlaException;
import io.ottla.error.UnsupportedVersionException;
import io.ottla.internal.admin.Session.Deadline;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks at topics as they are now. Thread: any. */
final class TopicDescriptions {
  /** From this version on topics can be asked for by id, and not only be told with it. */
  private static final int ASKED_BY_ID = 12;

  private final Session session;

  TopicDescriptions(Session session) {
    this.session = session;
  }

  CompletableFuture<List<TopicDescription>> all(Deadline deadline) {
    return Fitting.ask(TopicQuestions.ofAll(), form -> session.ask(form, Route.any(), deadline))
        .thenApply(TopicQuestions::all);
  }

  CompletableFuture<Outcomes<String, TopicDescription>> named(
      Collection<String> names, Deadline deadline) {
    if (names.isEmpty()) {
      return CompletableFuture.completedFuture(new Outcomes<>(Map.of()));
    }
    return Fitting.ask(TopicQuestions.of(names), form -> session.ask(form, Route.any(), deadline))
        .thenApply(answer -> collect(names, name -> TopicQuestions.named(name, answer)));
  }

  CompletableFuture<Outcomes<UUID, TopicDescription>> withIds(
      Collection<UUID> ids, Deadline deadline) {
    if (ids.isEmpty()) {
      return CompletableFuture.completedFuture(new Outcomes<>(Map.of()));
    }
    return session
        .cluster()
        .brokers()
        .thenCompose(brokers -> brokers.get(0).versions())
        .thenCompose(
            versions -> {
              requireIds(versions);
              return session.ask(TopicQuestions.ofIds(ids), Route.any(), deadline);
            })
        .thenApply(answer -> collect(ids, id -> TopicQuestions.withId(id, answer)));
  }

  /**
   * The topics of some partitions, and for each partition that is not there why not.
   *
   * @param what what would have been done with a partition: {@code offset of orders-1 not found}
   */
  CompletableFuture<Found> ofPartitions(
      Collection<TopicPartition> partitions,
      Function<TopicPartition, String> what,
      Deadline deadline) {
    List<String> names = partitions.stream().map(TopicPartition::topic).distinct().toList();
    return named(names, deadline).thenApply(topics -> new Found(topics, what));
  }

  /** Topics that were looked at because something is asked of their partitions. */
  record Found(Outcomes<String, TopicDescription> topics, Function<TopicPartition, String> what) {
    /** Why a partition is not there; null if it is. */
    @Nullable OttlaException missing(TopicPartition partition) {
      Outcome<TopicDescription> topic = topics.of(partition.topic());
      TopicDescription description = topic.value();
      if (description == null) {
        return topic.failure();
      }
      int count = description.partitions().size();
      if (partition.partition() < count) {
        return null;
      }
      return Refusals.of(
          what.apply(partition),
          -1,
          ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
          "the topic has " + count + " partitions, numbered from 0");
    }

    /** The id of a topic, or zeros. */
    UUID id(String topic) {
      TopicDescription description = topics.of(topic).value();
      return description == null
          ? TopicQuestions.NO_ID
          : description.id().orElse(TopicQuestions.NO_ID);
    }
  }

  private static void requireIds(BrokerVersions versions) {
    BrokerVersions.Range metadata = versions.of(ApiKey.METADATA);
    if (metadata == null || metadata.highest() < ASKED_BY_ID) {
      throw new UnsupportedVersionException(
          "topics not described by id: this needs Kafka 3.1 or newer (the broker takes Metadata "
              + (metadata == null ? "not at all" : "up to version " + metadata.highest())
              + "); ask by name");
    }
  }

  private static <K> Outcomes<K, TopicDescription> collect(
      Collection<K> items, Function<K, Outcome<TopicDescription>> outcome) {
    Map<K, Outcome<TopicDescription>> all = new LinkedHashMap<>();
    items.forEach(item -> all.put(item, outcome.apply(item)));
    return new Outcomes<>(all);
  }
}
