package io.ottla.testkit.internal.admin;

import io.ottla.protocol.message.CreatePartitionsRequest;
import io.ottla.protocol.message.CreatePartitionsRequest.CreatePartitionsAssignment;
import io.ottla.protocol.message.CreatePartitionsRequest.CreatePartitionsTopic;
import io.ottla.protocol.message.CreatePartitionsResponse;
import io.ottla.protocol.message.CreatePartitionsResponse.CreatePartitionsTopicResult;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.topic.BrokerDirectory;
import io.ottla.testkit.internal.topic.Topic;
import io.ottla.testkit.internal.topic.Topics;
import io.ottla.testkit.internal.wire.Exchange;
import io.ottla.testkit.internal.wire.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives topics more partitions. */
final class CreatePartitionsHandler
    implements Handler<CreatePartitionsRequest, CreatePartitionsResponse> {
  /** Beyond these, Kafka 4.3 adds some and answers that it failed. */
  private static final int MAX_PARTITIONS = 9_999;

  private final Topics topics;
  private final Replicas replicas;

  CreatePartitionsHandler(Topics topics, BrokerDirectory brokers) {
    this.topics = topics;
    this.replicas = new Replicas(brokers);
  }

  @Override
  public void handle(Exchange<CreatePartitionsRequest, CreatePartitionsResponse> exchange) {
    CreatePartitionsRequest request = exchange.request();
    if (request.timeoutMs() <= 0) {
      CreatePartitionsResponse late = new CreatePartitionsResponse();
      for (CreatePartitionsTopic topic : request.topics()) {
        late.results().add(result(topic.name(), RefusedException.timedOut()));
      }
      exchange.answer(late);
      return;
    }
    List<CreatePartitionsTopic> asked = new ArrayList<>(request.topics());
    if (asked.stream().anyMatch(topic -> topic.count() > MAX_PARTITIONS)) {
      exchange.refuse("give a topic more than %d partitions".formatted(MAX_PARTITIONS));
      return;
    }
    Set<String> twice = Repeated.among(asked.stream().map(CreatePartitionsTopic::name).toList());
    asked.removeIf(topic -> twice.contains(topic.name()));
    CreatePartitionsResponse response = new CreatePartitionsResponse();
    twice.forEach(name -> response.results().add(result(name, Repeated.topic(name))));
    for (CreatePartitionsTopic topic : asked) {
      RefusedException refused = RefusedException.of(() -> grow(topic, request.validateOnly()));
      response.results().add(result(topic.name(), refused));
    }
    exchange.answer(response);
  }

  private void grow(CreatePartitionsTopic asked, boolean onlyCheck) {
    Topic topic = topics.find(asked.name());
    if (topic == null) {
      throw new RefusedException(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, null);
    }
    int before = topic.partitions().size();
    if (asked.count() <= before) {
      throw new RefusedException(
          ErrorCode.INVALID_PARTITIONS,
          "topic '%s' has %d partitions already; %d is not more"
              .formatted(topic.name(), before, asked.count()));
    }
    int factor = topic.partitions().get(0).replicas().size();
    List<List<Integer>> added = added(asked, asked.count() - before, factor, before);
    if (!onlyCheck) {
      topics.grow(topic, added);
      replicas.leaveOutStopped(topic, before);
    }
  }

  private List<List<Integer>> added(
      CreatePartitionsTopic asked, int count, int factor, int before) {
    List<CreatePartitionsAssignment> assignments = asked.assignments();
    if (assignments == null) {
      return replicas.spread(count, factor, before);
    }
    if (assignments.size() != count) {
      throw new RefusedException(
          ErrorCode.INVALID_REPLICA_ASSIGNMENT,
          "%d partitions more, and replicas for %d of them".formatted(count, assignments.size()));
    }
    assignments.forEach(assignment -> replicas.check(assignment.brokerIds(), factor));
    return assignments.stream().map(assignment -> List.copyOf(assignment.brokerIds())).toList();
  }

  private static CreatePartitionsTopicResult result(
      String name, @Nullable RefusedException refused) {
    return new CreatePartitionsTopicResult()
        .name(name)
        .errorCode(RefusedException.code(refused))
        .errorMessage(RefusedException.message(refused));
  }
}
