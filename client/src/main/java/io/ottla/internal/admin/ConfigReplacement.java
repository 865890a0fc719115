package io.ottla.internal.admin;

import io.ottla.Route;
import io.ottla.admin.ConfigChange;
import io.ottla.admin.ConfigEntry;
import io.ottla.admin.ConfigResource;
import io.ottla.admin.Outcome;
import io.ottla.admin.ResourceConfig;
import io.ottla.error.OttlaException;
import io.ottla.error.UnsupportedVersionException;
import io.ottla.internal.admin.Session.Deadline;
import io.ottla.protocol.message.AlterConfigsRequest;
import io.ottla.protocol.message.AlterConfigsRequest.AlterConfigsResource;
import io.ottla.protocol.message.AlterConfigsRequest.AlterableConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Changes configurations where brokers can only replace them whole (before 2.3): reads what a topic
 * has of its own, changes that, writes it back. What is changed in between by others is lost.
 *
 * <p>Not for a broker's own: its secrets cannot be read, and would be lost. Thread: any.
 */
final class ConfigReplacement {
  private final Session session;
  private final Map<ConfigResource, List<ConfigChange>> changes;
  private final boolean onlyChecks;
  private final Deadline deadline;

  ConfigReplacement(
      Session session,
      Map<ConfigResource, List<ConfigChange>> changes,
      boolean onlyChecks,
      Deadline deadline) {
    this.session = session;
    this.changes = changes;
    this.onlyChecks = onlyChecks;
    this.deadline = deadline;
  }

  CompletableFuture<Map<ConfigResource, Outcome<Void>>> replace(
      List<ConfigResource> resources, Route route) {
    Map<ConfigResource, Outcome<Void>> outcomes = new HashMap<>();
    List<ConfigResource> topics = new ArrayList<>();
    for (ConfigResource resource : resources) {
      if (resource.type() == ConfigResource.Type.TOPIC) {
        topics.add(resource);
      } else {
        outcomes.put(resource, Outcome.failed(tooOld(resource)));
      }
    }
    if (topics.isEmpty()) {
      return CompletableFuture.completedFuture(outcomes);
    }
    return new ConfigDescriptions(session)
        .describe(topics, deadline)
        .thenCompose(
            described -> {
              described
                  .failures()
                  .forEach((topic, failure) -> outcomes.put(topic, Outcome.failed(failure)));
              return write(List.copyOf(described.values().values()), route);
            })
        .thenApply(
            written -> {
              outcomes.putAll(written);
              return outcomes;
            });
  }

  private CompletableFuture<Map<ConfigResource, Outcome<Void>>> write(
      List<ResourceConfig> configs, Route route) {
    if (configs.isEmpty()) {
      return CompletableFuture.completedFuture(Map.of());
    }
    List<ConfigResource> topics = configs.stream().map(ResourceConfig::resource).toList();
    AlterConfigsRequest request =
        new AlterConfigsRequest()
            .resources(configs.stream().map(this::replaced).toList())
            .validateOnly(onlyChecks);
    return session
        .ask(request, route, deadline)
        .thenApply(
            answer ->
                ConfigAlteration.outcomes(
                    topics,
                    answer.responses(),
                    result -> result.resourceType() + result.resourceName(),
                    result ->
                        ConfigAlteration.outcome(
                            result.resourceName(), -1, result.errorCode(), result.errorMessage())));
  }

  private AlterConfigsResource replaced(ResourceConfig config) {
    Map<String, String> values = new TreeMap<>();
    config.own().forEach((key, entry) -> entry.value().ifPresent(value -> values.put(key, value)));
    for (ConfigChange change : changes.getOrDefault(config.resource(), List.of())) {
      apply(change, config, values);
    }
    List<AlterableConfig> entries = new ArrayList<>();
    values.forEach((key, value) -> entries.add(new AlterableConfig().name(key).value(value)));
    return new AlterConfigsResource()
        .resourceType(config.resource().type().number())
        .resourceName(config.resource().name())
        .configs(entries);
  }

  private static void apply(
      ConfigChange change, ResourceConfig config, Map<String, String> values) {
    String key = change.key();
    String value = Objects.requireNonNullElse(change.value(), "");
    switch (change.kind()) {
      case SET -> values.put(key, value);
      case DELETE -> values.remove(key);
      case APPEND -> values.put(key, with(list(config, key), value));
      case SUBTRACT -> values.put(key, without(list(config, key), value));
    }
  }

  private static Set<String> list(ResourceConfig config, String key) {
    ConfigEntry entry = config.entries().get(key);
    String text = entry == null ? "" : entry.value().orElse("");
    Set<String> elements = new LinkedHashSet<>(Arrays.asList(text.split("\\s*,\\s*")));
    elements.remove("");
    return elements;
  }

  private static String with(Set<String> elements, String more) {
    elements.addAll(Arrays.asList(more.split("\\s*,\\s*")));
    return String.join(",", elements);
  }

  private static String without(Set<String> elements, String fewer) {
    Arrays.asList(fewer.split("\\s*,\\s*")).forEach(elements::remove);
    return String.join(",", elements);
  }

  private static OttlaException tooOld(ConfigResource resource) {
    return new UnsupportedVersionException(
        "configs of "
            + resource
            + " not changed: this needs Kafka 2.3 or newer, since older brokers only take them"
            + " whole and do not tell their secrets; change the broker's file instead");
  }
}
