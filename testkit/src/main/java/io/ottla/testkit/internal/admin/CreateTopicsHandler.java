package io.ottla.testkit.internal.admin;

import io.ottla.protocol.message.CreateTopicsRequest;
import io.ottla.protocol.message.CreateTopicsRequest.CreatableTopic;
import io.ottla.protocol.message.CreateTopicsResponse;
import io.ottla.protocol.message.CreateTopicsResponse.CreatableTopicConfigs;
import io.ottla.protocol.message.CreateTopicsResponse.CreatableTopicResult;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.wire.Exchange;
import io.ottla.testkit.internal.wire.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Creates topics, each by itself. */
final class CreateTopicsHandler implements Handler<CreateTopicsRequest, CreateTopicsResponse> {
  private final TopicCreation creation;

  CreateTopicsHandler(TopicCreation creation) {
    this.creation = creation;
  }

  @Override
  public void handle(Exchange<CreateTopicsRequest, CreateTopicsResponse> exchange) {
    CreateTopicsRequest request = exchange.request();
    List<CreatableTopic> asked = new ArrayList<>(request.topics());
    Set<String> twice = Repeated.among(asked.stream().map(CreatableTopic::name).toList());
    asked.removeIf(topic -> twice.contains(topic.name()));
    CreateTopicsResponse response = new CreateTopicsResponse();
    long partitions = asked.stream().mapToLong(creation::partitions).sum();
    for (CreatableTopic topic : asked) {
      response
          .topics()
          .add(
              TopicCreation.isTooMuch(partitions)
                  ? refused(topic.name(), tooMuch(partitions))
                  : create(topic, request.validateOnly()));
    }
    for (String name : twice) {
      response.topics().add(refused(name, Repeated.topic(name)));
    }
    exchange.answer(response);
  }

  private CreatableTopicResult create(CreatableTopic asked, boolean onlyCheck) {
    TopicCreation.Plan plan;
    try {
      plan = creation.plan(asked);
    } catch (RefusedException refused) {
      return refused(asked.name(), refused);
    }
    UUID id = onlyCheck ? UUID.randomUUID() : creation.create(plan).id();
    return new CreatableTopicResult()
        .name(plan.name())
        .topicId(id)
        .numPartitions(plan.replicas().size())
        .replicationFactor((short) plan.factor())
        .configs(creation.entries(plan).stream().map(CreateTopicsHandler::config).toList());
  }

  private static CreatableTopicConfigs config(ConfigEntry entry) {
    return new CreatableTopicConfigs()
        .name(entry.key().name())
        .value(entry.value())
        .configSource(entry.source().id());
  }

  private static CreatableTopicResult refused(String name, RefusedException why) {
    return new CreatableTopicResult()
        .name(name)
        .errorCode(why.error().code())
        .errorMessage(why.getMessage());
  }

  private static RefusedException tooMuch(long partitions) {
    return new RefusedException(
        ErrorCode.POLICY_VIOLATION, partitions + " partitions are too many for one request");
  }
}
