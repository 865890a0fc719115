package io.ottla.admin;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Configurations of topics, brokers and groups. Errors and threads: as with {@link TopicAdmin}.
 * Describing needs Kafka 0.11.
 */
public interface ConfigAdmin {
  /** What a resource is configured to. */
  CompletableFuture<ResourceConfig> describe(ConfigResource resource);

  /** What resources are configured to. */
  CompletableFuture<Outcomes<ConfigResource, ResourceConfig>> describe(
      Collection<ConfigResource> resources);

  /**
   * Changes some configs of a resource, all or none of them. Brokers take up what was accepted a
   * moment later: whoever describes the resource at once may still see the old values.
   */
  CompletableFuture<Void> alter(ConfigResource resource, ConfigChange... changes);

  /**
   * Changes some configs of resources; of each resource all or none.
   *
   * <p>Brokers before 2.3 only know how to replace a configuration whole. There, it is read,
   * changed and written back; what somebody else changes in between is lost. A broker's own
   * configuration is not changed like that, since its secrets cannot be read: the outcome is an
   * {@link io.ottla.error.UnsupportedVersionException}.
   *
   * @throws IllegalArgumentException if a key occurs twice for one resource
   */
  CompletableFuture<Outcomes<ConfigResource, Void>> alter(
      Map<ConfigResource, List<ConfigChange>> changes);

  /** As {@link #alter(Map)}, but changes nothing: says whether it would be accepted. */
  CompletableFuture<Outcomes<ConfigResource, Void>> check(
      Map<ConfigResource, List<ConfigChange>> changes);
}
