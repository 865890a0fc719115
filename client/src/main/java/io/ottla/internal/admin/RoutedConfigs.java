package io.ottla.internal.admin;

import io.ottla.admin.ConfigAdmin;
import io.ottla.admin.ConfigChange;
import io.ottla.admin.ConfigResource;
import io.ottla.admin.Outcomes;
import io.ottla.admin.ResourceConfig;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Configurations over a cluster that routes. Thread: any. */
final class RoutedConfigs implements ConfigAdmin {
  private final Session session;

  RoutedConfigs(Session session) {
    this.session = session;
  }

  @Override
  public CompletableFuture<ResourceConfig> describe(ConfigResource resource) {
    return Items.single(resource, describe(List.of(resource)));
  }

  @Override
  public CompletableFuture<Outcomes<ConfigResource, ResourceConfig>> describe(
      Collection<ConfigResource> resources) {
    return Session.run(
        () ->
            new ConfigDescriptions(session)
                .describe(new LinkedHashSet<>(resources), session.begin()));
  }

  @Override
  public CompletableFuture<Void> alter(ConfigResource resource, ConfigChange... changes) {
    return Items.singleVoid(resource, alter(Map.of(resource, List.of(changes))));
  }

  @Override
  public CompletableFuture<Outcomes<ConfigResource, Void>> alter(
      Map<ConfigResource, List<ConfigChange>> changes) {
    return Session.run(() -> new ConfigAlteration(session, changes, false).run());
  }

  @Override
  public CompletableFuture<Outcomes<ConfigResource, Void>> check(
      Map<ConfigResource, List<ConfigChange>> changes) {
    return Session.run(() -> new ConfigAlteration(session, changes, true).run());
  }
}
