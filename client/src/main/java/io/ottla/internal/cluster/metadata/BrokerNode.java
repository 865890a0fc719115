package io.ottla.internal.cluster.metadata;

import org.jspecify.annotations.Nullable;

/**
 * A broker as the cluster describes it.
 *
 * @param id its id
 * @param host the host that it advertises
 * @param port the port that it advertises
 * @param rack its rack, if it says one
 */
public record BrokerNode(int id, String host, int port, @Nullable String rack) {}
