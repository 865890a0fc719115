package io.ottla.testkit.internal.admin;

import io.ottla.protocol.message.CreateTopicsRequest;
import io.ottla.protocol.message.CreateTopicsRequest.CreatableTopic;
import io.ottla.protocol.message.CreateTopicsResponse;
import io.ottla.protocol.message.CreateTopicsResponse.CreatableTopicConfigs;
import io.ottla.protocol.message.CreateTopicsResponse.CreatableTopicResult;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.admin.TopicCreation.Plan;
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
    if (request.timeoutMs() <= 0) {
      CreateTopicsResponse late = new CreateTopicsResponse();
      for (CreatableTopic topic : request.topics()) {
        late.topics().add(refused(topic.name(), RefusedException.timedOut()));
      }
      exchange.answer(late);
      return;
    }
    List<CreatableTopic> asked = new ArrayList<>(request.topics());
    Set<String> twice = Repeated.among(asked.stream().map(CreatableTopic::name).toList());
    asked.removeIf(topic -> twice.contains(topic.name()));
    CreateTopicsResponse response = new CreateTopicsResponse();
    // All are checked before the first one is created: two new names may be alike.
    List<Plan> plans = new ArrayList<>();
    for (CreatableTopic topic : asked) {
      try {
        plans.add(creation.plan(topic));
      } catch (RefusedException refused) {
        response.topics().add(refused(topic.name(), refused));
      }
    }
    if (TopicCreation.isTooMuch(plans)) {
      response.topics().clear();
      asked.forEach(topic -> response.topics().add(refused(topic.name(), tooMuch())));
    } else {
      plans.forEach(plan -> response.topics().add(create(plan, request.validateOnly())));
    }
    for (String name : twice) {
      response.topics().add(refused(name, Repeated.topic(name)));
    }
    exchange.answer(response);
  }

  private CreatableTopicResult create(Plan plan, boolean onlyCheck) {
    UUID id = onlyCheck ? UUID.randomUUID() : creation.create(plan).id();
    return new CreatableTopicResult()
        .name(plan.name())
        .topicId(id)
        .errorMessage(null)
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

  private static RefusedException tooMuch() {
    return new RefusedException(
        ErrorCode.POLICY_VIOLATION, "so many partitions are too many for one request");
  }
}
