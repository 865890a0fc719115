package io.ottla.testkit.internal.admin;

import io.ottla.protocol.message.AlterConfigsRequest;
import io.ottla.protocol.message.AlterConfigsRequest.AlterConfigsResource;
import io.ottla.protocol.message.AlterConfigsRequest.AlterableConfig;
import io.ottla.protocol.message.AlterConfigsResponse;
import io.ottla.protocol.message.AlterConfigsResponse.AlterConfigsResourceResponse;
import io.ottla.testkit.internal.topic.Topics;
import io.ottla.testkit.internal.wire.Exchange;
import io.ottla.testkit.internal.wire.Handler;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Replaces all that is set for a topic. */
final class AlterConfigsHandler implements Handler<AlterConfigsRequest, AlterConfigsResponse> {
  private final ConfigChange change;

  AlterConfigsHandler(Topics topics, TopicConfigs configs) {
    change = new ConfigChange(topics, configs);
  }

  private record Resource(byte type, String name) {
    static Resource of(AlterConfigsResource resource) {
      return new Resource(resource.resourceType(), resource.resourceName());
    }
  }

  @Override
  public void handle(Exchange<AlterConfigsRequest, AlterConfigsResponse> exchange) {
    AlterConfigsRequest request = exchange.request();
    if (!Repeated.among(request.resources().stream().map(Resource::of).toList()).isEmpty()) {
      exchange.refuse("alter the same resource twice at once; Kafka 4.3.1 never answers that");
      return;
    }
    for (AlterConfigsResource resource : request.resources()) {
      byte type = resource.resourceType();
      if (type == ResourceType.BROKER || ResourceType.isOnlyReal(type)) {
        exchange.refuse("alter configs of resource type " + type);
        return;
      }
    }
    AlterConfigsResponse response = new AlterConfigsResponse();
    for (AlterConfigsResource resource : request.resources()) {
      RefusedException refused = RefusedException.of(() -> alter(resource, request.validateOnly()));
      response
          .responses()
          .add(
              new AlterConfigsResourceResponse()
                  .resourceType(resource.resourceType())
                  .resourceName(resource.resourceName())
                  .errorCode(RefusedException.code(refused))
                  .errorMessage(RefusedException.message(refused)));
    }
    exchange.answer(response);
  }

  private void alter(AlterConfigsResource resource, boolean onlyCheck) {
    List<AlterableConfig> values = resource.configs();
    ConfigChange.checkKeys(
        values.stream().map(AlterableConfig::name).toList(),
        values.stream().filter(value -> value.value() == null).map(AlterableConfig::name).toList());
    if (resource.resourceType() != ResourceType.TOPIC) {
      throw ConfigChange.unknownType(resource.resourceType());
    }
    Map<String, String> all = new TreeMap<>();
    for (AlterableConfig entry : values) {
      String value = entry.value();
      if (value != null) {
        all.put(entry.name(), value);
      }
    }
    change.apply(resource.resourceName(), before -> all, onlyCheck);
  }
}
