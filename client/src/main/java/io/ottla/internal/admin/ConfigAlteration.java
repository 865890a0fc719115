package io.ottla.internal.admin;

import io.ottla.Route;
import io.ottla.admin.ConfigChange;
import io.ottla.admin.ConfigResource;
import io.ottla.admin.Outcome;
import io.ottla.admin.Outcomes;
import io.ottla.internal.admin.Session.Deadline;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.IncrementalAlterConfigsRequest;
import io.ottla.protocol.message.IncrementalAlterConfigsRequest.AlterConfigsResource;
import io.ottla.protocol.message.IncrementalAlterConfigsRequest.AlterableConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Changes configurations, one value here and there. Thread: any. */
final class ConfigAlteration {
  private final Session session;
  private final Map<ConfigResource, List<ConfigChange>> changes;
  private final boolean onlyChecks;
  private final Deadline deadline;

  ConfigAlteration(
      Session session, Map<ConfigResource, List<ConfigChange>> changes, boolean onlyChecks) {
    this.session = session;
    this.changes = changes;
    this.onlyChecks = onlyChecks;
    this.deadline = session.begin();
    changes.forEach(ConfigAlteration::requireDistinct);
  }

  CompletableFuture<Outcomes<ConfigResource, Void>> run() {
    return ConfigRouting.ask(
        changes.keySet(),
        (resources, route) ->
            Fitting.recover(
                alter(resources, route),
                () ->
                    new ConfigReplacement(session, changes, onlyChecks, deadline)
                        .replace(resources, route)));
  }

  private static void requireDistinct(ConfigResource resource, List<ConfigChange> changes) {
    long keys = changes.stream().map(ConfigChange::key).distinct().count();
    if (keys < changes.size()) {
      throw new IllegalArgumentException("a key is changed twice among " + resource + changes);
    }
  }

  private CompletableFuture<Map<ConfigResource, Outcome<Void>>> alter(
      List<ConfigResource> resources, Route route) {
    IncrementalAlterConfigsRequest request =
        new IncrementalAlterConfigsRequest()
            .resources(resources.stream().map(this::alteration).toList())
            .validateOnly(onlyChecks);
    return session
        .ask(request, route, deadline)
        .thenApply(
            answer ->
                outcomes(
                    resources,
                    answer.responses(),
                    result -> result.resourceType() + result.resourceName(),
                    result ->
                        outcome(
                            result.resourceName(),
                            ConfigDescriptions.brokerId(route),
                            result.errorCode(),
                            result.errorMessage())));
  }

  private AlterConfigsResource alteration(ConfigResource resource) {
    return new AlterConfigsResource()
        .resourceType(resource.type().number())
        .resourceName(resource.name())
        .configs(
            changes.getOrDefault(resource, List.of()).stream()
                .map(
                    change ->
                        new AlterableConfig()
                            .name(change.key())
                            .configOperation(change.kind().number())
                            .value(change.value()))
                .toList());
  }

  /** Matches answers to resources by what names both. */
  static <A> Map<ConfigResource, Outcome<Void>> outcomes(
      List<ConfigResource> resources,
      List<A> answers,
      Function<A, String> name,
      Function<A, Outcome<Void>> outcome) {
    Map<String, ConfigResource> byName = new HashMap<>();
    resources.forEach(resource -> byName.put(resource.type().number() + resource.name(), resource));
    Map<ConfigResource, Outcome<Void>> outcomes = new HashMap<>();
    for (A answer : answers) {
      ConfigResource resource = byName.get(name.apply(answer));
      if (resource != null) {
        outcomes.put(resource, outcome.apply(answer));
      }
    }
    return outcomes;
  }

  static Outcome<Void> outcome(String name, int broker, short errorCode, @Nullable String words) {
    ErrorCode code = ErrorCode.of(errorCode);
    return code == ErrorCode.NONE
        ? Outcome.of(null)
        : Outcome.failed(Refusals.of("configs of " + name + " not changed", broker, code, words));
  }
}
