package io.ottla.cli.cluster;

import java.time.Duration;
import java.util.List;

/**
 * Where to find a cluster.
 *
 * @param timeout how long to try before giving up: to find the cluster, and later each request or
 *     delivery
 */
public record Bootstrap(List<HostPort> servers, Duration timeout) {}
