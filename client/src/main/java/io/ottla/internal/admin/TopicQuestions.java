package io.ottla.internal.admin;

import io.ottla.admin.Outcome;
import io.ottla.admin.TopicDescription;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataRequest.MetadataRequestTopic;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.MetadataResponse.MetadataResponsePartition;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseTopic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Questions about topics, as brokers of each age take them, and their answers.
 *
 * <p>Always: no topic is created by being asked for. Brokers before 0.11 create one that is named,
 * so they are asked for all topics.
 */
final class TopicQuestions {
  /** What brokers that know no ids send in their place. */
  static final UUID NO_ID = new UUID(0, 0);

  private static final String OFFSETS_TOPIC = "__consumer_offsets";

  private TopicQuestions() {}

  /** About all topics, in all forms, newest first. */
  static List<MetadataRequest> ofAll() {
    return List.of(
        new MetadataRequest().topics(null).allowAutoTopicCreation(false),
        new MetadataRequest().topics(null),
        new MetadataRequest().topics(new ArrayList<>())); // version 0 has no null
  }

  /** About these topics, and perhaps others, in all forms, newest first. */
  static List<MetadataRequest> of(Collection<String> names) {
    List<MetadataRequest> forms = new ArrayList<>(ofAll());
    forms.set(
        0,
        new MetadataRequest()
            .topics(names.stream().map(name -> new MetadataRequestTopic().name(name)).toList())
            .allowAutoTopicCreation(false));
    return forms;
  }

  /** About the topics with these ids. */
  static MetadataRequest ofIds(Collection<UUID> ids) {
    return new MetadataRequest()
        .topics(ids.stream().map(id -> new MetadataRequestTopic().topicId(id).name(null)).toList())
        .allowAutoTopicCreation(false);
  }

  /** What was answered about a topic, by name. */
  static Outcome<TopicDescription> named(String name, MetadataResponse answer) {
    return answer.topics().stream()
        .filter(topic -> name.equals(topic.name()))
        .findFirst()
        .map(topic -> outcome("topic " + name, topic))
        .orElseGet(() -> unknown("topic " + name, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
  }

  /** What was answered about a topic, by id. */
  static Outcome<TopicDescription> withId(UUID id, MetadataResponse answer) {
    return answer.topics().stream()
        .filter(topic -> id.equals(topic.topicId()))
        .findFirst()
        .map(topic -> outcome("topic with id " + id, topic))
        .orElseGet(() -> unknown("topic with id " + id, ErrorCode.UNKNOWN_TOPIC_ID));
  }

  /** What was answered about all topics, by name; those that cannot be told of are left out. */
  static List<TopicDescription> all(MetadataResponse answer) {
    return answer.topics().stream()
        .filter(topic -> topic.errorCode() == ErrorCode.NONE.code())
        .map(TopicQuestions::description)
        .sorted(Comparator.comparing(TopicDescription::name))
        .toList();
  }

  private static Outcome<TopicDescription> unknown(String what, ErrorCode code) {
    return Outcome.failed(Refusals.of(what + " not found", -1, code, "there is none"));
  }

  private static Outcome<TopicDescription> outcome(String what, MetadataResponseTopic topic) {
    ErrorCode code = ErrorCode.of(topic.errorCode());
    return switch (code) {
      case NONE -> Outcome.of(description(topic));
      case UNKNOWN_TOPIC_OR_PARTITION, UNKNOWN_TOPIC_ID -> unknown(what, code);
      default -> Outcome.failed(Refusals.of(what + " not described", -1, code, null));
    };
  }

  private static TopicDescription description(MetadataResponseTopic topic) {
    String name = String.valueOf(topic.name());
    return new TopicDescription(
        name,
        id(topic.topicId()),
        topic.isInternal() || name.equals(OFFSETS_TOPIC), // version 0 does not say
        topic.partitions().stream()
            .sorted(Comparator.comparingInt(MetadataResponsePartition::partitionIndex))
            .map(TopicQuestions::partition)
            .toList());
  }

  static Optional<UUID> id(UUID onWire) {
    return onWire.equals(NO_ID) ? Optional.empty() : Optional.of(onWire);
  }

  private static TopicDescription.Partition partition(MetadataResponsePartition partition) {
    int leader = partition.leaderId();
    return new TopicDescription.Partition(
        partition.partitionIndex(),
        leader < 0 ? OptionalInt.empty() : OptionalInt.of(leader),
        partition.leaderEpoch(),
        partition.replicaNodes(),
        partition.isrNodes(),
        partition.offlineReplicas());
  }
}
