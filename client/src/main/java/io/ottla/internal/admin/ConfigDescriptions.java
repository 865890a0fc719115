package io.ottla.internal.admin;

import io.ottla.Route;
import io.ottla.admin.ConfigEntry;
import io.ottla.admin.ConfigEntry.Source;
import io.ottla.admin.ConfigResource;
import io.ottla.admin.Outcome;
import io.ottla.admin.Outcomes;
import io.ottla.admin.ResourceConfig;
import io.ottla.internal.admin.Session.Deadline;
import io.ottla.protocol.message.DescribeConfigsRequest;
import io.ottla.protocol.message.DescribeConfigsRequest.DescribeConfigsResource;
import io.ottla.protocol.message.DescribeConfigsResponse;
import io.ottla.protocol.message.DescribeConfigsResponse.DescribeConfigsResourceResult;
import io.ottla.protocol.message.DescribeConfigsResponse.DescribeConfigsResult;
import io.ottla.protocol.message.ErrorCode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Looks at configurations. Thread: any. */
final class ConfigDescriptions {
  /** What is read where a broker before 1.1 says nothing. */
  private static final int NO_SOURCE = -1;

  private final Session session;

  ConfigDescriptions(Session session) {
    this.session = session;
  }

  CompletableFuture<Outcomes<ConfigResource, ResourceConfig>> describe(
      Collection<ConfigResource> resources, Deadline deadline) {
    return Fitting.needs(
        "configs not described",
        "0.11",
        ConfigRouting.ask(resources, (some, route) -> describe(some, route, deadline)));
  }

  private CompletableFuture<Map<ConfigResource, Outcome<ResourceConfig>>> describe(
      List<ConfigResource> resources, Route route, Deadline deadline) {
    DescribeConfigsRequest request =
        new DescribeConfigsRequest()
            .resources(
                resources.stream()
                    .map(
                        resource ->
                            new DescribeConfigsResource()
                                .resourceType(resource.type().number())
                                .resourceName(resource.name())
                                .configurationKeys(null))
                    .toList());
    return session
        .ask(request, route, deadline)
        .thenApply(answer -> outcomes(resources, route, answer));
  }

  private static Map<ConfigResource, Outcome<ResourceConfig>> outcomes(
      List<ConfigResource> resources, Route route, DescribeConfigsResponse answer) {
    Map<ConfigResource, Outcome<ResourceConfig>> outcomes = new HashMap<>();
    for (DescribeConfigsResult result : answer.results()) {
      for (ConfigResource resource : resources) {
        if (resource.type().number() == result.resourceType()
            && resource.name().equals(result.resourceName())) {
          outcomes.put(resource, outcome(resource, brokerId(route), result));
        }
      }
    }
    return outcomes;
  }

  static int brokerId(Route route) {
    return route instanceof Route.ToBroker to ? to.id() : -1;
  }

  private static Outcome<ResourceConfig> outcome(
      ConfigResource resource, int broker, DescribeConfigsResult result) {
    ErrorCode code = ErrorCode.of(result.errorCode());
    if (code != ErrorCode.NONE) {
      return Outcome.failed(
          Refusals.of(
              "configs of " + resource + " not described", broker, code, result.errorMessage()));
    }
    TreeMap<String, ConfigEntry> entries = new TreeMap<>();
    for (DescribeConfigsResourceResult entry : result.configs()) {
      entries.put(entry.name(), entry(resource, entry));
    }
    return Outcome.of(new ResourceConfig(resource, entries));
  }

  private static ConfigEntry entry(ConfigResource resource, DescribeConfigsResourceResult entry) {
    return new ConfigEntry(
        entry.name(),
        entry.isSensitive() ? Optional.empty() : Optional.ofNullable(entry.value()),
        source(resource, entry),
        entry.readOnly(),
        entry.isSensitive());
  }

  /**
   * Brokers before 1.1 only say whether a value is a default: of a topic, or of a broker's file.
   */
  private static Source source(ConfigResource resource, DescribeConfigsResourceResult entry) {
    if (entry.configSource() != NO_SOURCE) {
      return Source.of(entry.configSource());
    }
    if (entry.isDefault()) {
      return Source.DEFAULT;
    }
    return resource.type() == ConfigResource.Type.TOPIC ? Source.TOPIC : Source.FILE;
  }
}
