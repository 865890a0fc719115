package io.ottla.testkit.internal.admin;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.IncrementalAlterConfigsRequest;
import io.ottla.protocol.message.IncrementalAlterConfigsRequest.AlterConfigsResource;
import io.ottla.protocol.message.IncrementalAlterConfigsRequest.AlterableConfig;
import io.ottla.protocol.message.IncrementalAlterConfigsResponse;
import io.ottla.protocol.message.IncrementalAlterConfigsResponse.AlterConfigsResourceResponse;
import io.ottla.testkit.internal.topic.Topics;
import io.ottla.testkit.internal.wire.Exchange;
import io.ottla.testkit.internal.wire.Handler;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Changes single values of topics' configurations, and elements of values that are lists. */
final class IncrementalAlterConfigsHandler
    implements Handler<IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse> {
  private static final byte SET = 0;
  private static final byte DELETE = 1;
  private static final byte APPEND = 2;
  private static final byte SUBTRACT = 3;

  private final ConfigChange change;

  IncrementalAlterConfigsHandler(Topics topics, TopicConfigs configs) {
    change = new ConfigChange(topics, configs);
  }

  private record Resource(byte type, String name) {
    static Resource of(AlterConfigsResource resource) {
      return new Resource(resource.resourceType(), resource.resourceName());
    }
  }

  @Override
  public void handle(
      Exchange<IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse> exchange) {
    IncrementalAlterConfigsRequest request = exchange.request();
    Set<Resource> twice = Repeated.among(request.resources().stream().map(Resource::of).toList());
    for (AlterConfigsResource resource : request.resources()) {
      byte type = resource.resourceType();
      if (type == ResourceType.BROKER || ResourceType.isOnlyReal(type)) {
        exchange.refuse("alter configs of resource type " + type);
        return;
      }
    }
    IncrementalAlterConfigsResponse response = new IncrementalAlterConfigsResponse();
    for (AlterConfigsResource resource : request.resources()) {
      RefusedException refused =
          twice.contains(Resource.of(resource))
              ? ConfigChange.repeatedResource()
              : RefusedException.of(() -> alter(resource, request.validateOnly()));
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
        values.stream()
            .filter(value -> value.value() == null && value.configOperation() != DELETE)
            .map(AlterableConfig::name)
            .toList());
    if (resource.resourceType() != ResourceType.TOPIC) {
      throw ConfigChange.unknownType(resource.resourceType());
    }
    change.apply(resource.resourceName(), before -> changed(before, values), onlyCheck);
  }

  private static Map<String, String> changed(
      Map<String, String> before, List<AlterableConfig> changes) {
    Map<String, String> after = new TreeMap<>(before);
    for (AlterableConfig entry : changes) {
      String value = Objects.requireNonNullElse(entry.value(), "");
      switch (entry.configOperation()) {
        case SET -> after.put(entry.name(), value);
        case DELETE -> after.remove(entry.name());
        case APPEND -> after.put(entry.name(), ConfigChange.append(list(entry, before), value));
        case SUBTRACT -> after.put(entry.name(), ConfigChange.subtract(list(entry, before), value));
        // Kafka 4.3 falls over such a number.
        default -> throw new RefusedException(ErrorCode.UNKNOWN_SERVER_ERROR, null);
      }
    }
    return after;
  }

  private static String list(AlterableConfig entry, Map<String, String> before) {
    ConfigKey key = TopicConfigKeys.all().get(entry.name());
    if (key == null || key.type() != ConfigType.LIST) {
      throw new RefusedException(
          ErrorCode.INVALID_CONFIG, entry.name() + " is no list, which could be changed in part");
    }
    String set = before.get(entry.name());
    return set == null ? Objects.requireNonNullElse(key.defaultValue(), "") : set;
  }
}
