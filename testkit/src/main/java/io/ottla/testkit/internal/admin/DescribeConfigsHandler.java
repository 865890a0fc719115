package io.ottla.testkit.internal.admin;

import io.ottla.protocol.message.DescribeConfigsRequest;
import io.ottla.protocol.message.DescribeConfigsRequest.DescribeConfigsResource;
import io.ottla.protocol.message.DescribeConfigsResponse;
import io.ottla.protocol.message.DescribeConfigsResponse.DescribeConfigsResourceResult;
import io.ottla.protocol.message.DescribeConfigsResponse.DescribeConfigsResult;
import io.ottla.protocol.message.DescribeConfigsResponse.DescribeConfigsSynonym;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.topic.Topic;
import io.ottla.testkit.internal.topic.TopicNames;
import io.ottla.testkit.internal.topic.Topics;
import io.ottla.testkit.internal.wire.Exchange;
import io.ottla.testkit.internal.wire.Handler;
import java.util.List;

/** Tells what topics and brokers are configured to. */
final class DescribeConfigsHandler
    implements Handler<DescribeConfigsRequest, DescribeConfigsResponse> {
  private final Topics topics;
  private final TopicConfigs configs;
  private final BrokerConfigs brokers;

  DescribeConfigsHandler(Topics topics, TopicConfigs configs, BrokerConfigs brokers) {
    this.topics = topics;
    this.configs = configs;
    this.brokers = brokers;
  }

  @Override
  public void handle(Exchange<DescribeConfigsRequest, DescribeConfigsResponse> exchange) {
    List<DescribeConfigsResource> resources = exchange.request().resources();
    DescribeConfigsResponse response = new DescribeConfigsResponse();
    if (resources.stream().anyMatch(resource -> !ResourceType.isKnown(resource.resourceType()))) {
      RefusedException refused =
          new RefusedException(ErrorCode.INVALID_REQUEST, "a resource type that nobody knows");
      resources.forEach(resource -> response.results().add(refused(resource, refused)));
      exchange.answer(response);
      return;
    }
    for (DescribeConfigsResource resource : resources) {
      if (ResourceType.isOnlyReal(resource.resourceType())) {
        exchange.refuse("describe configs of resource type " + resource.resourceType());
        return;
      }
      response.results().add(describe(resource, exchange));
    }
    exchange.answer(response);
  }

  private DescribeConfigsResult describe(
      DescribeConfigsResource resource,
      Exchange<DescribeConfigsRequest, DescribeConfigsResponse> exchange) {
    List<ConfigEntry> entries;
    try {
      entries = entries(resource, exchange.brokerId());
    } catch (RefusedException refused) {
      return refused(resource, refused);
    }
    List<String> keys = resource.configurationKeys();
    return new DescribeConfigsResult()
        .resourceType(resource.resourceType())
        .resourceName(resource.resourceName())
        .configs(
            entries.stream()
                .filter(
                    entry -> keys == null || keys.isEmpty() || keys.contains(entry.key().name()))
                .map(entry -> describe(entry, exchange.request(), exchange.version()))
                .toList());
  }

  private static DescribeConfigsResult refused(
      DescribeConfigsResource resource, RefusedException why) {
    return new DescribeConfigsResult()
        .resourceType(resource.resourceType())
        .resourceName(resource.resourceName())
        .errorCode(why.error().code())
        .errorMessage(why.getMessage());
  }

  private List<ConfigEntry> entries(DescribeConfigsResource resource, int askedBroker) {
    return resource.resourceType() == ResourceType.TOPIC
        ? configs.entries(topic(resource.resourceName()).config().overrides())
        : broker(resource.resourceName(), askedBroker);
  }

  private Topic topic(String name) {
    if (!TopicNames.isLegal(name)) {
      throw new RefusedException(
          ErrorCode.INVALID_TOPIC_EXCEPTION, "no topic can have the name '" + name + "'");
    }
    Topic topic = topics.find(name);
    if (topic == null) {
      throw new RefusedException(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    }
    return topic;
  }

  private List<ConfigEntry> broker(String name, int askedBroker) {
    if (name.isEmpty()) {
      return brokers.ofCluster();
    }
    List<ConfigEntry> entries = null;
    if (name.equals(Integer.toString(askedBroker))) {
      entries = brokers.of(askedBroker);
    }
    if (entries == null) {
      throw new RefusedException(
          ErrorCode.INVALID_REQUEST,
          "broker %d knows its own configuration and not that of '%s'"
              .formatted(askedBroker, name));
    }
    return entries;
  }

  private static DescribeConfigsResourceResult describe(
      ConfigEntry entry, DescribeConfigsRequest request, int version) {
    DescribeConfigsResourceResult result =
        new DescribeConfigsResourceResult()
            .name(entry.key().name())
            .value(entry.value())
            .readOnly(entry.isReadOnly())
            .configSource(entry.source().id())
            .configType(entry.key().type().id());
    if (version == 0) {
      result.isDefault(entry.source() == ConfigSource.DEFAULT);
    }
    if (request.includeSynonyms()) {
      result.synonyms(entry.values().stream().map(DescribeConfigsHandler::synonym).toList());
    }
    return result.documentation(request.includeDocumentation() ? entry.key().purpose() : null);
  }

  private static DescribeConfigsSynonym synonym(ConfigValue value) {
    return new DescribeConfigsSynonym()
        .name(value.name())
        .value(value.value())
        .source(value.source().id());
  }
}
