package io.ottla.admin;

import java.util.Optional;
import java.util.UUID;

/**
 * A topic that was created, or would be.
 *
 * @param name its name
 * @param id its id; empty of brokers before 2.8, and where nothing was created
 * @param partitions how many it has; −1 if the broker does not say (before 2.4)
 * @param replicas how many copies of each; −1 if the broker does not say (before 2.4)
 */
public record CreatedTopic(String name, Optional<UUID> id, int partitions, int replicas) {}
